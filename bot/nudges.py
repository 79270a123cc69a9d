"""A call to a person that the intake could not take is tried again, also when the resident writes no more.

A turn that leaves something unsent puts a `nudge` into the inbox of its chat: a row that nobody sent, handled like any
other after a minute. It stands behind everything people say, so it holds up nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.inbox import new_id
from bot.store import InboxRow

KIND = "nudge"
AFTER = timedelta(seconds=60)
LAST = 2**62  # behind every position a channel gives


def arrange(session: Session, row: InboxRow, state: dict[str, Any] | None, now: datetime) -> None:
    """In the transaction of a turn: when its state leaves something unsent, try again in a minute; once per chat."""
    if not state or not state.get("unsent"):
        return
    waiting = select(InboxRow.id).where(
        InboxRow.conversation_id == row.conversation_id,
        InboxRow.kind == KIND,
        InboxRow.id != row.id,
        InboxRow.done_at.is_(None),
        InboxRow.dead_at.is_(None),
    )
    if session.scalar(waiting.limit(1)) is not None:
        return
    due = now + AFTER
    session.add(
        InboxRow(
            uid=new_id(),
            channel=KIND,
            update_key=row.uid,
            conversation_id=row.conversation_id,
            kind=KIND,
            payload={},
            position=LAST,
            received_at=due,
            created_at=due,  # it counts from when it is due: until then it waits on purpose
            ready_at=due,
        )
    )
