"""Each application handed to the department that owns its programme."""
