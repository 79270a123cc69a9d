"""Notices from claim to acknowledgement, and calls for a person when a message was put aside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from backend import contract
from backend.tools.sql import Database
from bot import inbox, turn_store
from bot.channels.plain import Plain
from bot.delivery import Delivery
from bot.replies import messages_after
from bot.signals import Signals
from bot.store import OutboundRow
from bot.turns import Worker
from handlers.ports import BackendRefusedError, BackendUnavailableError
from tests.bot_harness import CLOCK
from tests.fakes.echo import EchoBrain

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class Backend:
    """Hands out `waiting` until acknowledged, as the real one does when a lease runs out."""

    def __init__(self) -> None:
        self.waiting: list[contract.Notice] = []
        self.told: list[tuple[str, str, str | None]] = []
        self.help: list[tuple[str, contract.HelpRequestIn]] = []
        self.down, self.refuses = False, False

    async def claim_notices(self, claim: contract.ClaimIn) -> list[contract.Notice]:
        self._reached()
        return list(self.waiting)

    async def acknowledge(self, notice: str, outcome: contract.AcknowledgeIn) -> None:
        self._reached()
        if self.refuses:
            raise BackendRefusedError(contract.Problem(title="gone", status=404))
        self.told.append((notice, outcome.outcome, outcome.reason))
        self.waiting = [one for one in self.waiting if one.id != notice]

    async def ask_for_help(self, message_id: str, request: contract.HelpRequestIn) -> None:
        self._reached()
        self.help.append((message_id, request))

    def _reached(self) -> None:
        if self.down:
            raise BackendUnavailableError


class Telegramlike(Plain):
    """A channel that has to be sent to."""

    pushes = True


class House:
    """A bot without a network: drain by hand."""

    def __init__(self, database: Database) -> None:
        self.database, self.backend, self.signals = database, Backend(), Signals()
        self.worker = Worker(
            database, EchoBrain(), self.signals, channels={"web": Plain(), "telegram": Telegramlike()}, name="w"
        )  # fmt: skip
        self.delivery = Delivery(database, self.backend, self.signals, clock=CLOCK, name="w")

    async def say(self, text: str, channel: str = "web") -> str:
        accepted = inbox.accept(
            self.database, channel, "1:7", f"{channel}:{text}", {"text": text}, kind="text", clock=CLOCK
        )
        await self.worker.drain()
        assert accepted.conversation
        return accepted.conversation

    def notice(self, conversation: str, number: str = "n1", channel: Any = "web") -> None:
        contact = contract.ContactPoint(channel=channel, conversation=conversation, lang="zh")
        self.backend.waiting.append(
            contract.Notice(
                id=number, kind="approved", contact=contact, parameters={"reference": "YC-1"}, created_at=NOW
            )
        )

    def outcome(self, status: str, reason: str | None = None) -> None:
        with self.database.write() as session:
            session.execute(
                update(OutboundRow)
                .where(OutboundRow.status == "pending")
                .values(status=status, reason=reason)
            )


@pytest.fixture
def house(both: Database) -> House:
    return House(both)


async def test_it_tells_a_notice_once_and_acknowledges_it_afterwards(house: House) -> None:
    conversation = await house.say("hi")
    house.notice(conversation)
    await house.delivery.round()
    await house.delivery.round()  # claimed again before it was told
    assert house.backend.told == []
    await house.worker.drain()
    await house.delivery.round()
    await house.delivery.round()
    assert house.backend.told == [("n1", "delivered", None)]
    said = messages_after(house.database, conversation)
    assert [(one["kind"], one["text"]) for one in said] == [("reply", "#1 hi"), ("notice", "#2 approved")]


async def test_it_waits_for_the_channel_before_it_says_delivered(house: House) -> None:
    conversation = await house.say("hi", "telegram")
    house.outcome("sent")
    house.notice(conversation, channel="telegram")
    await house.delivery.round()
    await house.worker.drain()
    await house.delivery.round()
    assert house.backend.told == []
    house.outcome("sent")
    await house.delivery.round()
    assert house.backend.told == [("n1", "delivered", None)]


async def test_it_says_why_a_notice_cannot_arrive(house: House) -> None:
    conversation = await house.say("hi", "telegram")
    house.outcome("sent")
    house.notice(conversation, channel="telegram")
    await house.delivery.round()
    await house.worker.drain()
    house.outcome("dead", "blocked")
    await house.delivery.round()
    assert house.backend.told == [("n1", "undeliverable", "blocked")]


async def test_it_says_so_when_the_chat_is_not_known(house: House) -> None:
    house.notice("somebody-who-was-forgotten")
    await house.delivery.round()
    assert [(notice, outcome) for notice, outcome, _ in house.backend.told] == [("n1", "undeliverable")]


async def test_it_acknowledges_later_when_the_backend_was_away(house: House) -> None:
    conversation = await house.say("hi")
    house.notice(conversation)
    await house.delivery.round()
    await house.worker.drain()
    house.backend.down = True
    with pytest.raises(BackendUnavailableError):
        await house.delivery.round()
    house.backend.down = False
    await house.delivery.round()
    assert house.backend.told == [("n1", "delivered", None)]


async def test_it_lets_go_of_a_notice_the_backend_has_settled(house: House) -> None:
    conversation = await house.say("hi")
    house.notice(conversation)
    await house.delivery.round()
    await house.worker.drain()
    house.backend.refuses = True
    house.backend.waiting.clear()
    await house.delivery.round()
    house.backend.refuses = False
    await house.delivery.round()
    assert house.backend.told == []


async def test_it_asks_a_person_to_look_at_what_it_could_not_handle(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn_store, "WAITS", (timedelta(0), timedelta(0)))
    conversation = await house.say("poison")
    house.backend.down = True
    with pytest.raises(BackendUnavailableError):
        await house.delivery.round()
    house.backend.down = False
    await house.delivery.round()
    await house.delivery.round()
    ((_, request),) = house.backend.help
    assert (request.kind, request.contact.conversation) == ("human", conversation)
    assert [line.text for line in request.transcript] == ["poison"]
