"""The single intake: it verifies once, hands each item to the department that owns it, and keeps the clock."""
