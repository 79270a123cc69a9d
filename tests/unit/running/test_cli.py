"""`onedoor`: quick, and one clear line when the words on the command line are wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot import cli
from bot.cli import COMMANDS, main


def onedoor(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments], capture_output=True, text=True, check=False, timeout=60
    )


def test_it_names_every_command_in_its_help() -> None:
    done = onedoor("--help")
    assert done.returncode == 0
    for name in (*COMMANDS, "screen", "migrate", "demo", "catalogue", "check", "audit"):
        assert name in done.stdout, name


def test_without_arguments_it_shows_its_help() -> None:
    assert "screen" in onedoor().stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nosuchthing"], "No such command 'nosuchthing'"),
        (["up", "--port", "12"], "--port"),
        (["up", "--port", "many"], "integer"),
        (["up", "--nosuchoption"], "--nosuchoption"),
    ],
)
def test_it_answers_bad_arguments_with_one_line_and_code_2(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("onedoor: ")
    assert says in said.err


def test_it_imports_neither_telegram_nor_a_database_to_screen() -> None:
    code = """
        import sys
        from bot.cli import build
        import typer
        typer.main.get_command(build("screen"))
        heavy = {"telegram", "sqlalchemy", "uvicorn", "fastapi", "alembic"} & set(sys.modules)
        assert not heavy, heavy
    """
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(line.strip() for line in code.splitlines())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_command_named_here_can_be_loaded() -> None:
    for place, _ in COMMANDS.values():
        assert callable(cli._load(place))
