"""Sends what the desk has said: leased, paced, in the order of each chat, and never silently failed.

    outbound = Outbound(database, sender, signals, channel="telegram", name="bot-1")
    await outbound.run()

No transaction is open while the channel is called. A row that stays behind holds up its own chat only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

import structlog

from backend.tools.sql import Database
from bot import crash
from bot import outbound_store as rows
from bot.pacing import Pace
from bot.sending import (
    LaterError,
    NotSentError,
    Sender,
    Sending,
    ServerError,
    TurnedAwayError,
    UnclearError,
    UndeliverableError,
)
from bot.signals import Signals

LOOK_SECONDS = 1.0
SWEEP_SECONDS = 2.0
log = structlog.get_logger()


class Outbound:
    """Everything to be sent over one pushing channel. `turned_away` is set when the channel does not let us in."""

    def __init__(
        self,
        database: Database,
        sender: Sender,
        signals: Signals,
        *,
        channel: str,
        name: str,
        pace: Pace | None = None,
        in_flight: int = 16,
        time: Callable[[], float] = monotonic,
    ) -> None:
        self.database, self.sender, self.signals = database, sender, signals
        self.channel, self.name = channel, name
        self.pace = pace or Pace()
        self.turned_away = asyncio.Event()
        self._in_flight, self._time = in_flight, time
        self._tasks: dict[str, asyncio.Task[None]] = {}  # by conversation: one message of a chat at a time
        self._stopping = False
        self._swept = float("-inf")

    async def run(self) -> None:
        """Send until `stop()`, or until the channel turns us away."""
        heart = asyncio.create_task(self._hold_on())
        try:
            with self.signals.subscribe("outbound") as news:
                while not self._stopping and not self.turned_away.is_set():
                    try:
                        pause = await self._round()
                    except Exception as exc:
                        log.error("outbound_unreadable", exc_info=exc)  # the database is away
                        pause = LOOK_SECONDS
                    await news.wait(pause)
        finally:
            heart.cancel()

    async def stop(self, seconds: float = 3.0) -> None:
        """Start nothing new; what is being sent may finish. What cannot is sent again after the restart, marked."""
        self._stopping = True
        self.signals.notify("outbound")
        if self._tasks:
            _, late = await asyncio.wait(self._tasks.values(), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def drain(self) -> None:
        """Send everything that may go now: for tests."""
        while True:
            pause = await self._round()
            if self._tasks:
                await asyncio.wait(self._tasks.values())
            elif pause >= LOOK_SECONDS:
                return
            else:
                await asyncio.sleep(pause)

    async def _hold_on(self) -> None:
        while True:
            await asyncio.sleep(rows.LEASE.total_seconds() / 4)
            if self._tasks:
                try:
                    await asyncio.to_thread(rows.renew, self.database, self.name)
                except Exception as exc:
                    log.error("lease_not_renewed", exc_info=exc)

    async def _round(self) -> float:
        """Start what may go; gives the seconds until it is worth looking again."""
        now = self._time()
        if now - self._swept > SWEEP_SECONDS:
            self._swept = now
            await asyncio.to_thread(rows.recover, self.database)
        pause = LOOK_SECONDS
        for sending in await asyncio.to_thread(rows.due, self.database, self.channel):
            if sending.conversation in self._tasks or len(self._tasks) >= self._in_flight:
                continue
            wait = self.pace.wait(sending.chat_key, now)
            if wait > 0:
                pause = min(pause, wait)
                continue
            self.pace.take(sending.chat_key, now)
            task = asyncio.create_task(self._send(sending))
            self._tasks[sending.conversation] = task
            task.add_done_callback(lambda _, chat=sending.conversation: self._finished(chat))  # type: ignore[misc]
        return pause

    def _finished(self, conversation: str) -> None:
        task = self._tasks.pop(conversation)
        self.signals.notify("outbound")
        if not task.cancelled() and task.exception() is not None:
            log.error("sending_lost", exc_info=task.exception())  # its lease runs out, then it is sent again

    async def _send(self, sending: Sending) -> None:
        def store(write: Callable[..., None], *args: object, **kwargs: object) -> asyncio.Future[None]:
            return asyncio.ensure_future(asyncio.to_thread(write, self.database, sending, *args, **kwargs))

        if await asyncio.to_thread(rows.supersede, self.database, sending):
            return
        if not await asyncio.to_thread(rows.lease, self.database, sending, self.name):
            return
        crash.point("before_send")
        try:
            ids = await self.sender.send(sending)
        except LaterError as exc:
            log.warning("sending_later", row=sending.row, retry_in=exc.seconds)
            await store(rows.wait, exc.seconds)
        except (NotSentError, ServerError) as exc:
            log.warning("not_sent", row=sending.row, attempt=sending.attempts + 1, cause=type(exc).__name__)
            await store(rows.retry, str(exc)[:80], unclear=isinstance(exc, ServerError))
        except UndeliverableError as exc:
            log.error("undeliverable", row=sending.row, reason=exc.reason)
            await store(rows.dead, exc.reason, unreachable=exc.unreachable)
        except TurnedAwayError:
            log.error("token_refused", channel=self.channel)
            self.turned_away.set()
            await store(rows.wait, 0)
        except Exception as exc:  # UnclearError, and whatever nobody thought of: it may have arrived
            cause = exc if isinstance(exc, UnclearError) else type(exc)
            log.warning("sending_unclear", row=sending.row, cause=str(cause)[:80])
            await store(rows.uncertain)
        else:
            crash.point("after_send_before_mark")
            await store(rows.sent, ids)
            crash.point("after_mark")
            self.signals.notify("delivery")
