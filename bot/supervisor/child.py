"""One process, kept alive: started, awaited until it answers, watched (silence, memory), restarted with growing pauses."""

from __future__ import annotations

import asyncio
import time
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from bot.supervisor.screen import Screen
from bot.supervisor.spawn import end, lines, spawn

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 15.0
LIVED_LONG_ENOUGH = 30.0  # seconds: after that a death is a new story, and the restart is quick again
LOOK_EVERY = 2.0
SILENT_FOR = 30.0


@dataclass(frozen=True, slots=True)
class Spec:
    """What to run. `answers` is an address that is 200 when the process is ready; `memory` is a cap in bytes; a process
    that talks too much does so into the file `log`, anew with each life."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    answers: str | None = None
    cwd: Path | None = None
    memory: int | None = None
    log: Path | None = None


class Child:
    """Keeps the process of `spec` running until `stop()`. `changed` is called whenever its state has changed."""

    def __init__(self, spec: Spec, screen: Screen, changed: Callable[[], None]) -> None:
        self.spec = spec
        self.state, self.detail = "waiting", ""
        self.restarts = 0
        self.started = 0.0  # when the running process began, as the kernel counts it
        self.ready, self.down = asyncio.Event(), asyncio.Event()
        self._screen, self._changed = screen, changed
        self._process: Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._why = ""

    @property
    def pid(self) -> int | None:
        """The number of the running process, if it runs."""
        return self._process.pid if self._process and self._process.returncode is None else None

    def start(self) -> None:
        """Start it, and keep it running from now on."""
        self._keeper = asyncio.create_task(self._keep(), name=f"keep {self.spec.name}")

    async def stop(self, patience: float = 8.0) -> None:
        """End it for good, its whole group; `patience` is how many seconds it has to finish what it does."""
        if self._keeper:
            self._keeper.cancel()
            await asyncio.wait({self._keeper})
        if self._process:
            await end(self._process, patience)
        self._tell("stopped")

    async def _keep(self) -> None:
        pause = FIRST_PAUSE
        while True:
            started = time.monotonic()
            await self._run_once()
            self.ready.clear()
            self.down.set()
            self.restarts += 1
            pause = FIRST_PAUSE if time.monotonic() - started > LIVED_LONG_ENOUGH else pause
            self._tell("restarting", self._why)
            self._screen.line(self.spec.name, f"{self._why}; starting it again in {pause:.1f} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _run_once(self) -> None:
        """From start to end of one life. The watcher ends a life that has gone wrong; either way `_why` says why."""
        self._why = ""
        self._tell("starting", f"restarted {self.restarts} times" if self.restarts else "")
        self._process = process = await spawn(self.spec.command, self.spec.env, self.spec.cwd)
        with suppress(psutil.Error):
            self.started = psutil.Process(process.pid).create_time()
        self._tell("starting", self.detail)
        speaking = asyncio.create_task(self._speak(process))
        watching = asyncio.create_task(self._watch(process))
        try:
            await process.wait()
        finally:
            watching.cancel()
            await asyncio.wait({watching})
        await end(process)
        await asyncio.wait({speaking}, timeout=2)
        self._why = self._why or _ended(process.returncode)

    async def _speak(self, process: Process) -> None:
        if self.spec.log is None:
            async for line in lines(process):
                self._screen.line(self.spec.name, line)
            return
        last = ""
        with self.spec.log.open("w", encoding="utf-8") as file:
            async for last in lines(process):
                file.write(last + "\n")
                file.flush()
        self._screen.line(self.spec.name, f"its last words (more in {self.spec.log}): {last}")

    async def _watch(self, process: Process) -> None:
        heard = time.monotonic()
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            while True:
                if await self._answers(client):
                    heard = time.monotonic()
                    if not self.ready.is_set():
                        self.down.clear()
                        self.ready.set()
                        self._tell("running", f"restarted {self.restarts} times" if self.restarts else "")
                elif self.ready.is_set() and time.monotonic() - heard > SILENT_FOR:
                    return await self._end_life(process, f"no answer for {SILENT_FOR:.0f} s")
                if self.spec.memory and (used := memory_of(process.pid)) > self.spec.memory:
                    return await self._end_life(
                        process, f"used {used / 2**20:.0f} MB of memory, over its limit"
                    )
                await asyncio.sleep(LOOK_EVERY if self.ready.is_set() else 0.1)

    async def _answers(self, client: httpx.AsyncClient) -> bool:
        if self.spec.answers is None:
            return True
        try:
            return (await client.get(self.spec.answers)).is_success
        except httpx.HTTPError:
            return False

    async def _end_life(self, process: Process, why: str) -> None:
        self._why = why
        await end(process, patience=2)

    def _tell(self, state: str, detail: str = "") -> None:
        self.state, self.detail = state, detail
        self._changed()


def memory_of(pid: int) -> int:
    """Bytes of memory held by a process and everything it started; 0 when it has gone."""
    total = 0
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                total += each.memory_info().rss
    return total


def _ended(code: int | None) -> str:
    return f"killed by signal {-code}" if code is not None and code < 0 else f"ended with code {code}"
