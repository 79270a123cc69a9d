"""Migrations: one line of them, up and down on both databases, and what they build is what the models say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from backend.migrations import at_head, config, downgrade, upgrade
from backend.models import Base
from backend.tools.sql import Database
from tests.databases import KINDS, Templates


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, templates: Templates) -> Iterator[str]:
    """A database with nothing in it."""
    yield from templates.copy(request.param, "empty", touch)


def touch(url: str) -> None:
    """Make the database exist (SQLite makes the file when something connects)."""
    database = Database(url)
    database.engine.connect().close()
    database.close()


def steps() -> list[str]:
    script = ScriptDirectory.from_config(config(""))
    return [step.revision for step in reversed(list(script.walk_revisions()))]


def tables(url: str) -> set[str]:
    database = Database(url)
    try:
        return set(inspect(database.engine).get_table_names())
    finally:
        database.close()


def test_it_has_one_line_of_steps() -> None:
    assert len(ScriptDirectory.from_config(config("")).get_heads()) == 1
    assert steps()[0].startswith("0001")


def test_it_goes_up_and_down_step_by_step(empty_url: str) -> None:
    seen = [tables(empty_url) - {"alembic_version"}]
    for step in steps():
        upgrade(empty_url, step)
        seen.append(tables(empty_url) - {"alembic_version"})
    assert seen[-1] == set(Base.metadata.tables)
    for before, step in zip(reversed(seen[:-1]), ["base", *steps()[:-1]][::-1], strict=True):
        downgrade(empty_url, step)
        assert tables(empty_url) - {"alembic_version"} == before
    upgrade(empty_url)
    upgrade(empty_url)


def test_it_builds_what_the_models_say(intake_database: Database) -> None:
    with intake_database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert at_head(connection)


def test_it_knows_when_a_database_is_behind(empty_url: str) -> None:
    upgrade(empty_url, steps()[0])
    database = Database(empty_url)
    with database.engine.connect() as connection:
        assert not at_head(connection)
    database.close()
