"""What comes in twice, out of order, with a wrong secret or for nobody: rows 1 to 8, 18, 20, 32, 36 of the fault catalogue."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from backend.tools.sql import Database
from bot import inbox, turn_store
from bot.channels import telegram_webhook
from bot.channels.telegram_poll import Polling, note_gap, note_poll
from bot.store import InboxRow, TelegramOffset
from tests.bot_harness import HONG, TOKEN, WANG, BotUnderTest, Sim
from tests.fakes.servers import served
from tests.waiting import until

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SECRET = "only-telegram-knows"


def rows(database: Database) -> list[InboxRow]:
    with database.read() as session:
        return list(session.scalars(select(InboxRow).order_by(InboxRow.position)))


def an_update(number: int = 1, text: str = "hi", chat: int = WANG) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "W"}
    message = {
        "message_id": number,
        "date": 1790000000,
        "chat": {"id": chat, "type": "private"},
        "from": person,
        "text": text,
    }
    return {"update_id": number, "message": message}


async def test_it_handles_repeated_and_shuffled_updates_once(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    await sim.fault("updates", duplicate=3, shuffle=5, repeat_confirmed=5)
    for number in range(6):
        await sim.say(str(number))
        await sim.say(str(number), HONG)
    await sim.hears(12, seconds=30)
    updates = (await sim.state())["updates"]
    assert [row.position for row in rows(database)] == sorted(updates)
    for chat in (WANG, HONG):
        assert len(await sim.texts(chat)) == 6
        assert sorted(text.split()[1] for text in await sim.texts(chat)) == [str(n) for n in range(6)]


async def test_it_handles_what_came_while_it_was_away(database: Database, api: str, sim: Sim) -> None:
    for number in range(5):
        await sim.say(str(number))
    bot = BotUnderTest(database, api)
    await bot.start()
    try:
        assert await sim.hears(5) == [f"#{n + 1} {n}" for n in range(5)]
    finally:
        await bot.stop()


def test_it_never_asks_telegram_to_throw_messages_away() -> None:
    for path in (ROOT / "bot").rglob("*.py"):
        assert not re.search(r"drop_pending_updates\s*=\s*(?!False)", path.read_text(encoding="utf-8")), path


async def test_it_does_not_confirm_what_it_could_not_store(
    database: Database, api: str, sim: Sim, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = BotUnderTest(database, api)
    real, failures = bot.telegram.accept, [OSError("disk full"), OSError("disk full")]

    def accept(raw: dict[str, Any]) -> inbox.Accepted:
        if failures:
            raise failures.pop()
        return real(raw)

    monkeypatch.setattr(bot.telegram, "accept", accept)
    await sim.say("kept")
    await bot.start()
    try:
        assert await sim.hears(1, seconds=20) == ["#1 kept"]
    finally:
        await bot.stop()


async def test_it_says_when_the_channel_was_down_for_more_than_a_day(database: Database) -> None:
    note_poll(database, 1000, 5)
    note_gap(database, 1000)
    with database.write() as session:
        session.execute(update(TelegramOffset).values(polled_at=inbox.MACHINE.now() - timedelta(days=2)))
    note_gap(database, 1000)
    with database.read() as session:
        (gap,) = session.get_one(TelegramOffset, 1000).gaps
        assert gap["from"] < gap["to"]


async def test_it_goes_on_when_another_bot_polls_for_a_while(
    bot: BotUnderTest, sim: Sim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram_poll.CONFLICT_SECONDS", 0.2)
    async with httpx.AsyncClient(trust_env=False) as other:
        await until(lambda: _polls(sim))
        await other.get(f"{sim.address}/bot{TOKEN}/getUpdates", params={"timeout": 0})
    await sim.say("still there?")
    assert await sim.hears(1) == ["#1 still there?"]


async def _polls(sim: Sim) -> int:
    return int((await sim.state())["polls"])


async def test_it_puts_poison_aside_and_answers_everybody_else(
    bot: BotUnderTest, sim: Sim, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn_store, "WAITS", (timedelta(0), timedelta(0)))
    await sim.say("poison")
    await sim.say("after it")
    await sim.say("elsewhere", HONG)
    assert await sim.hears(1, HONG) == ["#1 elsewhere"]
    polite, after = await sim.hears(2, WANG)
    assert "工作人员" in polite
    assert after == "#1 after it"
    assert [row.failures for row in rows(database)] == [3, 0, 0]


async def test_it_takes_presses_as_they_come_and_answers_each_at_once(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    await sim.say("buttons please")
    await sim.hears(1)
    message = (await sim.transcript("bot", "message"))[0]["message_id"]
    presses = [sim.press(data="1.0", message_id=message) for _ in range(5)]
    numbers = [pressed["update_id"] for pressed in await asyncio.gather(*presses)]
    assert len(set(numbers)) == 5
    await sim.hears(6, seconds=20)
    assert len(await sim.transcript("bot", "callback_answer")) == 5
    assert [row.attempts for row in rows(database)] == [
        1
    ] * 6  # each press one turn; what it means is the conversation's


# ---- webhook


@pytest.fixture
def hooked(database: Database, api: str) -> Iterator[tuple[BotUnderTest, str]]:
    """A bot that is called, and its address."""
    bot = BotUnderTest(database, api)
    app = FastAPI()
    app.include_router(telegram_webhook.router(bot.telegram, SECRET))
    with served(app) as address:
        yield bot, address + telegram_webhook.PATH


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as http:
        yield http


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({}, an_update(), 401),
        ({"X-Telegram-Bot-Api-Secret-Token": "wrong"}, an_update(), 403),
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}, an_update(), 403),
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET}, [1], 400),
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET}, {"update_id": "1"}, 400),
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET}, {"update_id": True}, 400),
        ({"X-Telegram-Bot-Api-Secret-Token": SECRET}, {**an_update(), "x": "y" * 2_000_000}, 413),
    ],
)
async def test_it_stores_nothing_that_is_not_from_telegram(
    hooked: tuple[BotUnderTest, str],
    http: httpx.AsyncClient,
    database: Database,
    headers: dict[str, str],
    body: Any,
    status: int,
) -> None:
    answer = await http.post(hooked[1], json=body, headers=headers)
    assert answer.status_code == status
    assert rows(database) == []


async def test_it_takes_a_webhook_update_once_and_only_after_the_commit(
    hooked: tuple[BotUnderTest, str],
    http: httpx.AsyncClient,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bot, address = hooked
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    with monkeypatch.context() as broken:
        broken.setattr(bot.telegram, "accept", lambda _: (_ for _ in ()).throw(OSError("disk full")))
        assert (await http.post(address, json=an_update(), headers=headers)).status_code == 503
    for _ in range(3):
        assert (await http.post(address, json=an_update(), headers=headers)).status_code == 200
    assert [row.position for row in rows(database)] == [1]
    assert await bot.worker.drain() == 1


async def test_it_is_called_by_the_server_and_survives_lost_answers(
    hooked: tuple[BotUnderTest, str], sim: Sim, database: Database
) -> None:
    bot, address = hooked
    await bot.telegram.introduce(address, SECRET)
    tasks = [asyncio.create_task(bot.worker.run()), asyncio.create_task(bot.outbound.run())]
    await sim.fault("updates", webhook_repeats=3, shuffle=5)
    for number in range(5):
        await sim.say(str(number))
    try:
        assert sorted(text.split()[1] for text in await sim.hears(5, seconds=20)) == list("01234")
        await until(lambda: _all_taken(sim))
        assert len(rows(database)) == 5
        assert (await sim.state())["webhook_error"] is None
    finally:
        await asyncio.gather(bot.worker.stop(1), bot.outbound.stop(1))
        await asyncio.gather(*tasks)
        await sim.http.post(f"/bot{TOKEN}/deleteWebhook")
        await bot.telegram.close()


async def _all_taken(sim: Sim) -> bool:
    return (await sim.state())["pending"] == []


async def test_it_ends_the_loop_when_the_token_is_refused(database: Database, api: str) -> None:
    bot = BotUnderTest(database, api, token="1000:revoked")
    await asyncio.wait_for(Polling(bot.telegram).run(), 10)
    assert bot.telegram.turned_away.is_set()
    await bot.telegram.close()


async def test_it_is_off_and_says_so_when_the_token_is_wrong_from_the_start(
    database: Database, api: str
) -> None:
    bot = BotUnderTest(database, api, token="1000:revoked")
    assert not await bot.telegram.introduce(None, None)
    assert bot.telegram.turned_away.is_set()
    await bot.telegram.close()
