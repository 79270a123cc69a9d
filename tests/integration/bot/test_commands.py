"""`onedoor migrate` and `onedoor check` cover both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from backend.tools.clock import SystemClock
from backend.tools.sql import Database
from bot import inbox
from bot.cli import main
from bot.store import InboxRow


def test_it_migrates_both_and_checks_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONEDOOR_VAR", str(tmp_path))
    monkeypatch.setenv("ONEDOOR_SECRET_KEY", "x" * 40)
    assert main(["migrate"]) == 0
    assert main(["migrate"]) == 0
    assert main(["check"]) == 0
    database = Database(f"sqlite:///{tmp_path / 'bot.sqlite3'}")
    accepted = inbox.accept(database, "web", "k", "u", {"text": "秘密"}, kind="text", clock=SystemClock())
    with database.write() as session:
        session.get_one(InboxRow, accepted.id).created_at = inbox.MACHINE.now() - timedelta(minutes=2)
    database.close()
    capsys.readouterr()
    assert main(["check"]) == 1
    said = capsys.readouterr()
    assert "inbox 1" in said.out
    assert "秘密" not in said.out + said.err
