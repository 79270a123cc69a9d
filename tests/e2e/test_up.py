"""`onedoor up`, for real: it answers everywhere, mends what is killed, and leaves nothing behind however it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest

from tests.stack import Stack, free_ports, opened, start, wait

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s for {condition}"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def family(stack: Stack) -> list[int]:
    """Everything the supervisor has started, and what those have."""
    return [each.pid for each in psutil.Process(stack.process.pid).children(recursive=True)]


def ok(url: str) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(url, timeout=5, follow_redirects=True, trust_env=False).status_code == 200
    return False


def test_it_answers_on_every_address_it_prints(stack: Stack) -> None:
    for name in ("home", "chat", "console", "simulator"):
        assert ok(stack.urls[name]), name
        assert stack.urls[name] in stack.said()
    assert httpx.get(
        f"{stack.urls['api']}/programmes", headers={"Authorization": f"Bearer {stack.key()}"}
    ).is_success
    token = stack.demo["telegram_token"]
    assert httpx.get(f"{stack.urls['telegram_api']}/bot{token}/getMe").json()["ok"] is True
    for login in stack.demo["staff"]:
        assert login["login"] in stack.said()
        assert login["password"] in stack.said()


def test_it_tells_which_processes_run(stack: Stack) -> None:
    assert set(stack.pids()) == {"backend", "jobs", "bot", "simulator"}
    assert {each["name"]: each["state"] for each in stack.status()["processes"]}["backend"] == "running"
    assert stack.status()["nlu"] == {"state": "off", "detail": "", "percent": None}
    for name in ("demo.json", "secrets.json"):
        assert stat.S_IMODE((stack.var / name).stat().st_mode) == 0o600, name


def test_only_those_that_need_a_secret_are_given_it(stack: Stack) -> None:
    given = {name: psutil.Process(pid).environ() for name, pid in stack.pids().items()}
    holders = {
        secret: {name for name in given if given[name].get(secret)}
        for secret in (
            "ONEDOOR_SECRET_KEY",
            "ONEDOOR_BACKEND_KEY",
            "ONEDOOR_TELEGRAM_TOKEN",
            "ONEDOOR_NLU_TOKEN",
        )
    }
    assert holders == {
        "ONEDOOR_SECRET_KEY": {"backend", "jobs"},
        "ONEDOOR_BACKEND_KEY": {"bot"},
        "ONEDOOR_TELEGRAM_TOKEN": {"bot", "simulator"},
        "ONEDOOR_NLU_TOKEN": {"bot"},
    }


@pytest.mark.parametrize("name", ["backend", "jobs", "bot", "simulator"])
def test_it_starts_again_what_was_killed(stack: Stack, name: str) -> None:
    before = stack.pids()
    os.kill(before[name], signal.SIGKILL)
    until(lambda: stack.pids().get(name) not in (None, before[name]))
    until(lambda: {each["name"]: each["state"] for each in stack.status()["processes"]}[name] == "running")
    after = stack.pids()
    assert {other for other in before if before[other] != after[other]} == {name}
    assert ok(f"http://127.0.0.1:{stack.port}/readyz")
    assert ok(f"http://127.0.0.1:{stack.port + 1}/readyz")


def test_a_second_one_on_the_same_folder_says_so_in_one_line(stack: Stack) -> None:
    second = start(stack.var.parent / "second-log", ONEDOOR_VAR=str(stack.var))
    assert second.process.wait(30) == 1
    assert second.said().count("\n") == 1
    assert "already open" in second.said()
    assert stack.urls["home"] in second.said()
    assert ok(stack.urls["home"])


def test_a_port_that_is_taken_is_one_clear_line(tmp_path: Path) -> None:
    port = free_ports()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + 1))
        taken.listen()
        refused = start(tmp_path, "--no-nlu", port=port)
        assert refused.process.wait(30) == 1
    assert refused.said().count("\n") == 1
    assert f"port {port + 1} (for bot) is taken" in refused.said()


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_it_leaves_nothing_running_and_opens_again_as_it_was(tmp_path: Path, which: signal.Signals) -> None:
    with opened(tmp_path, "--no-nlu") as first:
        demo, started = first.demo, family(first)
        assert len(started) >= 4
        assert first.close(which) == 0
        assert [pid for pid in started if alive(pid)] == []
        assert "OneDoor is closed." in first.said()
    if which != signal.SIGINT:
        return
    began = time.monotonic()
    with opened(tmp_path, "--no-nlu") as again:
        assert time.monotonic() - began < 60
        assert again.demo == demo
        assert ok(again.urls["home"])


def test_a_supervisor_that_is_killed_leaves_no_orphans(tmp_path: Path) -> None:
    stack = start(tmp_path, "--no-nlu")
    wait(stack, "OneDoor is open", 90)
    started = family(stack)
    os.kill(stack.process.pid, signal.SIGKILL)
    stack.process.wait()
    until(lambda: not [pid for pid in started if alive(pid)], 10)
    with opened(tmp_path, "--no-nlu", port=stack.port) as again:
        assert ok(again.urls["chat"])


def test_closing_while_it_opens_leaves_nothing_either(tmp_path: Path) -> None:
    stack = start(tmp_path, "--no-nlu")
    until(lambda: family(stack))
    started = family(stack)
    assert stack.close() == 0
    assert [pid for pid in started if alive(pid)] == []


def test_a_process_that_cannot_start_is_named_and_the_desk_closes(tmp_path: Path) -> None:
    stack = start(tmp_path, "--no-nlu", ONEDOOR_CATALOGUE="nowhere")
    assert stack.process.wait(120) == 1
    last = stack.said().strip().splitlines()[-1]
    assert last.startswith("onedoor: ")
    assert family_names(stack) == []


def family_names(stack: Stack) -> list[str]:
    """Processes that still have this desk's folder in their environment."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("ONEDOOR_VAR") == str(stack.var):
                found.append(process.name())
    return found


def test_without_a_demonstration_the_bot_needs_a_key_of_its_own(tmp_path: Path) -> None:
    stack = start(tmp_path, "--no-nlu", "--no-demo")
    assert stack.process.wait(120) == 1
    assert "ONEDOOR_BACKEND_KEY" in stack.said().strip().splitlines()[-1]
    assert not (tmp_path / "demo.json").exists()


def test_the_drill_clock_is_the_desks_clock(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-03-02T09:00:00")
    with opened(tmp_path / "var", "--no-nlu", ONEDOOR_CLOCK=str(clock)) as stack:
        given = {
            name: psutil.Process(pid).environ().get("ONEDOOR_CLOCK") for name, pid in stack.pids().items()
        }
        assert given["backend"] == given["bot"] == str(clock)
        assert json.loads((stack.var / "urls.json").read_text())["home"].startswith("http://127.0.0.1:")
