"""Everything that comes in is written down before it is acknowledged, once, and handled in the order of its chat.

    accepted = accept(database, "web", chat_key, update_key, {"kind": "text", "text": "..."}, kind="text", clock=clock)

`accept` commits before it returns: only then may a channel say "received" (findings F1). The same `update_key` again
gives the same row back and changes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from backend.tools.clock import Clock, SystemClock
from backend.tools.sql import Database
from bot import crash
from bot.store import ConversationRow, InboxRow

LEASE = timedelta(seconds=6)  # renewed by `turns.Worker` while it lives, so a dead one's chats are free soon
ALBUM_WAIT = timedelta(seconds=1.5)
MACHINE = SystemClock()  # leases and waits never follow a drill clock, which may stand still


@dataclass(frozen=True, slots=True)
class Accepted:
    """`id` of the inbox row; `fresh` is False when it was there before; `conversation` is None without a chat."""

    id: int
    conversation: str | None
    fresh: bool


def new_id() -> str:
    """A random id of 32 ASCII characters, for conversations and messages."""
    return uuid.uuid4().hex


def open_conversation(session: Session, channel: str, chat_key: str) -> ConversationRow:
    """The conversation of this chat; made when there is none yet. Part of the caller's transaction."""
    found = session.scalar(
        select(ConversationRow).where(
            ConversationRow.channel == channel, ConversationRow.chat_key == chat_key
        )
    )
    if found is None:
        now = MACHINE.now()
        found = ConversationRow(
            id=new_id(), channel=channel, chat_key=chat_key, version=0, created_at=now, updated_at=now
        )
        session.add(found)
        session.flush()
    return found


def accept(
    database: Database,
    channel: str,
    chat_key: str | None,
    update_key: str,
    payload: dict[str, Any],
    *,
    kind: str,
    clock: Clock,
    position: int = 0,
    group_key: str | None = None,
    no_reply: str | None = None,
) -> Accepted:
    """Write one incoming thing down, commit, and say which row holds it.

    `update_key` is unique per channel. `position` orders rows of one chat before their ids do (a Telegram update id).
    Rows with one `group_key` are handled as one message. With `no_reply` (a reason) it is only kept: nobody handles it.
    """
    for _ in range(2):  # two processes may accept the same update, or open the same chat, at the same moment
        try:
            with database.write() as session:
                accepted = _insert(
                    session,
                    channel,
                    chat_key,
                    update_key,
                    payload,
                    kind,
                    clock,
                    position,
                    group_key,
                    no_reply,
                )
        except IntegrityError:
            continue
        crash.point("after_inbox_commit")
        return accepted
    with database.read() as session:
        row = _existing(session, channel, update_key)
        if row is None:
            raise RuntimeError("an update could neither be stored nor found")
        return Accepted(row.id, row.conversation_id, fresh=False)


def _existing(session: Session, channel: str, update_key: str) -> InboxRow | None:
    return session.scalar(
        select(InboxRow).where(InboxRow.channel == channel, InboxRow.update_key == update_key)
    )


def _insert(
    session: Session,
    channel: str,
    chat_key: str | None,
    update_key: str,
    payload: dict[str, Any],
    kind: str,
    clock: Clock,
    position: int,
    group_key: str | None,
    no_reply: str | None,
) -> Accepted:
    row = _existing(session, channel, update_key)
    if row is not None:
        return Accepted(row.id, row.conversation_id, fresh=False)
    conversation = open_conversation(session, channel, chat_key).id if chat_key is not None else None
    now = MACHINE.now()
    row = InboxRow(
        uid=new_id(),
        channel=channel,
        update_key=update_key,
        conversation_id=conversation,
        kind=kind,
        payload=payload,
        position=position,
        group_key=group_key,
        received_at=clock.now(),
        created_at=now,
        ready_at=now + ALBUM_WAIT if group_key else now,
    )
    if group_key is not None and _album_answered(session, conversation, group_key):
        no_reply = "part of an album"  # a straggler: the album has had its answer
    if no_reply is not None:
        row.no_reply, row.done_at = no_reply, now
    session.add(row)
    session.flush()
    return Accepted(row.id, conversation, fresh=True)


def _album_answered(session: Session, conversation: str | None, group_key: str) -> bool:
    return bool(
        session.scalar(
            select(InboxRow.id)
            .where(
                InboxRow.conversation_id == conversation,
                InboxRow.group_key == group_key,
                InboxRow.done_at.is_not(None),
            )
            .limit(1)
        )
    )


def accept_notice(
    database: Database, notice_id: str, conversation: str, payload: dict[str, Any], *, clock: Clock
) -> Accepted | None:
    """Write a backend notice into the inbox of its conversation, once; None when we hold no such conversation."""
    with database.write() as session:
        row = _existing(session, "notice", notice_id)
        if row is not None:
            return Accepted(row.id, row.conversation_id, fresh=False)
        if session.get(ConversationRow, conversation) is None:
            return None
        now = MACHINE.now()
        last = session.scalar(
            select(func.max(InboxRow.position)).where(
                InboxRow.conversation_id == conversation, InboxRow.channel != "nudge"
            )
        )
        row = InboxRow(
            uid=new_id(),
            channel="notice",
            update_key=notice_id,
            conversation_id=conversation,
            kind="notice",
            payload=payload,
            position=last or 0,  # after everything that is already here
            received_at=clock.now(),
            created_at=now,
            ready_at=now,
        )
        session.add(row)
        session.flush()
        return Accepted(row.id, conversation, fresh=True)


def claim(database: Database, worker: str, channels: Collection[str]) -> InboxRow | None:
    """Take the oldest waiting row of a chat that nobody holds, and hold the chat; None when there is nothing to do.

    Only chats of `channels` (the ones this process serves). Rows of one chat are handed out one at a time and in order; a row that waits for its next try holds up its chat only.
    """
    now = MACHINE.now()
    with database.read() as session:  # most looks find nothing: they need no write lock
        if session.scalar(_waiting(now, channels)) is None:
            return None
    with database.write() as session:
        conversation = session.scalar(
            _waiting(now, channels).with_for_update(
                of=ConversationRow, skip_locked=True
            )  # left out on SQLite
        )
        # Asked again, under the lock: another worker may have finished the row we saw.
        row = next_row(session, conversation) if conversation else None
        if conversation is None or row is None or row.ready_at > now:
            return None
        _hold(session, conversation, worker, now)
        row.claimed_by, row.claimed_until = worker, now + LEASE
        row.attempts += 1
        return row


def next_row(session: Session, conversation: str) -> InboxRow | None:
    """The oldest row of a conversation that is neither done nor dead."""
    return session.scalar(
        select(InboxRow)
        .where(
            InboxRow.conversation_id == conversation, InboxRow.done_at.is_(None), InboxRow.dead_at.is_(None)
        )
        .order_by(InboxRow.position, InboxRow.id)
        .limit(1)
    )


def renew(database: Database, worker: str) -> None:
    """Hold on to every chat this worker holds."""
    with database.write() as session:
        session.execute(
            update(ConversationRow)
            .where(ConversationRow.leased_by == worker)
            .values(leased_until=MACHINE.now() + LEASE)
        )


def free_everything(database: Database) -> None:
    """On the start of the only process on this database: what a killed one still held is free again, at once."""
    with database.write() as session:
        session.execute(
            update(ConversationRow)
            .where(ConversationRow.leased_until.is_not(None))
            .values(leased_by=None, leased_until=None)
        )


def _waiting(now: datetime, channels: Collection[str]) -> Select[str]:
    older = aliased(InboxRow)
    return (
        select(ConversationRow.id)
        .join(InboxRow, InboxRow.conversation_id == ConversationRow.id)
        .where(
            InboxRow.done_at.is_(None),
            InboxRow.dead_at.is_(None),
            InboxRow.ready_at <= now,
            ConversationRow.channel.in_(channels),
            or_(ConversationRow.leased_until.is_(None), ConversationRow.leased_until <= now),
            ~exists().where(
                older.conversation_id == InboxRow.conversation_id,
                older.done_at.is_(None),
                older.dead_at.is_(None),
                or_(
                    older.position < InboxRow.position,
                    and_(older.position == InboxRow.position, older.id < InboxRow.id),
                ),
            ),
        )
        .order_by(InboxRow.id)
        .limit(1)
    )


def _hold(session: Session, conversation: str, worker: str, now: datetime) -> None:
    session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation)
        .values(leased_by=worker, leased_until=now + LEASE)
    )
