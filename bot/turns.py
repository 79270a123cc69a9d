"""One turn: take the oldest message of a chat, let the conversation answer it, and commit state, replies and "done" together.

    worker = Worker(database, brain, signals, channels={"web": Plain(), ...}, clock=clock, name="bot-1")
    worker.wake()                       # after an `inbox.accept`
    await worker.run()                  # until cancelled; `stop()` finishes what is under way

No database transaction is open while the network is called. A turn that fails is tried three times, then put aside with
a polite word and a task for a person; other messages go on (one poison message must not hold up a queue).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from backend.tools.sql import Database
from bot import crash, inbox, nudges, turn_store
from bot.signals import Signals
from bot.store import InboxRow
from bot.turn_store import Before, StaleError
from handlers.messages import InboundMessage, Reply

TURN_SECONDS = 45
LOOK_SECONDS = 0.5  # how often the inbox is looked at without a hint (another process may have written)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the conversation made of a message: its new state as JSON and what it says."""

    state: dict[str, Any]
    lang: str | None
    replies: tuple[Reply, ...]
    forget: bool = False  # the person has asked to delete what was said so far


@dataclass(frozen=True, slots=True)
class Aside:
    """What a channel settles by itself, without the conversation: `replies`, or the reason why there is none.

    `reachable` False: the person has blocked us; True: they are back.
    """

    reason: str
    replies: tuple[Reply, ...] = ()
    reachable: bool | None = None


class Brain(Protocol):
    """The conversation behind the channels (`bot.brain.Desk`; an echo in tests)."""

    async def answer(self, message: InboundMessage, state: dict[str, Any] | None) -> Answer:
        """The next state and replies. Changes nothing by itself, but for calls that may be repeated."""


class Channel(Protocol):
    """What differs between channels when a message is handled."""

    pushes: bool  # replies have to be sent; else they are delivered by being readable

    def read(self, row: InboxRow, before: Before) -> InboundMessage | Aside:
        """What was said, in our own words."""

    def parts(self, reply: Reply) -> list[Reply]:
        """The reply in pieces that fit the channel, in order."""

    def busy(self, chat_key: str) -> AbstractAsyncContextManager[object]:
        """Show that we are at work, while the turn takes long."""


class Worker:
    """Handles what is in the inbox, several chats at a time, one message of a chat at a time."""

    def __init__(
        self,
        database: Database,
        brain: Brain,
        signals: Signals,
        *,
        channels: Mapping[str, Channel],
        name: str,
        concurrency: int = 8,
        on_forget: Callable[[str], None] | None = None,
    ) -> None:
        self.database, self.brain, self.signals, self.channels, self.name = (
            database,
            brain,
            signals,
            channels,
            name,
        )
        self._on_forget = (
            on_forget  # deletes what lies outside the database, before the commit: may be repeated
        )
        self._slots = asyncio.Semaphore(concurrency)
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    def wake(self) -> None:
        """There is something new in the inbox."""
        self.signals.notify("inbox")

    async def run(self) -> None:
        """Handle messages until `stop()`."""
        heart = asyncio.create_task(self._hold_on())
        try:
            with self.signals.subscribe("inbox") as news:
                while not self._stopping:
                    if not await self._start_one():
                        await news.wait(LOOK_SECONDS)
        finally:
            heart.cancel()

    async def stop(self, seconds: float = 4.0) -> None:
        """Take nothing new; give what is under way a moment to finish, then let go (it is handled after the restart)."""
        self._stopping = True
        self.wake()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def drain(self) -> int:
        """Handle everything that is ready now, one after the other, and say how many: for the terminal and for tests."""
        count = 0
        while (
            row := await asyncio.to_thread(inbox.claim, self.database, self.name, self.channels)
        ) is not None:
            await self._turn(row)
            count += 1
        return count

    async def _start_one(self) -> bool:
        await self._slots.acquire()
        row = None
        try:
            row = await asyncio.to_thread(inbox.claim, self.database, self.name, self.channels)
        except Exception as exc:
            log.error("inbox_unreadable", exc_info=exc)  # the database is away: look again in a moment
        finally:
            if row is None:
                self._slots.release()
        if row is None:
            return False
        task = asyncio.create_task(self._turn(row))
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return True

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._slots.release()
        self.wake()  # the next message of the same chat may wait
        if not task.cancelled() and task.exception() is not None:
            log.error("turn_lost", exc_info=task.exception())  # its lease runs out, then it is tried again

    async def _hold_on(self) -> None:
        while True:
            await asyncio.sleep(inbox.LEASE.total_seconds() / 3)
            if self._tasks:
                try:
                    await asyncio.to_thread(inbox.renew, self.database, self.name)
                except Exception as exc:
                    log.error("lease_not_renewed", exc_info=exc)

    async def _turn(self, row: InboxRow) -> None:
        before = await asyncio.to_thread(turn_store.load, self.database, row)
        try:
            await self._handle(row, before)
        except asyncio.CancelledError:
            turn_store.let_go(self.database, row)
            raise
        except StaleError:
            await asyncio.to_thread(turn_store.let_go, self.database, row)
        except Exception as exc:
            log.error("turn_failed", row=row.id, channel=row.channel, kind=row.kind, exc_info=exc)
            pushes = self.channels[before.channel].pushes
            dead = await asyncio.to_thread(
                turn_store.fail, self.database, row, before, type(exc).__name__, pushes
            )
            if dead:
                self._tell(before.conversation)
        else:
            self._tell(before.conversation)

    async def _handle(self, row: InboxRow, before: Before) -> None:
        if row.attempts > turn_store.MOST_CLAIMS:
            raise turn_store.HopelessError
        channel = self.channels[before.channel]
        crash.point("mid_handler")
        said = channel.read(row, before)
        if isinstance(said, Aside):
            await asyncio.to_thread(
                turn_store.finish, self.database, row, before, None, None,
                self._pieces(channel, said.replies), channel.pushes, said.reason, said.reachable,
            )  # fmt: skip
            return
        async with asyncio.timeout(TURN_SECONDS), channel.busy(before.chat_key):
            answer = await self.brain.answer(said, before.state)
        crash.point("before_state_commit")
        if answer.forget and self._on_forget:
            await asyncio.to_thread(self._on_forget, before.conversation)
        await asyncio.to_thread(
            turn_store.finish, self.database, row, before, answer.state, answer.lang,
            self._pieces(channel, answer.replies), channel.pushes, "nothing to say", True if row.kind not in ("notice", nudges.KIND) else None,
            forget=answer.forget,
        )  # fmt: skip
        crash.point("after_state_commit")

    @staticmethod
    def _pieces(channel: Channel, replies: tuple[Reply, ...]) -> list[Reply]:
        return [piece for reply in replies for piece in channel.parts(reply)]

    def _tell(self, conversation: str) -> None:
        self.signals.notify(conversation)
        self.signals.notify("outbound")
