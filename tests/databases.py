"""Databases for tests: SQLite files, and a real PostgreSQL started once per session (and worker).

A test asks for `intake_database` and runs twice, once on each; every test gets a fresh copy of a migrated template, so
migrations run once per session. `sqlite_intake` is for tests where the kind cannot matter.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from backend.migrations import upgrade
from backend.tools.sql import Database
from tests.postgres import PostgresServer, open_server

KINDS = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres),
]


class Templates:
    """Migrated databases to be copied; one per kind and maker, made when first asked for."""

    def __init__(self, folder: Path, server: Callable[[], PostgresServer]) -> None:
        self.folder, self._server = folder, server
        self._made: dict[str, str | None] = {}
        self._numbers = count(1)
        self._free: dict[str, list[str]] = defaultdict(list)  # used, emptied and of the right shape again

    def copy(self, kind: str, name: str, make: Callable[[str], None]) -> Iterator[str]:
        """The URL of a fresh copy of the template `name`, which `make(url)` builds once.

        Copying a PostgreSQL database takes a third of a second, emptying one a hundredth: a used one is emptied and
        used again, unless the test has changed its shape. Templates hold no rows."""
        number = next(self._numbers)
        if kind == "sqlite":
            template = self.folder / f"{name}.sqlite3"
            if name + kind not in self._made:
                make(f"sqlite:///{template}")
                self._made[name + kind] = str(template)
            path = self.folder / f"{name}-{number}.sqlite3"
            shutil.copy(template, path)
            yield f"sqlite:///{path}"
            for left in self.folder.glob(f"{path.name}*"):
                left.unlink()
            return
        server = self._server()
        if name + kind not in self._made:
            make(server.create(name))
            self._made[name + kind] = server.shape(name)
        copied = self._free[name].pop() if self._free[name] else f"{name}_{number}"
        yield server.url(copied) if server.has(copied) else server.create(copied, template=name)
        if server.emptied(copied, self._made[name + kind]):
            self._free[name].append(copied)
        else:
            server.drop(copied)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL, empty, listening on a socket in a folder of its own."""
    with open_server() as server:
        yield server


@pytest.fixture(scope="session")
def templates(request: pytest.FixtureRequest) -> Iterator[Templates]:
    """Migrated databases to copy; PostgreSQL is started only when a test wants it."""
    with tempfile.TemporaryDirectory(prefix="onedoor-db-") as folder:
        yield Templates(Path(folder), lambda: request.getfixturevalue("postgres_server"))


@pytest.fixture(params=KINDS)
def intake_url(request: pytest.FixtureRequest, templates: Templates) -> Iterator[str]:
    """A migrated, empty intake database of either kind."""
    yield from templates.copy(request.param, "intake", upgrade)


@pytest.fixture
def intake_database(intake_url: str) -> Iterator[Database]:
    """The same, opened."""
    database = Database(intake_url)
    yield database
    database.close()


@pytest.fixture
def sqlite_intake(templates: Templates) -> Iterator[Database]:
    """A migrated, empty intake database on SQLite."""
    for url in templates.copy("sqlite", "intake", upgrade):
        database = Database(url)
        yield database
        database.close()
