"""Nothing is lost and nothing is handled twice, whatever kills the bot and when (rows 3, 5, 12, 39, 64; findings F1).

Counted from outside: by the fake server's transcript and by the database, after everything has come to rest.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random  # noqa: TID251 - seeded: a run that fails can be run again
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from backend.tools.sql import Database
from bot.invariants import broken
from bot.process import Process
from bot.settings import BotSettings
from bot.store import ConversationRow, InboxRow, OutboundRow
from tests.bot_harness import TOKEN, Sim
from tests.fakes.echo import EchoBrain
from tests.fakes.servers import free_port
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
ROOT = Path(__file__).parents[2]
PEOPLE = (10001, 10002, 10003)
POINTS = ("after_fetch", "after_inbox_commit", "mid_handler", "before_state_commit", "after_state_commit", "before_send",
          "after_send_before_mark", "after_mark")  # fmt: skip
forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(["bot.process", "tests.fakes.echo"])


def environment(url: str, api: str, var: Path, port: int) -> dict[str, str]:
    return {
        "ONEDOOR_BOT_DATABASE_URL": url, "ONEDOOR_VAR": str(var), "ONEDOOR_BACKEND_KEY": "nobody-is-there",
        "ONEDOOR_BACKEND_URL": "http://127.0.0.1:9", "ONEDOOR_BOT_PORT": str(port), "ONEDOOR_TELEGRAM_TOKEN": TOKEN,
        "ONEDOOR_TELEGRAM_API_URL": api,
    }  # fmt: skip


def run_echo(settings: dict[str, str]) -> None:
    """The whole bot process around an echo, in a process of its own."""
    os.environ.update(settings)

    async def serve() -> None:
        await Process(BotSettings(), EchoBrain(seconds=0.05)).run()

    asyncio.run(serve())


@contextmanager
def echo_process(settings: dict[str, str], **more: str) -> Iterator[Any]:
    process = forks.Process(target=run_echo, args=(settings | more,), daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join(10)


def rows(database: Database) -> list[InboxRow]:
    with database.read() as session:
        return list(session.scalars(select(InboxRow).order_by(InboxRow.id)))


def sent(database: Database) -> list[OutboundRow]:
    with database.read() as session:
        return list(session.scalars(select(OutboundRow).order_by(OutboundRow.id)))


def states(database: Database) -> list[dict[str, Any]]:
    with database.read() as session:
        return [state or {} for state in session.scalars(select(ConversationRow.state))]


async def at_rest(database: Database, sim: Sim, updates: int, seconds: float = 90) -> None:
    async def resting() -> bool:
        inbox, outbound = await asyncio.to_thread(rows, database), await asyncio.to_thread(sent, database)
        done = len(inbox) == updates and all(row.done_at for row in inbox)
        return (
            done
            and all(row.status in ("sent", "dead") for row in outbound)
            and (await sim.state())["pending"] == []
        )

    await until(resting, seconds, "everything to be handled and sent")


async def check_ledger(database: Database, sim: Sim) -> None:
    """0 lost, 0 handled twice; no message sent more often than there were tries marked as "may have arrived"."""
    updates = set((await sim.state())["updates"])
    inbox, outbound = rows(database), sent(database)
    assert {row.position for row in inbox} == updates
    assert len(inbox) == len(updates)
    assert all(row.done_at is not None and row.dead_at is None for row in inbox)
    with database.read() as session:
        assert list(broken(session)) == []
    said = Counter((line["chat"], line["text"]) for line in await sim.transcript("bot", "message"))
    wanted = Counter(row.message["text"] for row in outbound)
    assert set(wanted) <= {text for _, text in said}  # every reply has arrived
    again = sum(row.unclear for row in outbound)
    assert len(outbound) <= sum(said.values()) + sum(row.status == "dead" for row in outbound)
    assert sum(said.values()) <= len(outbound) + again


@pytest.mark.parametrize("point", POINTS)
async def test_it_loses_nothing_when_killed_at(
    point: str, both_urls: str, sim: Sim, api: str, tmp_path: Path
) -> None:
    settings = environment(both_urls, api, tmp_path, free_port())
    database = Database(both_urls)
    for number in range(3):
        for person in PEOPLE:
            await sim.say(f"{number}", person)
    with echo_process(
        settings, ONEDOOR_CRASH_AT=f"{point}:2" if point != "after_fetch" else point
    ) as process:
        await until(lambda: process.exitcode is not None, 60, f"the bot to die at {point}")
        assert process.exitcode == 137
    with echo_process(settings):
        await at_rest(database, sim, 9)
    await check_ledger(database, sim)
    assert sorted(len(state["heard"]) for state in states(database)) == [3, 3, 3]
    for person in PEOPLE:
        heard = await sim.texts(person)
        assert list(dict.fromkeys(heard)) == ["#1 0", "#2 1", "#3 2"]  # in order; at most one came twice
        assert len(heard) <= 4
    database.close()


async def test_it_loses_nothing_of_40_messages_when_killed_8_times_at_random(
    both_urls: str, sim: Sim, api: str, tmp_path: Path
) -> None:
    """The real program, `python -m bot`, with the real conversation."""
    dice = random.Random(20261123)
    port = free_port()
    settings = {**os.environ, **environment(both_urls, api, tmp_path, port), "PYTHONPATH": str(ROOT)}
    database = Database(both_urls)
    await sim.fault("updates", duplicate=2, repeat_confirmed=3)  # Telegram repeats itself as well

    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        running.append(subprocess.Popen([sys.executable, "-m", "bot"], env=settings, cwd=tmp_path))
        return running[-1]

    async def up() -> bool:
        assert running[-1].poll() is None, "the bot did not start"
        async with httpx.AsyncClient(trust_env=False) as http:
            try:
                return (await http.get(f"http://127.0.0.1:{port}/healthz")).is_success
            except httpx.HTTPError:
                return False

    try:
        for first in range(0, 40, 5):
            process = start()
            await until(up, 120, "the bot to start")
            for number in range(first, first + 5):
                await sim.say(f"第{number}句话", PEOPLE[number % 3])
            await asyncio.sleep(dice.uniform(0, 1.2))
            process.send_signal(signal.SIGKILL)
            assert await asyncio.to_thread(process.wait) == -signal.SIGKILL
        process = start()
        await at_rest(database, sim, 40, 240)
        await check_ledger(database, sim)
        lines = Counter(
            line["message"]
            for state in states(database)
            for line in state["transcript"]
            if line["who"] == "reporter"
        )
        assert len(lines) == 40
        assert set(lines.values()) == {1}  # each message is in the conversation's memory once
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 20) == 0
    finally:
        for process in running:
            process.kill()
            process.wait()
        database.close()
