"""What is to be sent, as rows: which may go now, who holds them, and what became of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from backend.tools.sql import Database
from bot.inbox import MACHINE
from bot.sending import Question, Sending
from bot.store import ConversationRow, InboxRow, OutboundRow
from bot.turn_store import changed

LEASE = timedelta(
    seconds=8
)  # renewed by `outbound.Outbound` while it lives, so a dead one's messages go out soon
RESEND_AFTER = timedelta(seconds=60)
LADDER = (10, 60, *[300] * 48, *[3600] * 68)  # seconds: 4 hours in steps of 5 minutes, then hourly to 3 days
DUE = or_(
    OutboundRow.status == "pending", and_(OutboundRow.status == "uncertain", OutboundRow.resent.is_(False))
)


def _earlier(row: type[OutboundRow]) -> Any:
    """A row before `row` in the same chat that has to go first."""
    older = aliased(OutboundRow)
    return exists().where(
        older.conversation_id == row.conversation_id,
        older.id < row.id,
        older.status.in_(("pending", "leased")),
    )


def due(database: Database, channel: str, limit: int = 50) -> list[Sending]:
    """The first waiting message of each chat, replies before notices."""
    now = MACHINE.now()
    with database.read() as session:
        found = session.execute(
            select(OutboundRow, ConversationRow)
            .join(ConversationRow, ConversationRow.id == OutboundRow.conversation_id)
            .where(
                ConversationRow.channel == channel, DUE, OutboundRow.next_at <= now, ~_earlier(OutboundRow)
            )
            .order_by(OutboundRow.notice_id.is_not(None), OutboundRow.id)
            .limit(limit)
        ).all()
        first: dict[str, Sending] = {}
        for row, chat in found:
            if chat.id not in first or row.id < first[chat.id].row:
                first[chat.id] = _sending(session, row, chat)
        return list(first.values())


def lease(database: Database, sending: Sending, worker: str) -> bool:
    """Take a message to send it; False when another worker was faster or its turn has not come."""
    now = MACHINE.now()
    with database.write() as session:
        return changed(
            session,
            update(OutboundRow)
            .where(OutboundRow.id == sending.row, DUE, OutboundRow.next_at <= now, ~_earlier(OutboundRow))
            .values(status="leased", leased_by=worker, leased_until=now + LEASE,
                    attempts=OutboundRow.attempts + 1, resent=or_(OutboundRow.resent, OutboundRow.status == "uncertain")),
        ) == 1  # fmt: skip


def renew(database: Database, worker: str) -> None:
    """Hold on to every message this worker is sending."""
    with database.write() as session:
        session.execute(
            update(OutboundRow)
            .where(OutboundRow.status == "leased", OutboundRow.leased_by == worker)
            .values(leased_until=MACHINE.now() + LEASE)
        )


def sent(database: Database, sending: Sending, provider_ids: list[Any]) -> None:
    """It arrived."""
    with database.write() as session:
        _mark(
            session,
            sending,
            status="sent",
            sent_at=MACHINE.now(),
            next_at=None,
            reason=None,
            provider_ids=provider_ids,
        )
        closed = [question.row for question in sending.open]
        if closed:
            session.execute(update(OutboundRow).where(OutboundRow.id.in_(closed)).values(closed=True))


def retry(database: Database, sending: Sending, reason: str, *, unclear: bool) -> None:
    """It did not arrive (surely, or most likely when `unclear`): next try by the ladder, dead at its end."""
    with database.write() as session:
        if sending.attempts >= len(LADDER):
            _mark(session, sending, status="dead", reason="not reached for three days", next_at=None)
            return
        after = MACHINE.now() + timedelta(seconds=LADDER[sending.attempts])
        values: dict[str, Any] = {"unclear": True} if unclear else {}
        _mark(session, sending, status="pending", reason=reason, next_at=after, **values)


def wait(database: Database, sending: Sending, seconds: float) -> None:
    """The channel said when; not counted as a try. Chats told to wait together do not come back together."""
    spread = (sending.row % 10) / 10
    with database.write() as session:
        _mark(
            session, sending, status="pending", reason="too many", attempts=sending.attempts,
            next_at=MACHINE.now() + timedelta(seconds=seconds + spread),
        )  # fmt: skip


def uncertain(database: Database, sending: Sending) -> None:
    """It may have arrived: one more try after a while, then a person has to see to it."""
    with database.write() as session:
        if sending.resent:
            _mark(session, sending, status="dead", reason="not known whether it arrived", next_at=None)
        else:
            _mark(
                session,
                sending,
                status="uncertain",
                unclear=True,
                reason="no answer",
                next_at=MACHINE.now() + RESEND_AFTER,
            )


def dead(database: Database, sending: Sending, reason: str, *, unreachable: bool) -> None:
    """It will never arrive."""
    with database.write() as session:
        _mark(session, sending, status="dead", reason=reason, next_at=None)
        if unreachable:
            session.execute(
                update(ConversationRow)
                .where(ConversationRow.id == sending.conversation)
                .values(unreachable_at=MACHINE.now(), unreachable_reason=reason)
            )


def recover(database: Database, *, everything: bool = False) -> int:
    """What a killed process was sending may have arrived or not: it is sent once more, at once. Gives the number.

    `everything`: on the start of the only process on this database, without waiting for the lease to run out.
    """
    now = MACHINE.now()
    stale = OutboundRow.status == "leased"
    if not everything:
        stale = and_(stale, OutboundRow.leased_until <= now)
    with database.write() as session:
        given_up = changed(
            session,
            update(OutboundRow).where(stale, OutboundRow.resent.is_(True))
            .values(status="dead", reason="not known whether it arrived", next_at=None, leased_by=None, leased_until=None),
        )  # fmt: skip
        return given_up + changed(
            session,
            update(OutboundRow)
            .where(stale)
            .values(status="uncertain", unclear=True, reason="stopped while sending", next_at=now,
                    leased_by=None, leased_until=None),
        )  # fmt: skip


def supersede(database: Database, sending: Sending) -> bool:
    """Whether an uncertain question need not be sent again, because the chat has gone on; then it is closed."""
    if sending.is_notice or sending.message.get("receipt") or not sending.again:
        return False
    with database.write() as session:
        later = session.scalar(
            select(OutboundRow.id)
            .where(
                OutboundRow.conversation_id == sending.conversation,
                OutboundRow.id > sending.row,
                OutboundRow.status == "sent",
            )
            .limit(1)
        )
        if later is not None:
            _mark(session, sending, status="dead", reason="superseded", next_at=None)
        return later is not None


def _mark(session: Session, sending: Sending, **values: Any) -> None:
    session.execute(
        update(OutboundRow)
        .where(OutboundRow.id == sending.row)
        .values(leased_by=None, leased_until=None, **values)
    )


def _sending(session: Session, row: OutboundRow, chat: ConversationRow) -> Sending:
    return Sending(
        row=row.id,
        conversation=chat.id,
        chat_key=chat.chat_key,
        lang=chat.lang,
        message=row.message,
        attempts=row.attempts,
        resent=row.resent or row.status == "uncertain",
        again=row.unclear,
        is_notice=row.notice_id is not None,
        open=_open_questions(session, row),
    )


def _open_questions(session: Session, row: OutboundRow) -> tuple[Question, ...]:
    """What this message answers: the buttons of the last turn, when this is the first piece of a new one.

    A notice answers nothing, and buttons under a notice stay: people keep notices as they were.
    """
    if row.notice_id is not None or row.position > 0:
        return ()
    said = (
        OutboundRow.conversation_id == row.conversation_id,
        OutboundRow.id < row.id,
        OutboundRow.status == "sent",
        OutboundRow.notice_id.is_(None),
    )
    last = session.scalar(select(OutboundRow.inbox_id).where(*said).order_by(OutboundRow.id.desc()).limit(1))
    rows = session.scalars(
        select(OutboundRow).where(*said, OutboundRow.inbox_id == last, OutboundRow.closed.is_(False))
    )
    return tuple(
        Question(one.id, one.provider_ids, one.message)
        for one in rows
        if one.message.get("choices") and one.provider_ids
    )


def waiting(database: Database) -> dict[str, float]:
    """How much is not done yet and for how long, for `/readyz` and the alarm."""
    now = MACHINE.now()
    with database.read() as session:
        inbox = list(
            session.scalars(
                select(InboxRow.created_at).where(InboxRow.done_at.is_(None), InboxRow.dead_at.is_(None))
            )
        )
        unsent = list(
            session.scalars(
                select(OutboundRow.created_at).where(
                    OutboundRow.status.in_(("pending", "leased", "uncertain"))
                )
            )
        )
    return {
        "inbox": len(inbox),
        "inbox_oldest_seconds": _age(inbox, now),
        "outbound": len(unsent),
        "outbound_oldest_seconds": _age(unsent, now),
    }


def _age(moments: list[datetime], now: datetime) -> float:
    return round(max(((now - moment).total_seconds() for moment in moments), default=0.0), 1)
