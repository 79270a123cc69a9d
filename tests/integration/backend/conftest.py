"""A desk on either database, with a clock that stands still, people who work there and a family that files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import cache

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from backend import models  # noqa: F401 - every table is known before the first query
from backend.access.clients import SCOPES, add_client
from backend.access.models import Office
from backend.access.staff import Actor
from backend.app import create_app
from backend.casework.desk import Desk
from backend.catalogue.load import load_catalogue
from backend.eligibility import Rules, compile_catalogue
from backend.parts import Parts
from backend.settings import BackendSettings
from backend.tools.clock import FixedClock
from backend.tools.sql import Database

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning in Yongchuan


@cache
def yongchuan() -> Rules:
    """The district's own catalogue, compiled once."""
    return compile_catalogue(load_catalogue("yongchuan"))


@pytest.fixture
def rules() -> Rules:
    return yongchuan()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def desk(intake_database: Database, rules: Rules, clock: FixedClock) -> Desk:
    """A desk with one town and one village of it."""
    with intake_database.write() as session:
        session.add(Office(id="test_town", kind="town", name={"zh": "测试镇", "en": "Test Town"}))
        session.flush()
        session.add(
            Office(
                id="test_village",
                kind="village",
                name={"zh": "测试村", "en": "Test Village"},
                parent_id="test_town",
            )
        )
    return Desk(intake_database, rules, clock)


@pytest.fixture
def salma() -> Actor:
    """A caseworker of the department that owns most programmes."""
    return Actor("salma", "salma", "萨尔玛（测试）", "caseworker", "civil_affairs", None)


@pytest.fixture
def otto() -> Actor:
    """A caseworker of another department."""
    return Actor("otto", "otto", "奥托（测试）", "caseworker", "medical_security", None)


@pytest.fixture
def wen() -> Actor:
    """A clerk at the town's window."""
    return Actor("wen", "wen", "文（测试）", "town_clerk", None, "test_town")


@pytest.fixture
def parts(desk: Desk) -> Parts:
    return Parts(BackendSettings(secret_key="x" * 32, secure_cookies=False), desk)  # type: ignore[arg-type]


@pytest.fixture
def app(parts: Parts) -> FastAPI:
    return create_app(parts)


@pytest.fixture
def key(desk: Desk) -> str:
    """The bot's key, with every scope."""
    with desk.database.write() as session:
        return add_client(session, "bot", list(SCOPES), NOW)


@pytest.fixture
async def client(app: FastAPI, key: str) -> AsyncIterator[AsyncClient]:
    """The bot, calling the API."""
    transport = ASGITransport(app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {key}"}
    async with AsyncClient(
        transport=transport, base_url="http://127.0.0.1/api/v1/", headers=headers
    ) as opened:
        yield opened
