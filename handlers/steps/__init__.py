"""One file per step of the conversation, each two small functions: ask(turn) -> Reply, receive(turn) -> step."""
