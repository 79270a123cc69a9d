"""A message is held by one sender at a time, for as long as that one lives: rows 64 to 66 of the fault catalogue."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.tools.sql import Database
from bot import outbound_store
from bot.outbound import Outbound
from bot.pacing import Pace
from tests.bot_harness import WANG, BotUnderTest, Sim
from tests.fakes.outgoing import in_state, outbound
from tests.waiting import until

pytestmark = pytest.mark.slow


async def test_it_gives_a_message_to_one_of_several_senders(database: Database, api: str, sim: Sim) -> None:
    bots = [BotUnderTest(database, api, pace=Pace(1000, 1000, 1000)) for _ in range(4)]
    await sim.fault("limits", on=False)
    users = [(await sim.http.post("/_user", json={"first_name": str(n)})).json()["id"] for n in range(20)]
    for user in users:
        await sim.say("hi", user)
        bots[0].telegram.accept({"update_id": user, "message": {
            "message_id": 1, "date": 1790000000, "chat": {"id": user, "type": "private"}, "text": "hi",
            "from": {"id": user, "is_bot": False, "first_name": "W"}}})  # fmt: skip
    await bots[0].worker.drain()
    senders: list[Outbound] = [bot.outbound for bot in bots]
    await until(lambda: _drained(senders, database))
    assert sorted(line["chat"] for line in await sim.transcript("bot", "message")) == sorted(users)
    for bot in bots:
        await bot.telegram.bot._request[1].shutdown()


async def _drained(senders: list[Outbound], database: Database) -> bool:
    for sender in senders:
        await sender._round()
    return all(row.status == "sent" for row in outbound(database))


async def test_it_sends_once_more_what_a_killed_process_may_have_sent(
    database: Database, api: str, sim: Sim
) -> None:
    bot = BotUnderTest(database, api)
    await sim.say("hi")
    bot.telegram.accept({"update_id": 1, "message": {
        "message_id": 1, "date": 1790000000, "chat": {"id": WANG, "type": "private"}, "text": "hi",
        "from": {"id": WANG, "is_bot": False, "first_name": "W"}}})  # fmt: skip
    await bot.worker.drain()
    (sending,) = outbound_store.due(database, "telegram")
    assert outbound_store.lease(database, sending, "the one that is killed")
    assert outbound_store.due(database, "telegram") == []
    assert outbound_store.recover(database, everything=True) == 1
    await bot.outbound.drain()
    (row,) = outbound(database)
    assert (row.status, row.attempts, row.resent) == ("sent", 2, True)
    await bot.telegram.bot._request[1].shutdown()


def test_it_never_repeats_for_ever() -> None:
    assert sum(outbound_store.LADDER) > timedelta(days=3).total_seconds()
    assert sum(outbound_store.LADDER[:50]) < timedelta(hours=4.1).total_seconds()


async def test_it_holds_on_to_a_message_that_takes_long_to_send(
    database: Database, api: str, sim: Sim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbound_store, "LEASE", timedelta(seconds=0.8))
    monkeypatch.setattr("bot.outbound.SWEEP_SECONDS", 0.1)
    bot = BotUnderTest(database, api)
    await sim.fault(kind="latency", method="sendMessage", seconds=2.5)
    await bot.start()
    try:
        await sim.say("hi")
        (row,) = await in_state(database, "sent")
        assert (row.attempts, row.unclear) == (1, False)
        assert await sim.texts() == ["#1 hi"]
    finally:
        await bot.stop()
