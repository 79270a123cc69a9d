"""Starts a process in a group of its own, on the leash, and ends the whole group."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

LEASH = Path(__file__).with_name("leash.py")
LONGEST_LINE = 4000


async def spawn(command: Sequence[str], env: Mapping[str, str], cwd: Path | None = None) -> Process:
    """Start `command` in its own process group; its output (both streams) is read with `lines`."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), *command),
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
        env=dict(env),
        cwd=cwd,
        start_new_session=True,
    )


async def lines(process: Process) -> AsyncIterator[str]:
    """What the process says, line by line, until it closes its output; an endless line is cut, never kept whole."""
    assert process.stdout is not None
    rest = b""
    while chunk := await process.stdout.read(65536):
        # A progress bar rewrites its line with \r: to us that is a line too.
        *whole, rest = (rest + chunk).replace(b"\r", b"\n").split(b"\n")
        for line in whole:
            if line.strip():
                yield line[:LONGEST_LINE].decode("utf-8", "replace").rstrip()
        rest = rest[-LONGEST_LINE:]
    if rest.strip():
        yield rest.decode("utf-8", "replace").rstrip()


async def end(process: Process, patience: float = 8.0) -> None:
    """Ask the whole group to stop, then make it; nothing of it is left when this returns."""
    if process.returncode is None:
        signal_group(process.pid, signal.SIGTERM)
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):  # not wait_for: on 3.11 that one may lose a cancellation
                await process.wait()
    signal_group(process.pid, signal.SIGKILL)  # whoever of the group outlived its leader
    await process.wait()


def signal_group(group: int, which: signal.Signals) -> None:
    """Send a signal to a process group; one that has already gone is fine."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, which)
