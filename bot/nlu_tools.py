"""Finds (or brings) uv and a Python 3.10, wherever they may be on this machine."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOOLS = ROOT / ".tools"

Run = Callable[[Sequence[str]], Awaitable[None]]


async def find_uv(run: Run) -> str:
    """uv: named by ONEDOOR_UV, on the PATH, in `.tools/`, else brought there with pip."""
    own = TOOLS / "bin" / "uv"
    for candidate in (os.environ.get("ONEDOOR_UV"), shutil.which("uv"), str(own)):
        if candidate and await _says([candidate, "--version"], "uv "):
            return candidate
    await run([sys.executable, "-m", "venv", str(TOOLS)])
    await run(
        [
            str(TOOLS / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
            "uv",
        ]
    )
    return str(own)


async def find_python_310(uv: str, run: Run) -> str:
    """A Python 3.10 that runs: on the PATH, one of pyenv's, one that uv knows, else uv brings one."""
    for candidate in _pythons():
        if await _is_310(candidate):
            return candidate
    known = await _says([uv, "python", "find", "3.10"], "")
    if known and await _is_310(known):
        return known
    await run([uv, "python", "install", "3.10"])
    return "3.10"  # uv finds its own by this name


def _pythons() -> Iterator[str]:
    named = os.environ.get("ONEDOOR_PYTHON310")
    if named:
        yield named
    on_path = shutil.which("python3.10")
    if on_path:
        yield on_path
    for home in filter(None, (os.environ.get("PYENV_ROOT"), "~/.pyenv")):
        for folder in sorted(Path(home).expanduser().glob("versions/3.10.*"), reverse=True):
            yield str(folder / "bin" / "python3.10")


async def _is_310(python: str) -> bool:
    """Whether it really runs: pyenv's shims are on the PATH and answer "not found"."""
    question = "import sys, venv, ensurepip; print('py', sys.version_info[:2])"
    return bool(await _says([python, "-c", question], "py (3, 10)"))


async def _says(command: Sequence[str], beginning: str) -> str:
    """The first line a command prints when it succeeds and begins like this, else nothing."""
    try:
        process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL)
        said, _ = await process.communicate()
    except OSError:
        return ""
    line = said.decode("utf-8", "replace").strip()
    return line if process.returncode == 0 and line.startswith(beginning) else ""
