"""What is to be told, committed with the change that caused it; claimed, leased, acknowledged."""
