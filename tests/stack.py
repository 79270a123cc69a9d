"""A whole desk for tests: a real `onedoor up` with its own folder and free ports.

    def test_it_...(stack):            # without the language model; opens in seconds, once per session
        stack.urls["chat"], stack.staff("caseworker"), stack.key("bot"), stack.pids()
    def test_it_...(stack_with_nlu):   # the same with Rasa, ready

Tests that use these run in one xdist worker, so that there is only one of each (`make test` runs with two)."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parents[1]
FIXTURES = {"stack", "stack_with_nlu"}


@dataclass
class Stack:
    """An open desk. `log` is everything it has printed."""

    var: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def urls(self) -> dict[str, str]:
        """The addresses, by name: home, chat, console, api, telegram_api, simulator."""
        return self._read("urls.json")

    @property
    def demo(self) -> dict[str, Any]:
        """The demonstration's logins and keys."""
        return self._read("demo.json")

    def staff(self, role: str) -> dict[str, Any]:
        """The first demonstration login of this role."""
        return next(each for each in self.demo["staff"] if each["role"] == role)

    def key(self, client: str = "bot") -> str:
        """An API key of the demonstration."""
        return next(each["key"] for each in self.demo["api_keys"] if each["client"] == client)

    def pids(self) -> dict[str, int]:
        """The processes that run now, by name."""
        return {each["name"]: each["pid"] for each in self._read("processes.json")}

    def status(self) -> dict[str, Any]:
        """What the supervisor says of them and of the language model."""
        return self._read("status.json")

    def said(self) -> str:
        """Everything printed so far."""
        return self.log.read_text("utf-8", "replace")

    def close(self, which: signal.Signals = signal.SIGINT) -> int:
        """Stop it as a person would and give its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(which)
        return self.process.wait(30)

    def _read(self, name: str) -> Any:
        return json.loads((self.var / name).read_text(encoding="utf-8"))


def free_ports() -> int:
    """The first of four free ports in a row."""
    for first in range(21_000 + os.getpid() % 1000 * 10, 60_000, 4):
        held: list[socket.socket] = []
        try:
            for port in range(first, first + 4):
                held.append(socket.socket())
                held[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                held[-1].bind(("127.0.0.1", port))
        except OSError:
            continue
        else:
            return first
        finally:
            for each in held:
                each.close()
    raise RuntimeError("no four free ports in a row")


def start(var: Path, *arguments: str, port: int | None = None, **settings: str) -> Stack:
    """Start `onedoor up` without waiting for it."""
    port = port or free_ports()
    var.mkdir(parents=True, exist_ok=True)
    log = var / f"up-{len(list(var.glob('up-*.log')))}.log"  # one each time: `wait` reads only its own
    out: IO[bytes]
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "up", "--port", str(port), *arguments],
            cwd=var,  # nobody's .env
            env={**clean_environment(), "ONEDOOR_VAR": str(var), **settings},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Stack(var, port, process, log)


def clean_environment() -> dict[str, str]:
    """This environment without the desk's settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ONEDOOR_")}
    uv = os.environ.get("ONEDOOR_UV")
    return kept | ({"ONEDOOR_UV": uv} if uv else {})


def wait(stack: Stack, ready: str, seconds: float) -> None:
    """Wait until the desk has printed `ready`; fails with what it did print."""
    end = time.monotonic() + seconds
    while ready not in stack.said():
        if stack.process.poll() is not None or time.monotonic() > end:
            how = "ended" if stack.process.poll() is not None else f"silent for {seconds} s"
            raise AssertionError(f"onedoor up {how} before {ready!r}:\n{stack.said()[-6000:]}")
        time.sleep(0.05)


@contextmanager
def opened(var: Path, *arguments: str, port: int | None = None, **settings: str) -> Iterator[Stack]:
    """An open desk that is closed at the end, whatever happens."""
    stack = start(var, *arguments, port=port, **settings)
    try:
        wait(stack, "OneDoor is open", 90)
        yield stack
    finally:
        try:
            stack.close()
        except subprocess.TimeoutExpired:
            stack.process.kill()  # its processes are on a leash
            stack.process.wait()
            raise


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A desk without the language model: buttons, numbers and extractors."""
    with opened(tmp_path_factory.mktemp("stack"), "--no-nlu") as desk:
        yield desk


@pytest.fixture(scope="session")
def stack_with_nlu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A desk whose language model is ready (trained by `make nlu`, or here when it is not)."""
    with opened(tmp_path_factory.mktemp("stack-nlu")) as desk:
        wait(desk, "nlu       | ready", 900)
        yield desk


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on a whole desk are slow and have patience."""
    for item in items:
        used = FIXTURES.intersection(getattr(item, "fixturenames", ()))
        if not used:
            continue
        item.add_marker("slow")
        item.add_marker(pytest.mark.timeout(1200 if "stack_with_nlu" in used else 300))
        if "stack_with_nlu" in used:
            item.add_marker("nlu")


@cache
def needs_a_desk(path: str) -> bool:
    """Whether this test file speaks of this module."""
    return "tests.stack" in (ROOT / path).read_text(encoding="utf-8")


class OneDeskScheduling(LoadScopeScheduling):
    """Test by test to whichever worker is free, but everything on a whole desk to one: there is one of each then.

    (xdist's own groups do not work with pytest 9.2: it looks for a name that is no longer there.)"""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.split("::")[0]
        if path.startswith("tests/nlu/"):  # one Rasa server for them all
            return "nlu"
        return "desk" if needs_a_desk(path) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneDeskScheduling:
    """How `pytest -n 2` shares out the tests."""
    return OneDeskScheduling(config, log)
