"""Jobs: what is due is done once, however long nobody was there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from backend.access.staff import Actor
from backend.audit.models import AuditEntry
from backend.casework import service
from backend.casework.desk import Desk
from backend.casework.models import HelpTask
from backend.db import in_one_write
from backend.deadlines.models import Deadline
from backend.invariants import broken
from backend.jobs import one_round
from backend.outbox import queue
from backend.outbox.models import OutboxRow
from backend.parts import Parts
from backend.tools.clock import FixedClock
from tests.filings import filing

EMERGENCY = 0


def overdue(desk: Desk) -> list[tuple[str, datetime | None]]:
    with desk.database.read() as session:
        rows = session.scalars(select(Deadline).where(Deadline.overdue_at.is_not(None)).order_by(Deadline.id))
        return [(row.step, row.overdue_at) for row in rows]


def test_it_marks_what_has_passed_once_and_only_the_day_after(
    desk: Desk, parts: Parts, clock: FixedClock
) -> None:
    service.submit(desk, "bot", "k-1", filing())
    clock.moment = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)  # one minute to midnight on the due day
    assert one_round(parts)["overdue"] == 2, "the acceptance of both, due on the first day"
    first = overdue(desk)
    clock.moment += timedelta(minutes=2)
    assert one_round(parts)["overdue"] == 1, "the emergency aid, due on the second"
    clock.moment += timedelta(days=3)  # nobody was there for three days
    assert one_round(parts)["overdue"] == 0
    assert set(first) < set(overdue(desk)), "marked once, with the time it was first seen"
    with desk.database.read() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "overdue")).all()
        assert len(entries) == 3
        assert {entry.actor for entry in entries} == {"system"}
        assert not list(broken(session))


def test_it_catches_up_once_after_a_long_sleep(desk: Desk, parts: Parts, clock: FixedClock) -> None:
    service.submit(desk, "bot", "k-1", filing())
    clock.moment += timedelta(days=400)
    assert one_round(parts)["overdue"] == 4
    assert one_round(parts)["overdue"] == 0


def test_it_does_not_mark_what_was_done_in_time(
    desk: Desk, parts: Parts, clock: FixedClock, salma: Actor
) -> None:
    receipt = service.submit(desk, "bot", "k-1", filing())
    for item in receipt.applications:
        service.take(desk, salma, item.reference)
    service.decide(desk, salma, receipt.applications[EMERGENCY].reference, "approved", "先救急。")
    clock.moment += timedelta(days=7)
    assert one_round(parts)["overdue"] == 0
    clock.moment += timedelta(days=60)
    assert one_round(parts)["overdue"] == 1, "the other application, never decided"
    assert [step for step, _ in overdue(desk)] == ["total"]


def test_it_gives_leases_back(desk: Desk, parts: Parts, clock: FixedClock, key: str) -> None:
    service.submit(desk, "bot", "k-1", filing())
    in_one_write(desk.database, lambda session: queue.claim(session, "bot", "w-1", 10, 60, desk.clock.now()))
    assert one_round(parts)["leases"] == 0
    clock.moment += timedelta(seconds=61)
    assert one_round(parts)["leases"] == 1
    with desk.database.read() as session:
        assert session.scalars(select(OutboxRow.claimed_by)).one() is None


def test_it_asks_somebody_to_phone_where_no_bot_can_ever_deliver(desk: Desk, parts: Parts, key: str) -> None:
    """Demonstration cases have no chat behind them; the bot's own notices are left to the bot."""
    service.submit(desk, "demo", "k-1", filing())
    service.submit(desk, "bot", "k-1", filing())
    assert one_round(parts)["unclaimable"] == 1
    assert one_round(parts)["unclaimable"] == 0
    with desk.database.read() as session:
        rows = {row.client: row for row in session.scalars(select(OutboxRow))}
        task = session.scalars(select(HelpTask)).one()
    assert rows["demo"].undeliverable_reason == "no_chat"
    assert rows["bot"].undeliverable_at is None
    assert task.kind == "phone"


def test_it_changes_no_status_by_itself(desk: Desk, parts: Parts, clock: FixedClock) -> None:
    receipt = service.submit(desk, "bot", "k-1", filing())
    clock.moment += timedelta(days=400)
    one_round(parts)
    with desk.database.read() as session:
        standing = service.standing(session, "bot", receipt.reference)
    assert {one.status for one in standing} == {"submitted"}
