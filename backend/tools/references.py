"""Reference numbers that can be read out over the phone: random, no look-alike characters, with a check character.

`7KMX-4RWA-C9PT`: eleven random characters and one that makes the weighted sum divide by 23. 23 is prime and the
weights 1 to 12 are all different, so every single wrong character and every swap of neighbours is noticed.
"""

from __future__ import annotations

import secrets

ALPHABET = "34679ACDEFGHJKMNPRTUWXY"  # 23 signs; none of 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V are there together
LENGTH = 12


def new_reference() -> str:
    """A fresh reference; it says nothing about what it stands for and cannot be guessed."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return _grouped(drawn + _check(drawn))


def read_reference(written: str) -> str | None:
    """The reference as we keep it, from what somebody typed (spaces, dashes and small letters are fine), or None
    when it cannot be one of ours."""
    bare = "".join(sign for sign in written.upper() if sign not in " -‐–—\u3000")
    if len(bare) != LENGTH or any(sign not in ALPHABET for sign in bare):
        return None
    return _grouped(bare) if _sum(bare) == 0 else None


def _sum(signs: str) -> int:
    return sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(signs, 1)) % len(ALPHABET)


def _check(drawn: str) -> str:
    """The twelfth sign c with sum + 12 c = 0 (mod 23)."""
    prime = len(ALPHABET)
    return ALPHABET[-_sum(drawn) * pow(LENGTH, -1, prime) % prime]


def _grouped(bare: str) -> str:
    return "-".join(bare[start : start + 4] for start in range(0, LENGTH, 4))
