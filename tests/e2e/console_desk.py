"""The console served for a real browser, on a database of its own with Hong's story (and an attack) filed in it."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn
from pydantic import SecretStr

from backend import contract, migrations
from backend.app import create_app
from backend.casework import service
from backend.casework.desk import Desk
from backend.catalogue.load import load_catalogue
from backend.eligibility import compile_catalogue
from backend.parts import Parts
from backend.settings import BackendSettings
from backend.tools.clock import FixedClock
from backend.tools.sql import Database
from tests.integration.console.conftest import NOW, PASSWORD, QUICK, enrol
from tests.integration.console.filings import hong

ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@dataclass
class Console:
    """A served console: where it is, and the desk behind it."""

    url: str
    desk: Desk
    var: Path
    password: str = PASSWORD
    filed: int = 0

    def file(self, **changed: object) -> list[str]:
        """File Hong's story once more; the references of its applications."""
        self.filed += 1
        contact = contract.ContactPoint(channel="web", conversation=f"c{self.filed}", lang="zh")
        filed = hong(self.desk.catalogue, **({"contact": contact} | changed))
        receipt = service.submit(self.desk, "bot", f"e2e-{self.filed}", filed)
        return [item.reference for item in receipt.applications]

    def attack(self) -> list[str]:
        """A filing that tries to run a script from every field."""
        return self.file(
            reporter=contract.ReporterIn(
                kind="officer", name=ATTACK, phone=ATTACK, relation=ATTACK, consent="spoken"
            ),
            persons=[
                contract.PersonIn(id="self", relation="self", name=ATTACK),
                contract.PersonIn(id="spouse", relation="spouse", name=ATTACK),
            ],
            story=ATTACK,
        )

    def ask_for_help(self) -> str:
        """Somebody has nothing to eat."""
        self.filed += 1
        request = contract.HelpRequestIn(
            kind="urgent",
            urgent="hunger",
            contact=contract.ContactPoint(channel="telegram", conversation=f"t{self.filed}", lang="zh"),
            transcript=[
                contract.TranscriptLine(
                    message="m1", at=NOW, who="reporter", text="两天没吃饭了，屋头没得米了"
                )
            ],
        )
        return service.open_help(self.desk, "bot", f"help-{self.filed}", request)


@contextmanager
def served(folder: Path) -> Iterator[Console]:
    """Open it on a free port of this machine."""
    settings = BackendSettings(
        var=folder,
        database_url=f"sqlite:///{folder / 'backend.sqlite3'}",
        secure_cookies=False,
        secret_key=SecretStr("for tests only, never anywhere else at all"),
        _env_file=None,
    )
    migrations.upgrade(settings.url)
    desk = Desk(Database(settings.url), compile_catalogue(load_catalogue("yongchuan")), FixedClock(NOW))
    enrol(desk.database)
    app = create_app(Parts(settings, desk))
    app.state.console = replace(app.state.console, passwords=QUICK)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        _wait(server)
        yield Console(f"http://127.0.0.1:{listener.getsockname()[1]}", desk, folder)
        server.should_exit = True
        thread.join(10)
    desk.database.close()
    shutil.rmtree(folder, ignore_errors=True)


def _wait(server: uvicorn.Server) -> None:
    end = time.monotonic() + 20
    while not server.started:
        if time.monotonic() > end:
            raise AssertionError("the console did not start")
        time.sleep(0.02)
