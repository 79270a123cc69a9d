"""How one part of the bot process tells another that there is something new, without asking the database all the time.

Only a hint: whoever waits looks into the database afterwards, and looks again after a while even without a hint,
because another process may have done the work.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict

LOOK_AGAIN_SECONDS = 2.0


class Signals:
    """Events by name; the name of a conversation's new messages is its id. Belongs to one event loop."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)

    def notify(self, name: str) -> None:
        """Wake everybody who waits for `name`. Call it after the commit, on the event loop."""
        for event in self._waiting.get(name, ()):
            event.set()

    def subscribe(self, name: str) -> Subscription:
        """Start to listen for `name`; do so before looking into the database, so that nothing falls in between."""
        return Subscription(self._waiting, name)


class Subscription:
    """`with signals.subscribe(id) as news: look(); await news.wait()`."""

    def __init__(self, waiting: dict[str, set[asyncio.Event]], name: str) -> None:
        self._waiting, self._name, self._event = waiting, name, asyncio.Event()

    def __enter__(self) -> Subscription:
        self._waiting[self._name].add(self._event)
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting[self._name].discard(self._event)
        if not self._waiting[self._name]:
            del self._waiting[self._name]

    async def wait(self, seconds: float = LOOK_AGAIN_SECONDS) -> bool:
        """Wait for a hint, at most `seconds`; True when there was one. Then look again, either way."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True
