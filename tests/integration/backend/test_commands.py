"""The backend's commands, as a person types them; on SQLite, in one process."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from backend.access.clients import find_caller
from backend.access.passwords import Passwords
from backend.access.staff import find_staff
from backend.app import create_app
from backend.casework.models import Application, HelpTask
from backend.cli import app
from backend.tools.sql import Database


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONEDOOR_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def counts(var: Path) -> tuple[int, int, int]:
    database = Database(f"sqlite:///{var / 'backend.sqlite3'}")
    with database.read() as session:
        found = [
            session.scalar(select(func.count()).select_from(table)) or 0 for table in (Application, HelpTask)
        ]
        audited = session.scalar(
            select(func.count()).select_from(Application).where(Application.status == "approved")
        )
    database.close()
    return found[0], found[1], audited or 0


@pytest.mark.slow
def test_it_makes_a_demonstration_district_once(var: Path) -> None:
    assert run("demo", "--size", "small").exit_code == 0
    path = var / "demo.json"
    before, made = path.read_text(encoding="utf-8"), counts(var)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert made[0] >= 8
    assert made[1] >= 2
    assert made[2] >= 1
    assert run("demo").exit_code == 0
    assert (path.read_text(encoding="utf-8"), counts(var)) == (before, made)

    content = json.loads(before)
    database = Database(f"sqlite:///{var / 'backend.sqlite3'}")
    with database.read() as session:
        for staff in content["staff"]:
            kept = find_staff(session, staff["login"])
            assert kept is not None
            assert Passwords().matches(kept.password_hash, staff["password"])
            assert staff["totp_secret"] is None
        [key] = content["api_keys"]
        caller = find_caller(session, key["key"])
        assert caller is not None
        assert (caller.name, caller.scopes) == ("bot", set(key["scopes"]))
        statuses = set(session.scalars(select(Application.status)))
    database.close()
    assert {staff["role"] for staff in content["staff"]} == {"town_clerk", "caseworker", "supervisor"}
    assert len(statuses) >= 6, "a handful of applications in several states"
    assert run("check").exit_code == 0

    path.unlink()  # the file is lost, the database is not: the logins hold again
    assert run("demo").exit_code == 0
    assert counts(var) == made
    assert run("check").exit_code == 0


def test_it_migrates_and_finds_nothing_wrong(var: Path) -> None:
    assert run("migrate").exit_code == 0
    assert run("migrate").exit_code == 0
    assert run("check").exit_code == 0
    verified = run("audit", "verify")
    assert (verified.exit_code, verified.stdout.strip()) == (0, "0:" + "0" * 64)
    assert run("audit", "verify", "--head", verified.stdout.strip()).exit_code == 0
    cut = run("audit", "verify", "--head", "7:" + "a" * 64)
    assert cut.exit_code == 1
    assert "entry 7 was published" in cut.stdout
    assert run("audit", "verify", "--head", "nonsense").exit_code == 2


def test_it_makes_and_revokes_keys(var: Path) -> None:
    run("migrate")
    made = run("clients", "add", "bot", "--scope", "notices", "--scope", "help")
    assert made.exit_code == 0
    database = Database(f"sqlite:///{var / 'backend.sqlite3'}")
    with database.read() as session:
        caller = find_caller(session, made.stdout.strip())
    assert caller is not None
    assert caller.scopes == {"notices", "help"}
    assert made.stdout.strip().encode() not in (var / "backend.sqlite3").read_bytes()
    assert run("clients", "add", "bot", "--scope", "everything").exit_code == 2
    assert run("clients", "revoke", "bot").exit_code == 0
    with database.read() as session:
        assert find_caller(session, made.stdout.strip()) is None
    database.close()


@pytest.mark.parametrize("secret", [None, "", "short"])
def test_it_does_not_start_without_a_secret(
    var: Path, monkeypatch: pytest.MonkeyPatch, secret: str | None
) -> None:
    if secret is not None:
        monkeypatch.setenv("ONEDOOR_SECRET_KEY", secret)
    with pytest.raises(SystemExit) as stopped:
        create_app()
    message = str(stopped.value)
    assert "ONEDOOR_SECRET_KEY" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ONEDOOR_BACKEND_PORT", "金丝雀"),
        ("ONEDOOR_DATABASE_URL", "金丝雀"),
        ("ONEDOOR_CATALOGUE", "nowhere"),
    ],
)
def test_it_names_the_setting_that_cannot_be_right(
    var: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("ONEDOOR_SECRET_KEY", "x" * 32)
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as stopped:
        create_app()
    assert name in str(stopped.value)
    assert "金丝雀" not in str(stopped.value)
    assert "\n" not in str(stopped.value)
