"""Server-sent events of a conversation: what was said after the last id the page has seen, then whatever comes.

Nothing is buffered per page: each stream reads its next messages from the database when it is ready for them, so a slow
page costs nothing. FastAPI sends the heartbeat (a comment every 15 seconds).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator

from fastapi.sse import ServerSentEvent

from backend.tools.sql import Database
from bot.channels import web_mail
from bot.channels.web_problems import WebProblemError
from bot.signals import Signals

BATCH = 50
LOOK_AGAIN_SECONDS = 5.0  # another process may have said something: it cannot wake us
LIFETIME_SECONDS = 900.0  # then the page comes back by itself with the last id it has seen
RECONNECT_MILLISECONDS = 2000


class Place:
    """One open stream; `over` asks it to end."""

    def __init__(self) -> None:
        self.over = False


class Streams:
    """The open streams: the newest few of each conversation (a phone that lost its network leaves dead ones behind)."""

    def __init__(self, signals: Signals, per_conversation: int = 4, in_all: int = 2000) -> None:
        self.signals, self.per_conversation, self.in_all = signals, per_conversation, in_all
        self._open: defaultdict[str, list[Place]] = defaultdict(list)

    def check(self) -> None:
        """Raise 503 when the house is full."""
        if self.count() >= self.in_all:
            raise WebProblemError(503, "too_many", retry_after=10)

    def enter(self, conversation: str) -> Place:
        """A place for one more stream; the oldest of the conversation gives way."""
        places = self._open[conversation]
        while len(places) >= self.per_conversation:
            places.pop(0).over = True
        self.signals.notify(conversation)
        places.append(place := Place())
        return place

    def leave(self, conversation: str, place: Place) -> None:
        """The stream has ended."""
        places = self._open.get(conversation, [])
        if place in places:
            places.remove(place)
        if not places:
            self._open.pop(conversation, None)

    def close(self) -> None:
        """End every stream, so that the process can stop."""
        for conversation, places in list(self._open.items()):
            for place in places:
                place.over = True
            self.signals.notify(conversation)

    def count(self) -> int:
        """How many streams are open."""
        return sum(map(len, self._open.values()))


async def events(
    database: Database, streams: Streams, conversation: str, last: int
) -> AsyncIterator[ServerSentEvent]:
    """Every message after `last`, for ever, until the place is taken away or the time is up."""
    loop = asyncio.get_running_loop()
    end = loop.time() + LIFETIME_SECONDS
    place = streams.enter(conversation)
    try:
        yield ServerSentEvent(comment="open", retry=RECONNECT_MILLISECONDS)
        with streams.signals.subscribe(conversation) as news:
            while not place.over and loop.time() < end:
                messages = await asyncio.to_thread(web_mail.after, database, conversation, last, BATCH)
                for message in messages:
                    last = int(message["id"])
                    yield ServerSentEvent(data=message, id=message["id"])
                if not messages:
                    await news.wait(LOOK_AGAIN_SECONDS)
    finally:
        streams.leave(conversation, place)
