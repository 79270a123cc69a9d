"""The bot's database for tests: a copy of a migrated template, on SQLite or on both kinds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backend.tools.sql import Database
from bot import store
from tests.databases import KINDS, Templates


def migrate(url: str) -> None:
    """Make a migrated template."""
    database = Database(url)
    store.migrate(database)
    database.close()


@pytest.fixture
def bot_url(templates: Templates) -> Iterator[str]:
    """An empty database of the bot, SQLite."""
    yield from templates.copy("sqlite", "bot", migrate)


@pytest.fixture(params=KINDS)
def both_urls(request: pytest.FixtureRequest, templates: Templates) -> Iterator[str]:
    """An empty database of the bot, of either kind: the test runs twice."""
    yield from templates.copy(request.param, "bot", migrate)


@pytest.fixture
def database(bot_url: str) -> Iterator[Database]:
    """The same as `bot_url`, opened."""
    database = Database(bot_url)
    yield database
    database.close()


@pytest.fixture
def both(both_urls: str) -> Iterator[Database]:
    """The same as `both_urls`, opened."""
    database = Database(both_urls)
    yield database
    database.close()
