"""One module per channel; each translates between the outside and `handlers.messages`."""
