"""The web chat with a conversation that shows every kind of message, for tests of the page in a real browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest_asyncio
import uvicorn
from fastapi import FastAPI
from playwright.async_api import Page
from sqlalchemy import select

from backend.tools.clock import FixedClock
from backend.tools.sql import Database
from bot import inbox, store
from bot.channels import web
from bot.channels.plain import Plain
from bot.process import Server
from bot.signals import Signals
from bot.store import ConversationRow, InboxRow
from bot.turns import Worker
from tests.fakes.servers import free_port
from tests.fakes.showing import ShowingBrain
from tests.waiting import until

STORY = "我爸63了，家里四五百"


@dataclass(slots=True)
class Desk:
    """The web chat as it is, with a conversation that shows every kind of message."""

    url: str
    database: Database
    worker: Worker
    chat: web.WebChat

    def said(self) -> list[str]:
        """Everything residents said, as the desk has it."""
        with self.database.read() as session:
            rows = session.scalars(select(InboxRow).where(InboxRow.kind == "text").order_by(InboxRow.id))
            return [row.payload["text"] for row in rows]

    def notify(self) -> None:
        """The intake has news for the only conversation."""
        with self.database.read() as session:
            conversation = session.scalars(select(ConversationRow.id)).one()
        inbox.accept_notice(self.database, inbox.new_id(), conversation, {}, clock=self.chat.clock)
        self.worker.wake()


@pytest_asyncio.fixture(loop_scope="session")
async def web_desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database, signals, app = Database(f"sqlite:///{tmp_path / 'bot.sqlite3'}"), Signals(), FastAPI()
    store.migrate(database)
    clock = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    chat = web.mount(app, database=database, signals=signals, clock=clock, folder=tmp_path / "files")
    worker = Worker(database, ShowingBrain(), signals, channels={"web": Plain()}, name="test")
    port = free_port()
    server = Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=2)
    )
    tasks = [asyncio.create_task(worker.run()), asyncio.create_task(server.serve())]
    await until(lambda: server.started)
    yield Desk(f"http://127.0.0.1:{port}/chat", database, worker, chat)
    chat.close()
    server.should_exit = True
    await worker.stop()
    await asyncio.gather(*tasks)
    database.close()


async def press(page: Page, label: str) -> None:
    """Press a button of the conversation."""
    await page.locator("#log").get_by_role("button", name=label, exact=True).click()


async def say(page: Page, words: str) -> None:
    """Type and send."""
    await page.get_by_label("在这里打字").fill(words)
    await page.get_by_role("button", name="发送").click()


async def tab_to(page: Page, what: str, key: str = "Tab") -> None:
    """Go on by keyboard until the focused element shows these words."""
    for _ in range(30):
        await page.keyboard.press(key)
        words = await page.evaluate("() => document.activeElement.textContent || document.activeElement.id")
        if words.strip() == what:
            return
    raise AssertionError(f"{what!r} cannot be reached by keyboard")
