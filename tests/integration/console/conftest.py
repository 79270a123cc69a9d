"""A console with a filing in it: Salma works at civil affairs, Otto at medical security, Tan in the town of Dashun."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from pydantic import SecretStr

from backend import contract, migrations
from backend.access.models import Office
from backend.access.passwords import Passwords
from backend.access.staff import add_staff, find_staff
from backend.app import create_app
from backend.casework import service
from backend.casework.desk import Desk
from backend.catalogue.load import load_catalogue
from backend.console.web import Console
from backend.eligibility import Rules, compile_catalogue
from backend.parts import Parts
from backend.settings import BackendSettings
from backend.tools.clock import FixedClock
from backend.tools.sql import Database
from tests.integration.console.filings import hong

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PASSWORD = "a quiet morning in Dashun"
STAFF = {
    "salma": ("沙玛", "caseworker", "civil_affairs", None),
    "jin": ("金晓", "caseworker", "civil_affairs", None),
    "otto": ("欧涛", "caseworker", "medical_security", None),
    "tan": ("谭丽", "town_clerk", None, "dashun"),
    "far": ("远方", "town_clerk", None, "banqiao"),
    "boss": ("何主任", "supervisor", None, None),
    "vera": ("魏核", "verifier", "civil_affairs", None),
}
# Weak on purpose: the strength of the hash is not what these tests are about, and they log in hundreds of times.
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def rules() -> Rules:
    return compile_catalogue(load_catalogue("yongchuan"))


def enrol(database: Database) -> None:
    """Offices, and everybody who works there."""
    with database.write() as session:
        session.add(Office(id="yongchuan", kind="district", name={"zh": "永川区", "en": "Yongchuan"}))
        session.flush()
        for office, zh, en in (("dashun", "大顺镇", "Dashun"), ("banqiao", "板桥镇", "Banqiao")):
            session.add(Office(id=office, kind="town", name={"zh": zh, "en": en}, parent_id="yongchuan"))
        for login, (name, role, department, office) in STAFF.items():
            add_staff(
                session, QUICK, login=login, password=PASSWORD, name=name, role=role, now=NOW,
                department=department, office=office,
            )  # fmt: skip


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with offices and staff, copied for every test."""
    path = tmp_path_factory.mktemp("console") / "empty.sqlite3"
    url = f"sqlite:///{path}"
    migrations.upgrade(url)
    database = Database(url)
    enrol(database)
    database.close()  # the last one out folds the write-ahead log into the file
    return path


@dataclass
class Bench:
    """The app with its parts in reach."""

    app: FastAPI
    desk: Desk
    clock: FixedClock
    settings: BackendSettings
    browsers: list[Browser] = field(default_factory=list)

    async def browser(self, login: str | None = None) -> Browser:
        """A new browser, signed in when a login is given."""
        browser = Browser(self.app)
        self.browsers.append(browser)
        if login:
            await browser.log_in(login)
        return browser

    def file(self, key: str = "s1", **changed: object) -> contract.Receipt:
        """File Hong's story; each item's reference is in the receipt."""
        return service.submit(self.desk, "bot", key, hong(self.desk.catalogue, **changed))

    def staff_id(self, login: str) -> str:
        with self.desk.database.read() as session:
            found = find_staff(session, login)
            assert found
            return found.id


class Browser:
    """Somebody's browser: cookies of its own, forms filled from the page as a person would."""

    def __init__(self, app: FastAPI) -> None:
        self.client = AsyncClient(
            transport=ASGITransport(app, client=("127.0.0.1", 50000)), base_url="http://127.0.0.1:8000"
        )

    async def get(self, url: str, *, lang: str | None = None) -> Response:
        if lang:
            self.client.cookies.set("onedoor_lang", lang, domain="127.0.0.1")
        return await self.client.get(url)

    async def log_in(self, login: str, password: str = PASSWORD) -> Response:
        page = await self.get("/console/login")
        data = {"login": login, "password": password, "csrf": csrf(page.text), "next": ""}
        return await self.client.post("/console/login", data=data)

    async def post(self, url: str, page: str, **fields: str) -> Response:
        """Send a form of `page` (its secret and the version it was shown with go along)."""
        return await self.client.post(url, data=await self.form(page) | fields)

    async def form(self, page: str) -> dict[str, str]:
        """What the forms of `page` carry by themselves: the secret, and the version of the case."""
        shown = (await self.get(page)).text
        version = re.search(r'name="version" value="(\d+)"', shown)
        return {"csrf": csrf(shown)} | ({"version": version[1]} if version else {})


def csrf(page: str) -> str:
    """The secret in a page's form."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found, "no form with a secret on this page"
    return found[1]


@pytest.fixture(scope="session")
def made_app(empty_database: Path, rules: Rules) -> FastAPI:
    """The app, built once: declaring its routes takes longer than most tests."""
    settings = BackendSettings(
        database_url=f"sqlite:///{empty_database}",
        secure_cookies=False,
        secret_key=SecretStr("for tests only, never anywhere else at all"),
        _env_file=None,
    )
    desk = Desk(Database(settings.url), rules, FixedClock(NOW))
    app = create_app(Parts(settings, desk))
    desk.database.close()
    return app


@pytest.fixture
async def bench(empty_database: Path, made_app: FastAPI, tmp_path: Path) -> AsyncIterator[Bench]:
    """A fresh database behind the app, and a clock that stands still."""
    path = tmp_path / "backend.sqlite3"
    shutil.copy(empty_database, path)
    async with opened(made_app, Database(f"sqlite:///{path}"), tmp_path) as made:
        yield made


@pytest.fixture
async def bench_on_either(
    intake_database: Database, made_app: FastAPI, tmp_path: Path
) -> AsyncIterator[Bench]:
    """The same on SQLite and on a real PostgreSQL."""
    enrol(intake_database)
    async with opened(made_app, intake_database, tmp_path) as made:
        yield made


@asynccontextmanager
async def opened(app: FastAPI, database: Database, var: Path) -> AsyncIterator[Bench]:
    """The app with this database behind it, for one test."""
    console: Console = app.state.console
    settings = console.settings.model_copy(update={"var": var})
    clock = FixedClock(NOW)
    desk = Desk(database, console.rules, clock)
    app.state.parts = Parts(settings, desk)
    app.state.console = replace(console, settings=settings, database=database, clock=clock, passwords=QUICK)
    made = Bench(app, desk, clock, settings)
    yield made
    for browser in made.browsers:
        await browser.client.aclose()
    database.close()
    app.state.console = console
