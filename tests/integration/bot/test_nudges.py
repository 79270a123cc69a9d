"""What the intake could not take is tried again, also when the resident writes no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from backend.tools.clock import FixedClock
from backend.tools.sql import Database
from bot import inbox, nudges
from bot.channels.plain import Plain
from bot.replies import answer_of
from bot.signals import Signals
from bot.store import InboxRow
from bot.turns import Answer, Worker
from handlers.messages import InboundMessage, Reply

CLOCK = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


class WaitingBrain:
    """Leaves a call to a person unsent until it has heard `up_after` messages; says nothing to a nudge."""

    def __init__(self) -> None:
        self.up_after = 1000
        self.heard: list[str] = []

    async def answer(self, message: InboundMessage, state: dict[str, Any] | None) -> Answer:
        del state
        self.heard.append(message.kind)
        replies = () if message.kind == "nudge" else (Reply("human", "记下了"),)
        return Answer({"unsent": [] if len(self.heard) >= self.up_after else ["help"]}, "zh", replies)


@pytest.fixture
def brain() -> WaitingBrain:
    return WaitingBrain()


@pytest.fixture
def worker(database: Database, brain: WaitingBrain) -> Worker:
    return Worker(database, brain, Signals(), channels={"web": Plain()}, name="test")


def say(database: Database, text: str) -> inbox.Accepted:
    return inbox.accept(database, "web", "anna", text, {"text": text}, kind="text", clock=CLOCK)


def waiting(database: Database) -> list[InboxRow]:
    with database.read() as session:
        return list(
            session.scalars(select(InboxRow).where(InboxRow.kind == nudges.KIND, InboxRow.done_at.is_(None)))
        )


async def test_it_tries_again_after_a_while_until_the_intake_has_taken_it(
    database: Database, worker: Worker, brain: WaitingBrain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nudges, "AFTER", timedelta(0))
    said = say(database, "我不想活了")
    brain.up_after = 4
    assert await worker.drain() == 4
    assert brain.heard == ["text", "nudge", "nudge", "nudge"]
    assert waiting(database) == []
    assert [one["text"] for one in answer_of(database, said.id) or []] == ["记下了"]


async def test_it_waits_a_minute_and_holds_up_nobody_meanwhile(
    database: Database, worker: Worker, brain: WaitingBrain
) -> None:
    say(database, "救命")
    assert await worker.drain() == 1
    (nudge,) = waiting(database)
    assert nudge.ready_at - inbox.MACHINE.now() > timedelta(seconds=50)
    say(database, "还在吗")
    assert await worker.drain() == 1
    assert brain.heard == ["text", "text"]
    assert len(waiting(database)) == 1  # one a chat is enough


async def test_nothing_is_planned_when_everything_went_out(
    database: Database, worker: Worker, brain: WaitingBrain
) -> None:
    brain.up_after = 1
    say(database, "你好")
    assert await worker.drain() == 1
    assert waiting(database) == []
