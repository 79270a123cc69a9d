"""Staff of a district of its own: enrolled and stopped on the command line, let in and kept out by the console."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from backend.access.passwords import Passwords
from backend.access.staff import find_staff
from backend.cli import app
from backend.tools.sql import Database


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONEDOOR_VAR", str(tmp_path))
    assert run("migrate").exit_code == 0
    return Database(f"sqlite:///{tmp_path / 'backend.sqlite3'}")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_it_enrols_a_caseworker_who_can_log_in_until_stopped(database: Database) -> None:
    made = run(
        "staff", "add", "Salma", "--name", "沙玛", "--role", "caseworker", "--department", "civil_affairs"
    )
    assert made.exit_code == 0, made.output
    with database.read() as session:
        staff = find_staff(session, "salma")
        assert staff is not None
        assert Passwords().matches(staff.password_hash, made.stdout.strip())
        assert staff.active
    assert run("staff", "stop", "salma").exit_code == 0
    with database.read() as session:
        staff = find_staff(session, "salma")
        assert staff is not None
        assert not staff.active


def test_a_town_clerk_belongs_to_an_office_that_is_there(database: Database) -> None:
    clerk = ("staff", "add", "wen", "--name", "文", "--role", "town_clerk", "--office", "town-qingxi")
    assert "no such office" in run(*clerk).output
    made = run("offices", "add", "town-qingxi", "--kind", "town", "--name", "清溪镇")
    assert made.exit_code == 0, made.output
    assert run(*clerk).exit_code == 0
    assert "taken" in run(*clerk).output


@pytest.mark.parametrize(
    "arguments",
    [
        ("staff", "add", "x", "--name", "x", "--role", "caseworker", "--department", "nowhere"),
        ("staff", "add", "x", "--name", "x", "--role", "caseworker"),
        ("staff", "add", "x", "--name", "x", "--role", "king"),
        ("staff", "stop", "nobody"),
        ("offices", "add", "v", "--kind", "village", "--name", "v", "--parent", "nowhere"),
    ],
)
def test_what_cannot_be_is_refused_with_one_line_and_changes_nothing(
    database: Database, arguments: tuple[str, ...]
) -> None:
    refused = run(*arguments)
    assert refused.exit_code == 2
    with database.read() as session:
        assert find_staff(session, "x") is None
