"""A bot for tests: the real inbox, turns, outbound and Telegram channel around an echo, against the fake Bot API server."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import httpx

from backend.tools.clock import FixedClock
from backend.tools.sql import Database
from bot.channels.plain import Plain
from bot.channels.telegram import Telegram
from bot.channels.telegram_poll import Polling
from bot.outbound import Outbound
from bot.pacing import Pace
from bot.signals import Signals
from bot.turns import Brain, Worker
from tests.fakes.echo import EchoBrain
from tests.waiting import until

TOKEN = "1000:simulator"
WANG, HONG, ANNA = 10001, 10002, 10003
CLOCK = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


class Sim:
    """The fake server's own side: people, faults, the transcript."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.http = httpx.AsyncClient(base_url=address, trust_env=False, timeout=10)

    async def act(self, user: int, what: str, **act: Any) -> Any:
        """Somebody does something."""
        answer = await self.http.post(f"/_user/{user}/{what}", json=act)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def say(self, text: str, user: int = WANG, **more: Any) -> dict[str, Any]:
        """Somebody writes."""
        return dict(await self.act(user, "say", text=text, **more))

    async def press(self, label: str | None = None, user: int = WANG, **more: Any) -> dict[str, Any]:
        """Somebody presses a button."""
        return dict(await self.act(user, "press", label=label, **more))

    async def fault(self, what: str = "method", **settings: Any) -> None:
        """Order a fault."""
        answer = await self.http.post(f"/_fault/{what}", json=settings)
        assert answer.status_code == 200, answer.text

    async def transcript(
        self, who: str | None = None, kind: str | None = None, chat: int | None = None
    ) -> list[dict[str, Any]]:
        """What happened, in order."""
        lines = (await self.http.get("/_transcript")).json()
        return [
            line for line in lines
            if who in (None, line["who"]) and kind in (None, line["kind"]) and chat in (None, line["chat"])
        ]  # fmt: skip

    async def texts(self, chat: int | None = None) -> list[str]:
        """What the bot has said."""
        return [line["text"] for line in await self.transcript("bot", "message", chat)]

    async def state(self) -> dict[str, Any]:
        """What the server knows of the bot's fetching."""
        return dict((await self.http.get("/_state")).json())

    async def hears(self, count: int, chat: int | None = None, seconds: float = 15) -> list[str]:
        """Wait until the bot has said so many messages."""

        async def enough() -> list[str] | None:
            texts = await self.texts(chat)
            return texts if len(texts) >= count else None

        found = await until(enough, seconds, f"{count} messages in chat {chat}")
        assert found is not None
        return found


class BotUnderTest:
    """Starts and stops the parts of the bot that concern Telegram, in this event loop."""

    def __init__(
        self,
        database: Database,
        api: str,
        brain: Brain | None = None,
        token: str = TOKEN,
        pace: Pace | None = None,
    ) -> None:
        self.database, self.signals = database, Signals()
        self.telegram = Telegram(token, api, database, self.signals, CLOCK)
        self.worker = Worker(
            database, brain or EchoBrain(), self.signals, channels={"telegram": self.telegram, "web": Plain()}, name="bot-test"
        )  # fmt: skip
        self.outbound = Outbound(
            database, self.telegram.sender, self.signals, channel="telegram", name="bot-test", pace=pace
        )
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, *, polling: bool = True) -> None:
        """Introduce, then run everything."""
        await self.telegram.introduce(None, None)
        parts = [self.worker.run(), self.outbound.run()]
        if polling:
            parts.append(Polling(self.telegram).run())
        self._tasks = [asyncio.create_task(part) for part in parts]

    async def stop(self) -> None:
        """Stop as the process does."""
        await asyncio.gather(self.worker.stop(1), self.outbound.stop(1))
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        await self.telegram.close()
