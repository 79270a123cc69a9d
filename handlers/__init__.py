"""The conversation: pure; no network, no database, no telegram, no yaml."""
