"""One file per group of commands; each imports only what it needs."""
