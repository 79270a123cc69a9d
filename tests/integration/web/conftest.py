"""The web chat in process: the real inbox, turns and routes, with a conversation that says back what it hears."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from backend.tools.clock import FixedClock
from backend.tools.sql import Database
from bot import store
from bot.channels import web
from bot.channels.plain import Plain
from bot.signals import Signals
from bot.turns import Worker
from tests.fakes.echo import EchoBrain
from tests.fakes.servers import free_port
from tests.waiting import until

API = "/chat/api/conversations"


@dataclass(slots=True)
class Seat:
    """A conversation that was opened, and how to talk in it."""

    client: httpx.AsyncClient
    id: str
    token: str
    first: list[dict[str, Any]]
    said: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def url(self) -> str:
        return f"{API}/{self.id}"

    async def say(self, text: str | None = None, *, key: str | None = None, **body: Any) -> httpx.Response:
        self.said += 1
        message = {
            "message_id": key or f"m{self.said}",
            **({"text": text} if text is not None else {}),
            **body,
        }
        return await self.client.post(f"{self.url}/messages", json=message, headers=self.headers)

    async def read(self, after: str = "") -> list[dict[str, Any]]:
        answer = await self.client.get(f"{self.url}/messages", params={"after": after}, headers=self.headers)
        return answer.json()["messages"]


@dataclass(slots=True)
class Desk:
    """The running parts."""

    app: FastAPI
    chat: web.WebChat
    database: Database
    signals: Signals
    worker: Worker
    client: httpx.AsyncClient

    async def open(self, **opening: Any) -> Seat:
        answer = await self.client.post(API, json=opening)
        assert answer.status_code == 201, answer.text
        body = answer.json()
        return Seat(self.client, body["conversation"], body["token"], body["messages"])


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest shape, to be copied."""
    path = tmp_path_factory.mktemp("web") / "bot.sqlite3"
    database = Database(f"sqlite:///{path}")
    store.migrate(database)
    database.close()  # the last connection folds the log back into the file
    return path


@pytest.fixture
async def desk(tmp_path: Path, migrated: Path) -> AsyncIterator[Desk]:
    """A web chat with one worker behind it."""
    shutil.copy(migrated, tmp_path / "bot.sqlite3")
    database, signals, app = Database(f"sqlite:///{tmp_path / 'bot.sqlite3'}"), Signals(), FastAPI()
    clock = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    chat = web.mount(app, database=database, signals=signals, clock=clock, folder=tmp_path / "files")
    worker = Worker(database, EchoBrain(), signals, channels={"web": Plain()}, name="test")
    running = asyncio.create_task(worker.run())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as client:
        yield Desk(app, chat, database, signals, worker, client)
    chat.close()
    await worker.stop()
    await running
    database.close()


@pytest.fixture
async def seat(desk: Desk) -> Seat:
    """A conversation that was just opened."""
    return await desk.open()


class SameLoopServer(uvicorn.Server):
    """A server beside the test on its event loop; signals stay the test runner's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@pytest.fixture
async def address(desk: Desk) -> AsyncIterator[str]:
    """The same web chat over real HTTP: streams and slow bodies need one."""
    port = free_port()
    server = SameLoopServer(
        uvicorn.Config(desk.app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=2)
    )
    task = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    yield f"http://127.0.0.1:{port}"
    desk.chat.close()
    server.should_exit = True
    await task
