"""The language model joins the desk in the background: installed, trained, started, warmed up, and kept below its memory
cap. Whatever fails is shown and retried; the desk stays open without it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from bot import nlu_server, nlu_setup
from bot.supervisor.child import Child, Spec
from bot.supervisor.screen import Screen

AGAIN_AFTER = 600.0  # seconds until a failed set-up is tried again: the network may be back


@dataclass(frozen=True, slots=True)
class NluStatus:
    """What `var/status.json` says of the language model."""

    state: str  # installing, training, starting, ready, off, failed
    detail: str = ""
    percent: int | None = None

    def shape(self) -> dict[str, object]:
        """As written in the file."""
        return asdict(self)


class Nlu:
    """`start()` begins the background work; `child` is the server once there is one."""

    def __init__(
        self,
        url: str,
        port: int,
        token: str,
        memory: int,
        log: Path,
        screen: Screen,
        changed: Callable[[], None],
    ) -> None:
        self.status = NluStatus("installing", "")
        self.child: Child | None = None
        self._url, self._port, self._token, self._memory = url, port, token, memory
        self._log, self._screen, self._changed = log, screen, changed
        self._work: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        self._work = asyncio.create_task(self._join(), name="nlu")

    async def stop(self) -> None:
        """End the set-up or the server, whichever is going on."""
        if self._work:
            self._work.cancel()
            await asyncio.wait({self._work})
        if self.child:
            await self.child.stop(patience=1)  # it keeps nothing

    async def _join(self) -> None:
        while True:
            try:
                model = await self._prepare()
                break
            except (nlu_setup.SetUpError, OSError) as problem:
                self._tell(NluStatus("failed", f"{problem}"))
                self._screen.line("nlu", f"the desk goes on without it; everything it said is in {self._log}")
                await asyncio.sleep(AGAIN_AFTER)
        await self._serve(model)

    async def _prepare(self) -> Path:
        self._log.parent.mkdir(exist_ok=True)
        with self._log.open("w", encoding="utf-8") as log:

            def listen(line: str) -> None:
                log.write(line + "\n")
                log.flush()

            def report(progress: nlu_setup.Progress) -> None:
                self._tell(NluStatus(progress.state, progress.detail, progress.percent))

            return await nlu_setup.prepare(report, listen)

    async def _serve(self, model: Path) -> None:
        self.child = Child(
            Spec(
                name="nlu",
                command=nlu_server.serve_command(model, self._port, self._token),
                env=nlu_setup.environment(),
                answers=f"{self._url}/",
                cwd=nlu_setup.NLU,
                memory=self._memory,
                log=self._log.with_name("nlu.log"),
            ),
            self._screen,
            self._changed,
        )
        self.child.start()
        while (
            True
        ):  # the watcher in `child` restarts it; here we say, in each of its lives, when it can be used
            self._tell(NluStatus("starting", "loading the model (half a minute)"))
            await self.child.ready.wait()
            await self._usable(self.child, model)

    async def _usable(self, child: Child, model: Path) -> None:
        """Warm it up, say that it is ready, and return when it has gone."""
        down = asyncio.create_task(child.down.wait())
        warming = asyncio.create_task(nlu_server.warm_up(self._url, self._token))
        try:
            await asyncio.wait({warming, down}, return_when=asyncio.FIRST_COMPLETED)
            if warming.done():
                self._tell(NluStatus("ready", model.name))
            await down
        finally:
            warming.cancel()
            down.cancel()

    def _tell(self, status: NluStatus) -> None:
        self.status = status
        percent = "" if status.percent is None else f" {status.percent} %"
        self._screen.line("nlu", f"{status.state}{percent} {status.detail}".rstrip())
        self._changed()
