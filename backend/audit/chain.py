"""Add to the audit chain and verify it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.audit.models import AuditEntry, AuditHead

CHAIN = "cases"
START = "0" * 64


def record(
    session: Session, *, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, Any]
) -> AuditEntry:
    """Append one entry in the caller's transaction. The head row stays locked until it ends, so chains never fork.

    `details` are plain JSON values without personal data; of words somebody wrote give `digest(words)`.
    """
    head = _locked_head(session)
    entry = AuditEntry(
        chain=head.chain,
        number=head.number + 1,
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        details=dict(details),
        previous=head.hash,
        hash="",
    )
    entry.hash = _hash(entry)
    session.add(entry)
    head.number, head.hash = entry.number, entry.hash
    session.flush()
    return entry


def digest(words: str | None) -> str | None:
    """What the audit chain keeps of words: enough to prove that they were not changed, not enough to read them."""
    return None if words is None else hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def head(session: Session) -> tuple[int, str]:
    """Number and hash of the last entry, to be published, so that a cut tail is noticed."""
    row = session.get(AuditHead, CHAIN)
    return (row.number, row.hash) if row else (0, START)


def verify(session: Session, published: tuple[int, str] | None = None) -> Iterator[str]:
    """One line for each thing that is wrong; nothing when the chain is whole. `published` is an earlier head."""
    number, previous = 0, START
    for entry in session.scalars(
        select(AuditEntry).where(AuditEntry.chain == CHAIN).order_by(AuditEntry.number)
    ).yield_per(1000):
        number += 1
        if entry.number != number:
            yield f"entry {number} is missing (found {entry.number})"
            number = entry.number
        elif entry.previous != previous:
            yield f"entry {number} does not follow entry {number - 1}"
        if _hash(entry) != entry.hash:
            yield f"entry {number} was changed"
        if published and published[0] == number and published[1] != entry.hash:
            yield f"entry {number} is not the one whose hash was published"
        previous = entry.hash
    if (number, previous) != head(session):
        yield f"the chain ends at entry {number}, its head says {head(session)[0]}"
    if published and published[0] > number:
        yield f"the chain ends at entry {number}, but entry {published[0]} was published"


def _locked_head(session: Session) -> AuditHead:
    found = session.get(AuditHead, CHAIN, with_for_update=True, populate_existing=True)
    if found is None:
        try:
            with session.begin_nested():
                session.add(AuditHead(chain=CHAIN, number=0, hash=START))
        except IntegrityError:
            pass  # another first entry was quicker; its row is the one to lock
        found = session.get_one(AuditHead, CHAIN, with_for_update=True, populate_existing=True)
    return found


def _hash(entry: AuditEntry) -> str:
    whole = {
        "chain": entry.chain,
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "details": entry.details,
    }
    written = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{entry.previous}{written}".encode()).hexdigest()
