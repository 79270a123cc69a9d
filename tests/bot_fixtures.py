"""A fake Bot API server, its people, and a bot that echoes, for each test that wants them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from backend.tools.sql import Database
from tests.bot_harness import TOKEN, BotUnderTest, Sim
from tests.fakes.bot_api.app import create_app
from tests.fakes.servers import served


@pytest.fixture
def api() -> Iterator[str]:
    """The address of a fake Bot API server."""
    with served(create_app(TOKEN)) as address:
        yield address


@pytest.fixture
async def sim(api: str) -> AsyncIterator[Sim]:
    """Its people and faults."""
    sim = Sim(api)
    yield sim
    await sim.http.aclose()


@pytest.fixture
async def bot(database: Database, api: str) -> AsyncIterator[BotUnderTest]:
    """A running bot that echoes, fetching from that server."""
    bot = BotUnderTest(database, api)
    await bot.start()
    yield bot
    await bot.stop()
