"""The language model's environment and model, made when they are missing or out of date; also by hand:

    python -m bot.nlu_setup          # find uv and Python 3.10, install nlu/requirements.lock, train if data changed

The model is kept as `nlu/models/onedoor-<hash>.tar.gz`, the hash being of everything it is made from, so that it is
trained once. Every step may be stopped at any moment and is taken up again the next time."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
import re
import shutil
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot import nlu_tools
from bot.supervisor.spawn import end, lines, spawn

NLU = Path(__file__).parents[1] / "nlu"
PYTHON = NLU / ".venv" / "bin" / "python"
MADE_FROM = ("config.yml", "domain.yml", "requirements.lock", "data/**/*.yml", "components/**/*.py")
KEPT_MODELS = 3
TRIES = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the set-up is; `percent` is None where nothing honest can be said."""

    state: Literal["installing", "training"]
    detail: str
    percent: int | None = None


class SetUpError(Exception):
    """A step failed for good; the text says which and the last thing it said."""


Report = Callable[[Progress], None]
Listen = Callable[[str], None]


async def prepare(report: Report, listen: Listen | None = None) -> Path:
    """Install and train what is not there yet and give the model's file; raises SetUpError.

    `listen` hears every line the tools print. Two at once (`make test` beside `onedoor up`) take turns."""
    listen = listen or (lambda _line: None)
    async with _one_at_a_time(report):
        await _retried("installing", lambda: _install(report, listen), report)
        if not (model := model_path()).exists():
            await _retried("training", lambda: _train(model, report, listen), report)
        return model


def model_path() -> Path:
    """The file of the model that belongs to the present data, configuration, components and lock."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in MADE_FROM for path in NLU.glob(pattern) if path.is_file()}):
        digest.update(f"{path.relative_to(NLU).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return NLU / "models" / f"onedoor-{digest.hexdigest()[:16]}.tar.gz"


def environment() -> dict[str, str]:
    """A clean environment: where programs are and how to write text, none of the desk's settings or secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
    }


async def _install(report: Report, listen: Listen) -> None:
    lock = NLU / "requirements.lock"
    stamp = PYTHON.parents[1] / ".installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return

    async def run(command: Sequence[str]) -> None:
        await _run(command, listen)

    report(Progress("installing", "looking for uv"))
    uv = await nlu_tools.find_uv(run)
    if not PYTHON.exists():
        report(Progress("installing", "looking for Python 3.10"))
        python = await nlu_tools.find_python_310(uv, run)
        await run([uv, "venv", "--quiet", "--clear", "--python", python, str(PYTHON.parents[1])])
    async with _heartbeat(report, Progress("installing", "Rasa and what it needs: 2.5 GB, once")):
        await run([uv, "pip", "sync", "--require-hashes", "--python", str(PYTHON), str(lock)])
    stamp.write_text(wanted)


async def _train(model: Path, report: Report, listen: Listen) -> None:
    components = len(re.findall(r"^\s*- name:", (NLU / "config.yml").read_text("utf-8"), re.MULTILINE))
    begun = 0
    report(Progress("training", "reading the examples", 0))

    def count(line: str) -> None:
        nonlocal begun
        listen(line)
        if "Starting to train component" in line:
            name = line.split("'")[1] if "'" in line else ""
            report(Progress("training", name, min(99, round(100 * begun / max(components, begun + 1)))))
            begun += 1

    model.parent.mkdir(exist_ok=True)
    unfinished = model.parent / f"unfinished-{os.getpid()}"
    try:
        await _run(
            [
                *(str(PYTHON), "-m", "rasa", "train", "nlu", "--nlu", "data", "--config", "config.yml"),
                *("--domain", "domain.yml", "--out", str(unfinished), "--fixed-model-name", model.name),
            ],
            count,
        )
        trained = next(unfinished.glob("*.tar.gz"), None)
        if trained is None:
            raise SetUpError("training left no model behind")
        trained.replace(model)  # whole or not at all
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    # A few stay: going back to the last data costs no training.
    models = sorted(model.parent.glob("onedoor-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for old in models[:-KEPT_MODELS]:
        old.unlink()


async def _run(command: Sequence[str], listen: Listen) -> None:
    """Run a command in `nlu/` to its end, politely (nice); raises SetUpError with its last words when it fails."""
    settings = {name: value for name, value in os.environ.items() if name.startswith(("UV_", "PIP_", "SSL_"))}
    polite = ["nice", "-n", "10", *command] if shutil.which("nice") else command
    process = await spawn(polite, environment() | settings, cwd=NLU)
    last: list[str] = []
    try:
        async for line in lines(process):
            listen(line)
            last = [*last[-2:], line.strip()]
        code = await process.wait()
    finally:
        await end(process, patience=2)
    if code != 0:
        name = " ".join(Path(part).name for part in command[:4])
        raise SetUpError(f"`{name} ...` ended with {code}: {' / '.join(last) or 'it said nothing'}")


async def _retried(
    state: Literal["installing", "training"], step: Callable[[], Awaitable[None]], report: Report
) -> None:
    """A network that stumbles is no reason to give up; a step that fails the same way three times is."""
    for tried in range(1, TRIES + 1):
        try:
            return await step()
        except SetUpError as problem:
            if tried == TRIES:
                raise
            report(Progress(state, f"failed ({problem}); trying again"))
            await asyncio.sleep(3.0 * tried)
    return None


@asynccontextmanager
async def _one_at_a_time(report: Report) -> AsyncIterator[None]:
    with (NLU / ".setting-up").open("w") as file:
        told = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not told:
                    report(Progress("installing", "waiting for another set-up of the same folder to finish"))
                told = True
                await asyncio.sleep(0.5)
        yield  # the lock goes with the file


@asynccontextmanager
async def _heartbeat(report: Report, progress: Progress, every: float = 15.0) -> AsyncIterator[None]:
    """Say now and then that a long step is still going on."""

    async def beat() -> None:
        started = time.monotonic()
        while True:
            seconds = round(time.monotonic() - started)
            report(Progress(progress.state, progress.detail + (f" ({seconds} s so far)" if seconds else "")))
            await asyncio.sleep(every)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()


def main() -> int:
    """Prepare everything, saying on standard error where it is; the model's path on standard output."""

    def show(progress: Progress) -> None:
        percent = "" if progress.percent is None else f" {progress.percent} %"
        sys.stderr.write(f"nlu: {progress.state}:{percent} {progress.detail}\n")

    try:
        model = asyncio.run(prepare(show))
    except SetUpError as problem:
        sys.stderr.write(f"nlu: {problem}\n")
        return 1
    sys.stdout.write(f"{model}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
