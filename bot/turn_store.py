"""What a turn reads before it begins and writes when it ends: one transaction each, none in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Update, delete, func, or_, select, update
from sqlalchemy.orm import Session

from backend.tools.sql import Database
from bot import nudges, wire
from bot.inbox import MACHINE
from bot.store import ConversationRow, InboxRow, OutboundRow
from handlers.messages import Reply
from locales import translator

MOST_FAILURES = 3
MOST_CLAIMS = 12  # a message that never fails but kills the process each time is put aside too
WAITS = (timedelta(seconds=1), timedelta(seconds=5))


class StaleError(Exception):
    """Somebody else has moved this conversation on meanwhile; nothing was written, the message is handled anew."""


class HopelessError(Exception):
    """The process died again and again over this message."""


@dataclass(frozen=True, slots=True)
class Before:
    """The conversation as a turn finds it."""

    conversation: str
    channel: str
    chat_key: str
    version: int
    state: dict[str, Any] | None
    lang: str | None


def load(database: Database, row: InboxRow) -> Before:
    """The conversation of an inbox row, read without a lock: the lease keeps others away."""
    with database.read() as session:
        found = session.get_one(ConversationRow, row.conversation_id)
        return Before(found.id, found.channel, found.chat_key, found.version, found.state, found.lang)


def finish(
    database: Database,
    row: InboxRow,
    before: Before,
    state: dict[str, Any] | None,
    lang: str | None,
    replies: list[Reply],
    pushes: bool,
    otherwise: str,
    reachable: bool | None,
    *,
    forget: bool = False,
) -> None:
    """One commit: state and version, replies, "done". Raises StaleError when the conversation has moved on.

    `state` None leaves the state as it is. `otherwise` is kept as the reason when there are no replies. With `forget`
    the words said before go; that something was said, and when, stays.
    """
    with database.write() as session:
        now = MACHINE.now()
        _move_on(session, before, now, state, lang)
        _reachable(session, before, now, reachable)
        if forget:
            _forget(session, before.conversation)
        _done(session, row, now, None if replies else otherwise)
        _replies(session, row, before, now, replies, pushes)
        nudges.arrange(session, row, state, now)


def fail(database: Database, row: InboxRow, before: Before, error: str, pushes: bool) -> bool:
    """Count a failed try. After the last one the message is put aside: a polite word, and a person is asked to look."""
    with database.write() as session:
        now = MACHINE.now()
        fresh = session.get_one(InboxRow, row.id)
        if fresh.done_at or fresh.dead_at:
            return False
        fresh.failures, fresh.error = fresh.failures + 1, error
        fresh.claimed_by = fresh.claimed_until = None
        _free(session, before.conversation)
        if fresh.failures < MOST_FAILURES and error != HopelessError.__name__:
            fresh.ready_at = now + WAITS[fresh.failures - 1]
            return False
        fresh.dead_at, fresh.dead_reason, fresh.help_due = now, error, now
        if row.kind not in ("notice", nudges.KIND):
            words = translator(before.lang)("bot.put_aside")
            _replies(session, row, before, now, [Reply("human", words)], pushes)
        return True


def let_go(database: Database, row: InboxRow) -> None:
    """Leave a message for later as if it had not been touched."""
    with database.write() as session:
        session.execute(
            update(InboxRow).where(InboxRow.id == row.id).values(claimed_by=None, claimed_until=None)
        )
        if row.conversation_id:
            _free(session, row.conversation_id)


def _move_on(
    session: Session, before: Before, now: datetime, state: dict[str, Any] | None, lang: str | None
) -> None:
    values: dict[str, Any] = {
        "version": before.version + 1, "updated_at": now, "leased_by": None, "leased_until": None
    }  # fmt: skip
    if state is not None:
        values |= {"state": state, "lang": lang}
    moved = changed(
        session,
        update(ConversationRow)
        .where(ConversationRow.id == before.conversation, ConversationRow.version == before.version)
        .values(**values),
    )
    if moved != 1:
        raise StaleError


def _forget(session: Session, conversation: str) -> None:
    """Delete the words of a conversation: of what came in and of what was said. What is on its way still arrives."""
    session.execute(
        update(InboxRow)
        .where(InboxRow.conversation_id == conversation, InboxRow.kind != "notice")
        .where(or_(InboxRow.done_at.is_not(None), InboxRow.dead_at.is_not(None)))
        .values(payload={}, no_reply=func.coalesce(InboxRow.no_reply, "forgotten"))
    )
    said = (OutboundRow.conversation_id == conversation, OutboundRow.notice_id.is_(None))
    question = session.scalar(
        select(OutboundRow.inbox_id).where(*said).order_by(OutboundRow.id.desc()).limit(1)
    )
    session.execute(  # the question just answered says nothing about anybody, and its buttons are still to be closed
        delete(OutboundRow).where(
            *said, OutboundRow.inbox_id != question, OutboundRow.status.in_(("sent", "dead"))
        )
    )


def _reachable(session: Session, before: Before, now: datetime, reachable: bool | None) -> None:
    if reachable is None:
        return
    where = ConversationRow.id == before.conversation
    values = {"unreachable_at": None, "unreachable_reason": None}
    if not reachable:
        values = {"unreachable_at": now, "unreachable_reason": "blocked"}  # type: ignore[dict-item]
    else:
        where = where & ConversationRow.unreachable_at.is_not(None)
    session.execute(update(ConversationRow).where(where).values(**values))


def _done(session: Session, row: InboxRow, now: datetime, no_reply: str | None) -> None:
    values: dict[str, Any] = {"done_at": now, "no_reply": no_reply, "claimed_by": None, "claimed_until": None}
    done = changed(
        session,
        update(InboxRow)
        .where(InboxRow.id == row.id, InboxRow.done_at.is_(None), InboxRow.dead_at.is_(None))
        .values(**values),
    )
    if done != 1:
        raise StaleError
    if row.group_key:  # the rest of an album: one message, one answer
        session.execute(
            update(InboxRow)
            .where(
                InboxRow.conversation_id == row.conversation_id,
                InboxRow.group_key == row.group_key,
                InboxRow.done_at.is_(None),
                InboxRow.dead_at.is_(None),
            )
            .values(done_at=now, no_reply="part of an album")
        )


def _replies(
    session: Session, row: InboxRow, before: Before, now: datetime, replies: list[Reply], pushes: bool
) -> None:
    for position, reply in enumerate(replies):
        session.add(
            OutboundRow(
                conversation_id=before.conversation,
                inbox_id=row.id,
                position=position,
                message=wire.message(reply),
                status="pending" if pushes else "sent",
                next_at=now if pushes else None,
                notice_id=row.update_key if row.kind == "notice" else None,
                provider_ids=[],
                created_at=now,
                sent_at=None if pushes else now,
            )
        )
        session.flush()  # ids in the order of the turn


def changed(session: Session, statement: Update) -> int:
    """Carry out an update and say how many rows it changed."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def _free(session: Session, conversation: str) -> None:
    session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation)
        .values(leased_by=None, leased_until=None)
    )


def album(database: Database, row: InboxRow) -> list[InboxRow]:
    """All rows of the album `row` belongs to, in order."""
    with database.read() as session:
        return list(
            session.scalars(
                select(InboxRow)
                .where(InboxRow.conversation_id == row.conversation_id, InboxRow.group_key == row.group_key)
                .order_by(InboxRow.position, InboxRow.id)
            )
        )
