"""The bot's tables: migrated up and down, equal to the models, on both databases; several workers at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from backend.tools.clock import FixedClock
from backend.tools.sql import Database
from bot import inbox, store, turn_store
from bot.store import ConversationRow, InboxRow, OutboundRow
from handlers.messages import Reply

CLOCK = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


def test_it_has_the_tables_the_models_say(both: Database) -> None:
    with both.engine.connect() as connection:
        options = {
            "include_name": lambda name, kind, _: kind != "table" or name in store.Base.metadata.tables
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, store.Base.metadata) == []


def test_it_migrates_down_and_up_again(both: Database) -> None:
    config = store.alembic_config()
    with both.engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert not store._is_current(both)
    store.migrate(both)
    assert store._is_current(both)


def test_it_knows_its_newest_migration() -> None:
    assert ScriptDirectory.from_config(store.alembic_config()).get_heads() == [store.NEWEST]


def test_it_keeps_moments_in_utc_and_refuses_those_without_a_zone(both: Database) -> None:
    moment = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    with both.write() as session:
        session.add(
            ConversationRow(
                id="c", channel="web", chat_key="k", version=0, created_at=moment, updated_at=moment
            )
        )
    with both.read() as session:
        kept = session.get_one(ConversationRow, "c").created_at
        assert (kept, kept.utcoffset()) == (moment, timedelta(0))
    with pytest.raises(Exception, match="time zone"), both.write() as session:
        session.get_one(ConversationRow, "c").created_at = datetime(2026, 1, 1)  # noqa: DTZ001


def test_it_takes_an_update_once_from_many_at_once(both: Database) -> None:
    def accept(_: int) -> tuple[int, bool]:
        found = inbox.accept(both, "telegram", "1:2", "1:77", {"x": 1}, kind="update", clock=CLOCK)
        return found.id, found.fresh

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(accept, range(40)))
    assert len({number for number, _ in found}) == 1
    assert sum(fresh for _, fresh in found) == 1


def test_it_hands_every_message_to_one_of_many_workers_in_the_order_of_its_chat(both: Database) -> None:
    for number in range(12):
        for chat in ("a", "b", "c", "d"):
            inbox.accept(
                both, "web", chat, f"{chat}{number}", {"text": str(number)}, kind="text", clock=CLOCK
            )

    def work(name: int) -> int:
        handled = 0
        idle = 0
        while idle < 20:
            row = inbox.claim(both, f"worker {name}", ["web"])
            if row is None:
                idle += 1
                continue
            idle = 0
            before = turn_store.load(both, row)
            said = [*(before.state or {}).get("said", []), row.payload["text"]]
            turn_store.finish(
                both, row, before, {"said": said}, "zh", [Reply("x", row.payload["text"])], False, "", None
            )
            handled += 1
        return handled

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 48
    with both.read() as session:
        states = session.scalars(select(ConversationRow.state)).all()
        assert states == [{"said": [str(n) for n in range(12)]}] * 4
        assert len(session.scalars(select(OutboundRow.id)).all()) == 48
        assert all(row.attempts == 1 for row in session.scalars(select(InboxRow)))


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "𠮷\u202e", "'; DROP TABLE inbox; --", "{0.__class__} %s %(x)s"]
)
def test_it_keeps_any_text(both: Database, text: str) -> None:
    found = inbox.accept(both, "web", "a", "k", {"text": text}, kind="text", clock=CLOCK)
    with both.read() as session:
        assert session.get_one(InboxRow, found.id).payload == {"text": text}
