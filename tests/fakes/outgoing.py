"""Looking at what is to be sent, and hurrying it: for tests that fail on purpose."""

from __future__ import annotations

from sqlalchemy import select, update

from backend.tools.sql import Database
from bot import inbox
from bot.store import OutboundRow
from tests.waiting import until


def outbound(database: Database) -> list[OutboundRow]:
    """Everything said, in order."""
    with database.read() as session:
        return list(session.scalars(select(OutboundRow).order_by(OutboundRow.id)))


async def in_state(database: Database, *states: str, seconds: float = 10) -> list[OutboundRow]:
    """Wait until the rows stand like this."""

    def reached() -> list[OutboundRow] | None:
        rows = outbound(database)
        return rows if [row.status for row in rows] == list(states) else None

    found = await until(reached, seconds, f"{states}")
    assert found is not None
    return found


def hurry(database: Database) -> None:
    """Let everything that waits for its next try be due now."""
    with database.write() as session:
        session.execute(
            update(OutboundRow).where(OutboundRow.next_at.is_not(None)).values(next_at=inbox.MACHINE.now())
        )
