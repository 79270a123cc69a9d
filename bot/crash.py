"""Places where the tests may kill the bot, to see that nothing is lost there. Does nothing unless asked."""

from __future__ import annotations

import os

_hits: dict[str, int] = {}


def point(name: str) -> None:
    """Die here, as by `kill -9`, when `ONEDOOR_CRASH_AT` says `<name>` or `<name>:<n>` (at the n-th time)."""
    wanted = os.environ.get("ONEDOOR_CRASH_AT")
    if not wanted:
        return
    place, _, count = wanted.partition(":")
    if place == name:
        _hits[name] = _hits.get(name, 0) + 1
        if _hits[name] == int(count or 1):
            os._exit(137)
