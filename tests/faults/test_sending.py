"""What is sent when Telegram, the network or we ourselves fail: rows 9 to 16, 19, 21, 64 to 66 of the fault catalogue."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from backend.tools.sql import Database
from bot import inbox
from bot.pacing import Pace
from bot.store import ConversationRow
from handlers.messages import InboundMessage, Reply
from tests.bot_harness import HONG, WANG, BotUnderTest, Sim
from tests.fakes.echo import EchoBrain
from tests.fakes.outgoing import hurry, in_state, outbound
from tests.waiting import until

pytestmark = pytest.mark.slow


class NoticeBrain(EchoBrain):
    """Every message is answered with a notice, as a decision would be."""

    async def answer(self, message: InboundMessage, state: dict[str, Any] | None) -> Any:
        answer = await super().answer(message, state)
        receipt = {"reference": "YC-1", "applications": []}
        return type(answer)(answer.state, "zh", (Reply("filed", "已受理 YC-1", receipt=receipt),))


async def test_it_sends_again_after_an_error_of_telegrams_own(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    await sim.fault(kind="error", method="sendMessage", code=500, description="Internal Server Error")
    await sim.say("hi")
    await until(lambda: [(row.attempts, row.status) for row in outbound(database)] == [(1, "pending")])
    row = outbound(database)[0]
    assert row.next_at is not None
    hurry(database)
    await in_state(database, "sent")
    assert await sim.texts() == ["#1 hi"]


async def test_it_marks_a_lost_answer_uncertain_and_sends_once_more_with_a_note(
    database: Database, api: str, sim: Sim
) -> None:
    bot = BotUnderTest(database, api, NoticeBrain())
    await bot.start()
    try:
        await sim.fault(kind="cut_after", method="sendMessage")
        await sim.say("file it")
        (row,) = await in_state(database, "uncertain")
        assert row.next_at is not None
        assert row.next_at - inbox.MACHINE.now() > timedelta(seconds=50)
        hurry(database)
        await in_state(database, "sent")
        texts = await sim.texts()
        assert texts[0] == "已受理 YC-1"
        assert texts[1].startswith("已受理 YC-1\n\n")
        assert "如已收到" in texts[1]
        assert len(texts) == 2
    finally:
        await bot.stop()


async def test_it_gives_up_openly_when_the_answer_is_lost_twice(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    await sim.fault(kind="cut_after", method="sendMessage", times=2)
    await sim.say("hi")
    await in_state(database, "uncertain")
    hurry(database)
    (row,) = await in_state(database, "dead")
    assert row.reason == "not known whether it arrived"
    assert len(await sim.texts()) == 2  # never a third time


async def test_it_does_not_repeat_a_question_when_the_chat_has_gone_on(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    await sim.fault(kind="cut_after", method="sendMessage")
    await sim.say("one")
    await in_state(database, "uncertain")
    await sim.say("next")
    await in_state(database, "uncertain", "sent")
    hurry(database)
    rows = await in_state(database, "dead", "sent")
    assert rows[0].reason == "superseded"
    assert await sim.texts() == ["#1 one", "#2 next"]


async def test_it_lets_other_chats_go_on_when_one_is_told_to_wait(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    await sim.fault(
        kind="error",
        method="sendMessage",
        chat_id=WANG,
        code=429,
        description="Too Many Requests: retry after 7",
        retry_after=7,
    )
    await sim.say("slow down")
    await until(lambda: [row.reason for row in outbound(database)] == ["too many"])
    (row,) = outbound(database)
    assert row.next_at is not None
    assert 5 < (row.next_at - inbox.MACHINE.now()).total_seconds() <= 8
    assert row.attempts == 0
    await sim.say("me too", HONG)
    assert await sim.hears(1, HONG) == ["#1 me too"]
    hurry(database)
    assert await sim.hears(1, WANG) == ["#1 slow down"]


@pytest.mark.parametrize(
    ("code", "description", "reason", "unreachable"),
    [
        (403, "Forbidden: bot was blocked by the user", "blocked", True),
        (403, "Forbidden: user is deactivated", "account gone", True),
        (400, "Bad Request: chat not found", "chat not found", True),
        (400, "Bad Request: something new", "refused", False),
    ],
)
async def test_it_stops_where_nothing_can_arrive(
    bot: BotUnderTest,
    sim: Sim,
    database: Database,
    code: int,
    description: str,
    reason: str,
    unreachable: bool,
) -> None:
    await sim.fault(kind="error", method="sendMessage", code=code, description=description)
    await sim.say("hi")
    (row,) = await in_state(database, "dead")
    assert (row.reason, row.attempts) == (reason, 1)
    with database.read() as session:
        assert (session.scalars(select(ConversationRow.unreachable_reason)).one() == reason) is unreachable


async def test_it_keeps_trying_through_pages_instead_of_answers(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    await sim.fault(kind="html", method="sendMessage", times=3)
    await sim.say("hi")
    for attempt in (1, 2, 3):
        await until(
            lambda n=attempt: [(row.attempts, row.status) for row in outbound(database)] == [(n, "pending")]
        )  # type: ignore[misc]
        hurry(database)
    await in_state(database, "sent")
    assert await sim.texts() == ["#1 hi"]


async def test_it_retries_when_no_connection_was_made(database: Database, sim: Sim) -> None:
    bot = BotUnderTest(database, "http://127.0.0.1:9")  # nobody listens there
    await sim.say("hi")
    accepted = bot.telegram.accept({"update_id": 5, "message": {
        "message_id": 1, "date": 1790000000, "chat": {"id": WANG, "type": "private"}, "text": "hi",
        "from": {"id": WANG, "is_bot": False, "first_name": "W"}}})  # fmt: skip
    await bot.worker.drain()
    await bot.outbound.drain()
    (row,) = outbound(database)
    assert (row.status, row.reason, row.attempts, row.unclear) == ("pending", "ConnectError", 1, False)
    await bot.telegram.bot._request[1].shutdown()
    good = BotUnderTest(database, sim.address)
    hurry(database)
    await good.outbound.drain()
    assert await sim.texts() == ["#1 hi"]
    assert accepted.fresh
    await good.telegram.bot._request[1].shutdown()


async def test_it_stops_loudly_when_the_token_is_refused_and_keeps_the_queue(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    await sim.say("before")
    await sim.hears(1)
    await sim.fault("token", token="1000:changed")
    await sim.say("kept")  # ends the poll that waits; the next one is turned away
    await until(lambda: bot.telegram.turned_away.is_set() and bot.outbound.turned_away.is_set())
    polls = (await sim.state())["polls"]
    await in_state(database, "sent", "pending")
    await asyncio.sleep(1.5)
    assert (await sim.state())["polls"] == polls  # no hot loop
    assert await sim.texts() == ["#1 before"]


async def test_it_keeps_the_order_of_a_chat_and_a_stuck_row_holds_up_its_chat_only(
    database: Database, api: str, sim: Sim
) -> None:
    bot = BotUnderTest(database, api, pace=Pace(chat_burst=100))
    await sim.fault("limits", on=False)
    await sim.fault(kind="error", method="sendMessage", chat_id=WANG, code=500, times=1)
    await bot.start()
    try:
        for number in range(4):
            await sim.say(str(number))
            await sim.say(str(number), HONG)
        await sim.hears(4, HONG)
        assert await sim.texts(WANG) == []
        hurry(database)
        assert await sim.hears(4, WANG) == [f"#{n + 1} {n}" for n in range(4)]
    finally:
        await bot.stop()


async def test_it_paces_each_chat_below_telegrams_limits(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    for number in range(8):
        await sim.say(str(number))
    texts = await sim.hears(8, seconds=20)
    assert texts == [f"#{n + 1} {n}" for n in range(8)]
    assert all(row.reason is None for row in outbound(database))  # never told to slow down
