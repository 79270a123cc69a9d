"""A Bot API server of our own: Telegram's promises and limits kept, its faults to order. README.md says what it can do."""
