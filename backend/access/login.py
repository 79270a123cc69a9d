"""Logging in: five tries in a quarter of an hour, per login and per address, and nothing told about which was wrong."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from backend.access.passwords import Passwords
from backend.access.sessions import end_all_sessions, start_session
from backend.access.staff import find_staff, normal_login
from backend.access.staff_models import LoginAttempt, StaffMember
from backend.tools.sql import Database

MOST_TRIES = 5
WITHIN = timedelta(minutes=15)


class TooManyTriesError(Exception):
    """This login, or this address, has failed five times in a quarter of an hour."""


def log_in(
    database: Database, passwords: Passwords, *, login: str, password: str, address: str, now: datetime
) -> str | None:
    """The id of a new session, or None when login or password is wrong (the same work is done for either).

    Raises TooManyTriesError; then, too, the hash has been worked out, so that time tells nothing.
    """
    about_login, about_address = _about("login", normal_login(login)), _about("address", address)
    with database.write() as session:
        allowed = _note_try(session, about_login, about_address, now=now)
        staff = find_staff(session, login)
        known = (staff.id, staff.password_hash) if staff and staff.active else None
    # The hash takes a tenth of a second on purpose: not inside a transaction that keeps others waiting.
    right = passwords.matches(known[1] if known else None, password)
    if not allowed:
        raise TooManyTriesError
    if not right or known is None:
        return None
    outdated = passwords.hash(password) if passwords.is_outdated(known[1]) else None
    with database.write() as session:
        member = session.get_one(StaffMember, known[0])
        if member.password_hash != known[1] or not member.active:
            return None  # changed while we were checking
        if outdated:
            member.password_hash = outdated
        session.execute(delete(LoginAttempt).where(LoginAttempt.about == about_login))
        _take_back(session, about_address)
        return start_session(session, member, now)


def change_password(
    database: Database, passwords: Passwords, *, staff_id: str, old: str, new: str, now: datetime
) -> str | None:
    """Set a new password, end every session, begin a new one and give its id; None when the old one is wrong.

    Raises TooManyTriesError, so that an open browser cannot be used to guess; ValueError for an unusable new one.
    """
    about = _about("password", staff_id)
    with database.write() as session:
        allowed = _note_try(session, about, now=now)
        kept = session.get_one(StaffMember, staff_id).password_hash
    if not allowed:
        raise TooManyTriesError
    if not passwords.matches(kept, old):
        return None
    fresh = passwords.hash(new)
    with database.write() as session:
        member = session.get_one(StaffMember, staff_id)
        member.password_hash = fresh
        session.execute(delete(LoginAttempt).where(LoginAttempt.about == about))
        end_all_sessions(session, staff_id, now)
        return start_session(session, member, now)


def _note_try(session: Session, *about: str, now: datetime) -> bool:
    """Write the try down before it is checked, so that many at once count as many; False when there were too many."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time by itself
        for key in sorted(about):
            session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": key})
    session.execute(delete(LoginAttempt).where(LoginAttempt.at <= now - WITHIN))
    counts = [
        session.scalar(select(func.count()).select_from(LoginAttempt).where(LoginAttempt.about == key)) or 0
        for key in about
    ]
    if any(count >= MOST_TRIES for count in counts):
        return False
    session.add_all(LoginAttempt(about=key, at=now) for key in about)
    return True


def _take_back(session: Session, about: str) -> None:
    """A login that went through does not count against its address; earlier failures from there still do."""
    newest = (
        select(LoginAttempt.id).where(LoginAttempt.about == about).order_by(LoginAttempt.id.desc()).limit(1)
    )
    session.execute(delete(LoginAttempt).where(LoginAttempt.id == newest.scalar_subquery()))


def _about(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}\n{value}".encode()).hexdigest()
