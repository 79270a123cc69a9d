"""`/api/v1`: the bot and the departments."""
