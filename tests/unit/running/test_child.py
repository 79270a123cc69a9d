"""A process is kept: restarted when it dies, ended with all it started, never left behind."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from bot.supervisor import child as keeping
from bot.supervisor.child import Child, Spec
from bot.supervisor.screen import Screen
from bot.supervisor.spawn import end, lines, spawn
from tests.waiting import until

pytestmark = pytest.mark.slow


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", textwrap.dedent(code)]


def kept(code: str, **more: object) -> tuple[Child, io.StringIO]:
    out = io.StringIO()
    spec = Spec(name="probe", command=python(code), env=dict(os.environ), **more)  # type: ignore[arg-type]
    return Child(spec, Screen(out), lambda: None), out


def gone(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    return True


async def test_it_starts_again_what_was_killed_and_says_so() -> None:
    child, out = kept("import time; print('hello', flush=True); time.sleep(60)")
    child.start()
    await until(lambda: "hello" in out.getvalue())
    first = child.pid
    os.kill(first, signal.SIGKILL)
    await until(lambda: child.pid not in (None, first))
    assert child.restarts == 1
    assert "killed by signal 9; starting it again in 0.2 s" in out.getvalue()
    await child.stop()
    assert child.state == "stopped"
    assert gone(first)


async def test_it_waits_longer_each_time_for_one_that_keeps_dying(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "FIRST_PAUSE", 0.01)
    child, out = kept("raise SystemExit(3)")
    child.start()
    await until(lambda: child.restarts >= 4)
    await child.stop()
    said = [line for line in out.getvalue().splitlines() if "ended with code 3" in line]
    assert [line.split(" in ")[1] for line in said[:3]] == ["0.0 s", "0.0 s", "0.0 s"]
    assert child.state == "stopped"


async def test_it_restarts_one_that_uses_too_much_memory() -> None:
    child, out = kept("import time; kept = bytearray(200 * 2**20); time.sleep(60)", memory=100 * 2**20)
    child.start()
    await until(lambda: child.restarts >= 1, 20)
    await child.stop()
    assert "of memory, over its limit" in out.getvalue()


async def test_it_is_ready_only_when_it_answers(unused_tcp_port: int) -> None:
    code = f"""
        import http.server, time
        time.sleep(0.5)
        http.server.HTTPServer(("127.0.0.1", {unused_tcp_port}), http.server.SimpleHTTPRequestHandler).serve_forever()
    """
    child, _ = kept(code, answers=f"http://127.0.0.1:{unused_tcp_port}/")
    child.start()
    await until(lambda: child.pid)
    assert not child.ready.is_set()
    await asyncio.wait_for(child.ready.wait(), 10)
    assert child.state == "running"
    await child.stop()


async def test_it_ends_the_whole_family_even_one_that_ignores_the_request() -> None:
    process = await spawn(
        python("""
            import signal, subprocess, sys, time
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
            print(subprocess.Popen([sys.executable, "-c", code]).pid, flush=True)
            time.sleep(60)
        """),
        dict(os.environ),
    )
    grandchild = int(await anext(lines(process)))
    await end(process, patience=0.5)
    await until(lambda: gone(grandchild))
    assert gone(process.pid)


async def test_it_does_not_outlive_a_supervisor_that_was_killed() -> None:
    code = f"""
        import asyncio, os, sys
        sys.path.insert(0, {str(Path(keeping.__file__).parents[2])!r})
        from bot.supervisor.spawn import spawn
        async def main():
            process = await spawn([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ))
            print(process.pid, flush=True)
            await asyncio.sleep(60)
        asyncio.run(main())
    """
    supervisor = await spawn([sys.executable, "-c", textwrap.dedent(code)], dict(os.environ))
    pid = int(await anext(lines(supervisor)))
    assert not gone(pid)
    os.kill(supervisor.pid, signal.SIGKILL)
    await until(lambda: gone(pid))
    await end(supervisor)


async def test_it_cuts_an_endless_line_and_reads_on() -> None:
    process = await spawn(python("print('x' * 1_000_000); print('after')"), dict(os.environ))
    said = [line async for line in lines(process)]
    await end(process)
    assert said[-1] == "after"
    assert max(map(len, said)) <= 4000


async def test_a_command_that_is_not_there_is_one_clear_line() -> None:
    process = await spawn(["/nowhere/at-all"], dict(os.environ))
    said = [line async for line in lines(process)]
    assert said == ["cannot run /nowhere/at-all: No such file or directory"]
    assert await process.wait() == 127
