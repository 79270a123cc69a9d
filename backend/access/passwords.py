"""Passwords of staff: argon2id, and the same work whether or not the login exists."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MAX_LENGTH = 200  # a longer one is refused before any work is done with it


class Passwords:
    """Makes and checks password hashes; made once per process, because the decoy hash takes a tenth of a second."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._decoy = self._hasher.hash(secrets.token_urlsafe(16))

    def hash(self, password: str) -> str:
        """The hash to keep. Empty and over-long passwords are refused with ValueError."""
        if not password or len(password) > MAX_LENGTH:
            raise ValueError("a password has 1 to 200 characters")
        return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether the password is right. Without a kept hash the decoy is tried, so that time tells nothing."""
        if len(password) > MAX_LENGTH:
            kept, password = None, ""
        try:
            right = self._hasher.verify(kept or self._decoy, password)
        except (VerificationError, InvalidHashError):
            return False
        return right and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with older, weaker settings and should be made again at this login."""
        return self._hasher.check_needs_rehash(kept)
