"""The chat process: everything that touches the outside on the chat side."""
