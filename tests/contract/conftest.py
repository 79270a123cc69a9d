"""The intake as the conversation sees it, twice: the real one in process through `bot.backend_client`, and the fake."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache

import pytest
from httpx import ASGITransport

from backend import models  # noqa: F401 - every table is known before the first query
from backend.access.clients import SCOPES, add_client
from backend.app import create_app
from backend.casework.desk import Desk
from backend.catalogue.load import load_catalogue
from backend.eligibility import Rules, compile_catalogue
from backend.parts import Parts
from backend.settings import BackendSettings
from backend.tools.clock import FixedClock
from backend.tools.sql import Database
from bot.backend_client import BackendClient
from handlers.ports import IntakeBackend
from tests.fakes.intake import FakeIntake

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@cache
def yongchuan() -> Rules:
    """The district's own catalogue, compiled once."""
    return compile_catalogue(load_catalogue("yongchuan"))


@asynccontextmanager
async def client_of(desk: Desk) -> AsyncIterator[BackendClient]:
    """The bot's client, speaking with the real application in process."""
    with desk.database.write() as session:
        key = add_client(session, "bot", list(SCOPES), NOW)
    app = create_app(Parts(BackendSettings(secret_key="x" * 32, secure_cookies=False), desk))  # type: ignore[arg-type]
    client = BackendClient("http://127.0.0.1", key, transport=ASGITransport(app, raise_app_exceptions=False))
    yield client
    await client.close()


@pytest.fixture
def desk(intake_database: Database) -> Desk:
    """The real intake's casework, on either database."""
    return Desk(intake_database, yongchuan(), FixedClock(NOW))


@pytest.fixture
async def real(desk: Desk) -> AsyncIterator[BackendClient]:
    """The bot's client and the real intake, on either database."""
    async with client_of(desk) as client:
        yield client


@pytest.fixture(params=["real", "fake"])
async def intake(request: pytest.FixtureRequest, sqlite_intake: Database) -> AsyncIterator[IntakeBackend]:
    """Either; what is said of one must hold for the other."""
    if request.param == "fake":
        yield FakeIntake()
        return
    async with client_of(Desk(sqlite_intake, yongchuan(), FixedClock(NOW))) as client:
        yield client
