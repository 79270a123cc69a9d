"""One submission with its applications, created once under an Idempotency-Key."""
