"""Staff, sessions, roles and API clients; who may see what."""
