"""The outbox: notices go in with the change that caused them and come out by lease and acknowledgement.

Of one contact only the oldest open notice (and those right behind it) can be claimed, and by one worker at a time:
order is kept, and a notice that sticks holds up its own contact only.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session

from backend.contract import ContactPoint, Notice, NoticeKind
from backend.errors import ConflictError, NotFoundError
from backend.outbox.models import OutboxRow

OPEN = (OutboxRow.delivered_at.is_(None), OutboxRow.undeliverable_at.is_(None))
CONTACT = (OutboxRow.channel, OutboxRow.conversation)


def put(
    session: Session,
    *,
    kind: NoticeKind,
    client: str,
    contact: ContactPoint,
    parameters: dict[str, Any],
    now: datetime,
    submission_id: int | None = None,
    application_id: int | None = None,
) -> OutboxRow:
    """Queue one notice in the caller's transaction; it exists exactly when the change does."""
    row = OutboxRow(
        notice="n-" + secrets.token_urlsafe(16),
        kind=kind,
        parameters=parameters,
        client=client,
        channel=contact.channel,
        conversation=contact.conversation,
        lang=contact.lang,
        created_at=now,
        submission_id=submission_id,
        application_id=application_id,
    )
    session.add(row)
    session.flush()
    return row


def claim(
    session: Session, client: str, worker: str, limit: int, lease_seconds: int, now: datetime
) -> list[Notice]:
    """Lease up to `limit` notices of `client` to its `worker`, oldest first; when the lease has run out any worker
    may claim them again."""
    mine = OutboxRow.client == client
    free = or_(OutboxRow.claimed_until.is_(None), OutboxRow.claimed_until <= now)
    heads = select(func.min(OutboxRow.id)).where(mine, *OPEN).group_by(*CONTACT)
    rows = list(
        session.scalars(
            select(OutboxRow)
            .where(OutboxRow.id.in_(heads), *OPEN, free)
            .order_by(OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )
    if rows and len(rows) < limit:
        # We hold the head of these contacts, so nobody else can claim what stands behind it.
        behind = select(OutboxRow).where(
            mine,
            tuple_(*CONTACT).in_([(row.channel, row.conversation) for row in rows]),
            OutboxRow.id.not_in([row.id for row in rows]),
            *OPEN,
            free,
        )
        rows += session.scalars(behind.order_by(OutboxRow.id).limit(limit - len(rows)).with_for_update())
    for row in rows:
        row.claimed_by, row.claimed_until = worker, now + timedelta(seconds=lease_seconds)
        row.attempts += 1
    return [_notice(row) for row in sorted(rows, key=lambda row: row.id)]


def acknowledge(
    session: Session, client: str, notice: str, worker: str, reason: str | None, now: datetime
) -> OutboxRow | None:
    """Delivered (`reason` is None) or undeliverable. The row, or None when this was said before.

    That something was delivered is believed from anybody, even after the lease ran out: it is a fact. That it cannot
    be delivered is believed only from the worker holding it. NotFoundError, or ConflictError when the two disagree.
    """
    row = session.scalars(
        select(OutboxRow).where(OutboxRow.notice == notice, OutboxRow.client == client).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFoundError
    undeliverable = reason is not None
    if row.delivered_at or row.undeliverable_at:
        if bool(row.undeliverable_at) == undeliverable:
            return None
        raise ConflictError("this notice was acknowledged with another outcome")
    if undeliverable and row.claimed_by != worker:
        raise ConflictError("this notice is not held by this worker")
    if undeliverable:
        row.undeliverable_at, row.undeliverable_reason = now, reason
    else:
        row.delivered_at = now
    row.claimed_until = None
    return row


def release_expired(session: Session, now: datetime) -> int:
    """Give back leases that ran out; how many there were."""
    rows = list(session.scalars(select(OutboxRow).where(*OPEN, OutboxRow.claimed_until <= now)))
    for row in rows:
        row.claimed_by, row.claimed_until = None, None
    return len(rows)


def _notice(row: OutboxRow) -> Notice:
    return Notice(
        id=row.notice,
        kind=row.kind,  # type: ignore[arg-type]
        contact=ContactPoint(channel=row.channel, conversation=row.conversation, lang=row.lang),  # type: ignore[arg-type]
        parameters=row.parameters,
        created_at=row.created_at,
    )
