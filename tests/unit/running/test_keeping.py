"""What `onedoor up` keeps in `var/`: one desk per folder, secrets made once, files whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from bot.supervisor.keeping import (
    AlreadyRunningError,
    BrokenSecretsError,
    Lock,
    clear_up_left_processes,
    own_secrets,
    read_json,
    write_json,
)


def test_it_lets_one_desk_have_the_folder_and_tells_who_has_it(tmp_path: Path) -> None:
    first = Lock(tmp_path)
    first.take()
    with pytest.raises(AlreadyRunningError) as refused:
        Lock(tmp_path).take()
    assert refused.value.pid == os.getpid()
    first.give_back()
    second = Lock(tmp_path)
    second.take()
    second.give_back()


def test_it_makes_secrets_once_for_this_account_only(tmp_path: Path) -> None:
    made = own_secrets(tmp_path)
    assert own_secrets(tmp_path) == made
    assert len(set(made.values())) == 3
    assert all(len(secret) >= 40 for secret in made.values())
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_it_never_replaces_secrets_that_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text('{"secret_key": "ab')
    with pytest.raises(BrokenSecretsError, match=r"secrets\.json cannot be read"):
        own_secrets(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == '{"secret_key": "ab'


def test_it_writes_the_whole_file_and_leaves_no_other(tmp_path: Path) -> None:
    write_json(tmp_path / "status.json", {"词": 1})
    write_json(tmp_path / "status.json", {"词": 2})
    assert json.loads((tmp_path / "status.json").read_text("utf-8")) == {"词": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["status.json"]
    assert read_json(tmp_path / "none.json") is None


def test_it_ends_what_an_earlier_supervisor_left_but_never_a_stranger(tmp_path: Path) -> None:
    left, stranger = (
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdin=subprocess.DEVNULL)
        for _ in range(2)
    )
    try:
        began = psutil.Process(left.pid).create_time()
        write_json(
            tmp_path / "processes.json",
            [
                {"name": "bot", "pid": left.pid, "started": began},
                {"name": "jobs", "pid": stranger.pid, "started": began - 100},
            ],
        )
        assert clear_up_left_processes(tmp_path) == 1
        assert left.wait(5) == -9
        assert stranger.poll() is None
    finally:
        for each in (left, stranger):
            each.kill()
            each.wait()
