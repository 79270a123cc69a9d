"""Messages are written down once, handled in order, and committed with their replies."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from backend.tools.clock import FixedClock
from backend.tools.sql import Database
from bot import inbox, turn_store
from bot.channels.plain import Plain
from bot.replies import answer_of, messages_after, wait_for_answer
from bot.signals import Signals
from bot.store import ConversationRow, InboxRow, OutboundRow
from bot.turns import Worker
from tests.fakes.echo import EchoBrain
from tests.waiting import until

CLOCK = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture
def worker(database: Database) -> Worker:
    return Worker(database, EchoBrain(), Signals(), channels={"web": Plain()}, name="test")


def say(database: Database, text: str, *, chat: str = "anna", key: str | None = None) -> inbox.Accepted:
    payload: dict[str, Any] = {"text": text}
    return inbox.accept(database, "web", chat, key or f"{chat}:{text}", payload, kind="text", clock=CLOCK)


async def test_it_answers_a_message_once_however_often_it_comes(database: Database, worker: Worker) -> None:
    first = say(database, "你好", key="k")
    again = say(database, "你好", key="k")
    assert (first.id, first.conversation, True) == (again.id, again.conversation, first.fresh)
    assert not again.fresh
    assert await worker.drain() == 1
    assert [said["text"] for said in answer_of(database, first.id) or []] == ["#1 你好"]
    assert not say(database, "你好", key="k").fresh
    assert await worker.drain() == 0


async def test_it_handles_a_chat_in_order_and_other_chats_meanwhile(
    database: Database, worker: Worker
) -> None:
    for number in range(5):
        say(database, f"{number}", chat="anna")
        say(database, f"{number}", chat="bert")
    task = asyncio.create_task(worker.run())
    await until(lambda: len(_texts(database)) == 10)
    await worker.stop()
    await task
    for chat in ("anna", "bert"):
        assert _texts(database, chat) == [f"#{n + 1} {n}" for n in range(5)]


async def test_it_orders_by_position_before_arrival(database: Database, worker: Worker) -> None:
    for position in (3, 1, 2):
        inbox.accept(
            database, "web", "anna", f"p{position}", {"text": f"{position}"}, kind="text", clock=CLOCK, position=position
        )  # fmt: skip
    await worker.drain()
    assert _texts(database) == ["#1 1", "#2 2", "#3 3"]


async def test_it_waits_for_the_answer_of_one_message(database: Database, worker: Worker) -> None:
    accepted = say(database, "slow")
    assert accepted.conversation
    task = asyncio.create_task(worker.run())
    early = await wait_for_answer(database, worker.signals, accepted.conversation, accepted.id, 0.2)
    answer = await wait_for_answer(database, worker.signals, accepted.conversation, accepted.id, 5)
    await worker.stop()
    await task
    assert early is None
    assert answer is not None
    assert [said["text"] for said in answer] == ["#1 slow"]
    assert messages_after(database, accepted.conversation) == answer
    assert messages_after(database, accepted.conversation, int(answer[-1]["id"])) == []


async def test_it_puts_a_poison_message_aside_after_three_tries_and_goes_on(
    database: Database, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn_store, "WAITS", (timedelta(0), timedelta(0)))
    poison = say(database, "poison")
    say(database, "after")
    assert await worker.drain() == 4
    with database.read() as session:
        row = session.get_one(InboxRow, poison.id)
        assert (row.failures, row.dead_reason, row.done_at) == (3, "ValueError", None)
        assert row.help_due is not None
    said = _texts(database)
    assert "工作人员" in said[0]
    assert said[1:] == ["#1 after"]


async def test_it_says_why_when_it_says_nothing(database: Database, worker: Worker) -> None:
    accepted = say(database, "silent")
    await worker.drain()
    with database.read() as session:
        assert session.get_one(InboxRow, accepted.id).no_reply == "nothing to say"


async def test_it_writes_nothing_when_the_conversation_moved_on_meanwhile(database: Database) -> None:
    accepted = say(database, "hello")
    row = inbox.claim(database, "slow one", ["web"])
    assert row is not None
    before = turn_store.load(database, row)
    with database.write() as session:
        session.get_one(ConversationRow, accepted.conversation).version += 1
    with pytest.raises(turn_store.StaleError):
        turn_store.finish(database, row, before, {}, "zh", [], False, "x", None)
    with database.read() as session:
        assert session.get_one(InboxRow, accepted.id).done_at is None
        assert session.scalars(select(OutboundRow)).all() == []


async def test_it_gives_a_chat_to_one_worker_only_until_its_lease_ends(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(database, "1")
    say(database, "2")
    assert inbox.claim(database, "a", ["web"]) is not None
    assert inbox.claim(database, "b", ["web"]) is None
    inbox.free_everything(database)
    taken = inbox.claim(database, "b", ["web"])
    assert taken is not None
    assert taken.payload == {"text": "1"}


async def test_it_takes_a_notice_once_and_after_what_was_said_before(
    database: Database, worker: Worker
) -> None:
    accepted = say(database, "hello")
    assert accepted.conversation
    payload = {"id": "n1", "kind": "approved"}
    first = inbox.accept_notice(database, "n1", accepted.conversation, payload, clock=CLOCK)
    again = inbox.accept_notice(database, "n1", accepted.conversation, payload, clock=CLOCK)
    assert first is not None
    assert again is not None
    assert (first.id, first.fresh, again.fresh) == (again.id, True, False)
    assert inbox.accept_notice(database, "n2", "nobody", payload, clock=CLOCK) is None
    await worker.drain()
    assert _texts(database) == ["#1 hello", "#2 approved"]


def _texts(database: Database, chat: str | None = None) -> list[str]:
    with database.read() as session:
        rows = session.execute(
            select(OutboundRow.message, ConversationRow.chat_key)
            .join(ConversationRow, ConversationRow.id == OutboundRow.conversation_id)
            .order_by(OutboundRow.id)
        )
        return [message["text"] for message, key in rows if chat in (None, key)]
