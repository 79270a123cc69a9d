"""What must always be true of the bot's own database (`onedoor check`): nothing lost, nothing sent in silence.

Read after everything has had its time: what is under way is not broken.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.inbox import MACHINE
from bot.store import ConversationRow, InboxRow, OutboundRow

HANDLED_WITHIN = timedelta(seconds=60)
SENT_WITHIN = timedelta(hours=1)


def broken(session: Session) -> Iterator[str]:
    """A line for each row that is not as it must be; rows are named by number, never by what they say."""
    now = MACHINE.now()
    answered = exists().where(OutboundRow.inbox_id == InboxRow.id)
    unsent = OutboundRow.status.in_(("pending", "leased", "uncertain"))
    late = or_(OutboundRow.next_at.is_(None), OutboundRow.next_at > now + SENT_WITHIN)
    rules: dict[str, tuple[InstrumentedAttribute[int], ColumnElement[bool]]] = {
        "every message that came in is handled or put aside within a minute": (
            InboxRow.id,
            and_(InboxRow.done_at.is_(None), InboxRow.dead_at.is_(None), InboxRow.created_at < now - HANDLED_WITHIN),
        ),
        "no message is both handled and put aside": (
            InboxRow.id, and_(InboxRow.done_at.is_not(None), InboxRow.dead_at.is_not(None)),
        ),
        "every message that was handled has an answer or a reason for none": (
            InboxRow.id, and_(InboxRow.done_at.is_not(None), InboxRow.no_reply.is_(None), ~answered),
        ),
        "what is sent has a time, what never arrives a reason, and nothing has both": (
            OutboundRow.id,
            or_(
                and_(OutboundRow.status == "sent", OutboundRow.sent_at.is_(None)),
                and_(OutboundRow.status == "dead", or_(OutboundRow.reason.is_(None), OutboundRow.sent_at.is_not(None))),
                and_(unsent, OutboundRow.sent_at.is_not(None)),
            ),
        ),
        "what is not sent yet is tried again within the hour": (
            OutboundRow.id, and_(OutboundRow.status.in_(("pending", "uncertain")), late),
        ),
        "nothing waits unsent for more than an hour in silence": (
            OutboundRow.id, and_(unsent, OutboundRow.reason.is_(None), OutboundRow.created_at < now - SENT_WITHIN),
        ),
        "what Telegram has taken was tried and has its number": (
            OutboundRow.id,
            and_(
                OutboundRow.status == "sent",
                OutboundRow.attempts == 0,
                OutboundRow.conversation_id.in_(select(ConversationRow.id).where(ConversationRow.channel == "telegram")),
            ),
        ),
    }  # fmt: skip
    for rule, (number, wrong) in rules.items():
        for row in session.scalars(select(number).where(wrong).order_by(number)):
            yield f"{rule}: {number.class_.__tablename__} {row}"
