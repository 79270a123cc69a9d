"""Sessions of staff: kept in the database, so that they can be ended at once and everywhere."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backend.access.staff import Actor, actor_of
from backend.access.staff_models import StaffMember, StaffSession

IDLE = timedelta(hours=2)  # a lunch break and a meeting; then the password again
LONGEST = timedelta(hours=12)  # one working day
SEEN_EVERY = timedelta(minutes=1)  # a read should not write each time
KEPT = timedelta(days=90)  # ended sessions stay for looking things up, then go


def new_token() -> str:
    """A fresh session id of 256 random bits."""
    return secrets.token_urlsafe(32)


def csrf_token(token: str) -> str:
    """The secret that every form of this session carries; made from the session id, so it changes with it."""
    return hmac.new(token.encode(), b"onedoor form", hashlib.sha256).hexdigest()


def same_secret(one: str, other: str) -> bool:
    """Compare two secrets without telling by the time taken where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def start_session(session: Session, staff: StaffMember, now: datetime) -> str:
    """Begin a session and give its id, which is stored only as a hash. Old ones of anybody are swept on the way."""
    token = new_token()
    session.execute(delete(StaffSession).where(StaffSession.seen_at < now - KEPT))
    session.add(StaffSession(token_hash=_hash(token), staff_id=staff.id, created_at=now, seen_at=now))
    return token


def who_is(session: Session, token: str, now: datetime) -> tuple[Actor, StaffSession] | None:
    """Who holds this session id, if it is still good and they still work here; the role is today's, not the login's."""
    row = session.scalars(
        select(StaffSession).where(
            StaffSession.token_hash == _hash(token),
            StaffSession.ended_at.is_(None),
            StaffSession.created_at > now - LONGEST,
            StaffSession.seen_at > now - IDLE,
        )
    ).one_or_none()
    return (actor_of(row.staff), row) if row and row.staff.active else None


def mark_seen(session: Session, token_hash: str, now: datetime) -> None:
    """Note that the session is in use, so that it does not end in the middle of work."""
    session.execute(update(StaffSession).where(StaffSession.token_hash == token_hash).values(seen_at=now))


def end_session(session: Session, token: str, now: datetime) -> None:
    """Log out: the session id is worth nothing from now on. Unknown ids are ignored."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.token_hash == _hash(token), StaffSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_all_sessions(session: Session, staff_id: str, now: datetime) -> None:
    """Log a person out everywhere: a lost laptop, a changed password, a role taken away."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.staff_id == staff_id, StaffSession.ended_at.is_(None))
        .values(ended_at=now)
    )


def open_sessions(session: Session, staff_id: str, now: datetime) -> list[StaffSession]:
    """The sessions of a person that are still good, newest first."""
    return list(
        session.scalars(
            select(StaffSession)
            .where(
                StaffSession.staff_id == staff_id,
                StaffSession.ended_at.is_(None),
                StaffSession.created_at > now - LONGEST,
                StaffSession.seen_at > now - IDLE,
            )
            .order_by(StaffSession.created_at.desc())
        )
    )


def is_this(row: StaffSession, token: str) -> bool:
    """Whether the row is the session with this id."""
    return same_secret(row.token_hash, _hash(token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
