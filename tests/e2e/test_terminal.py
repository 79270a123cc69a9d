"""`onedoor chat` as people run it: beside a running desk, and with the intake alone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.servers import free_port
from tests.stack import Stack, clean_environment

STORY = "我61岁了，中风住院，瘫在床上，家里就我一个人，一个月四五百块。"


def chat(var: Path, typed: list[str], *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Type these lines into `onedoor chat`."""
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat", *arguments],
        cwd=var,
        env={**clean_environment(), "ONEDOOR_VAR": str(var), "PYTHONUTF8": "1", **settings},
        input="".join(line + "\n" for line in typed),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.slow
def test_it_talks_to_the_running_desk_and_takes_up_where_it_was_left(stack: Stack) -> None:
    first = chat(stack.var, ["1", "1", "1", STORY], "--new")
    assert (first.returncode, first.stderr) == (0, "")
    assert "1) 中文" in first.stdout
    assert "瘫在床上" in first.stdout
    again = chat(stack.var, ["1"])
    assert (again.returncode, again.stderr) == (0, "")
    assert "对不对" in again.stdout
    assert "请选一种语言" not in again.stdout


@pytest.mark.slow
def test_it_brings_the_bot_along_when_only_the_intake_runs(stack: Stack, tmp_path: Path) -> None:
    shutil.copy(stack.var / "demo.json", tmp_path)
    settings = {"ONEDOOR_BACKEND_URL": stack.urls["home"].rstrip("/"), "ONEDOOR_BOT_PORT": str(free_port())}
    done = chat(tmp_path, ["1", "1", "1", STORY], **settings)
    assert (done.returncode, done.stderr) == (0, "")
    assert "瘫在床上" in done.stdout
    kept = json.loads((tmp_path / "terminal.json").read_text())
    again = chat(tmp_path, ["1"], **settings)
    assert (again.returncode, again.stderr) == (0, "")
    assert "对不对" in again.stdout
    assert json.loads((tmp_path / "terminal.json").read_text()) == kept


@pytest.mark.slow
def test_it_says_in_one_line_that_nothing_runs(tmp_path: Path) -> None:
    dead = {"ONEDOOR_BACKEND_URL": f"http://127.0.0.1:{free_port()}", "ONEDOOR_BOT_PORT": str(free_port())}
    done = chat(tmp_path, [], "--lang", "en", ONEDOOR_BACKEND_KEY="k", **dead)
    assert done.returncode == 1
    assert re.fullmatch(r"onedoor: No desk answers here.*\n", done.stderr)
    wrong = chat(tmp_path, [], "--lang", "fr")
    assert wrong.returncode == 2
    assert len(wrong.stderr.splitlines()) == 1
