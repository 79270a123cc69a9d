"""`onedoor check` sees what is wrong in the bot's database: each rule is broken once, by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from backend.tools.sql import Database
from bot import inbox
from bot.invariants import broken
from bot.store import ConversationRow, InboxRow, OutboundRow

NOW = inbox.MACHINE.now()
LONG_AGO = NOW - timedelta(hours=2)


@pytest.fixture
def used(both: Database) -> Database:
    """One message, handled, answered and sent."""
    with both.write() as session:
        session.add(
            ConversationRow(
                id="c", channel="telegram", chat_key="1:2", version=1, created_at=NOW, updated_at=NOW
            )
        )
        session.flush()
        session.add(
            InboxRow(
                id=1, uid="u", channel="telegram", update_key="1:1", conversation_id="c", kind="update", payload={},
                received_at=NOW, created_at=LONG_AGO, ready_at=NOW, done_at=NOW,
            )
        )  # fmt: skip
        session.flush()
        session.add(
            OutboundRow(
                id=1, conversation_id="c", inbox_id=1, message={}, status="sent", attempts=1, provider_ids=[7],
                created_at=LONG_AGO, sent_at=NOW,
            )
        )  # fmt: skip
    return both


def lines(database: Database) -> list[str]:
    with database.read() as session:
        return list(broken(session))


def test_it_finds_nothing_where_all_is_well(used: Database) -> None:
    assert lines(used) == []


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        (InboxRow, {"done_at": None}, "handled or put aside"),
        (InboxRow, {"dead_at": NOW}, "both handled and put aside"),
        (OutboundRow, {"inbox_id": None}, "an answer or a reason"),
        (OutboundRow, {"sent_at": None}, "has a time"),
        (OutboundRow, {"status": "dead"}, "has a time"),
        (OutboundRow, {"status": "pending", "sent_at": None, "reason": "x"}, "tried again within the hour"),
        (OutboundRow, {"status": "pending", "sent_at": None, "next_at": NOW}, "in silence"),
        (OutboundRow, {"attempts": 0}, "was tried"),
    ],
)
def test_it_names_each_thing_that_is_wrong(
    used: Database, table: Any, change: dict[str, Any], words: str
) -> None:
    with used.write() as session:
        session.execute(update(table).values(**change))
    (line,) = lines(used)
    assert words in line
    assert line.endswith(" 1")
