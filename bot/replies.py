"""Reading what the desk has said: for channels where a message is delivered by being readable (web, terminal)."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import select

from backend.tools.sql import Database
from bot.signals import Signals
from bot.store import InboxRow, OutboundRow


def messages_after(database: Database, conversation: str, after: int = 0) -> list[dict[str, Any]]:
    """Everything said in a conversation after message `after`, oldest first, as the web chat's `Message`."""
    with database.read() as session:
        rows = session.scalars(
            select(OutboundRow)
            .where(OutboundRow.conversation_id == conversation, OutboundRow.id > after)
            .order_by(OutboundRow.id)
        )
        return [_message(row) for row in rows]


def answer_of(database: Database, inbox_id: int) -> list[dict[str, Any]] | None:
    """What was said in answer to one inbox row, or None while it is not done."""
    with database.read() as session:
        row = session.get_one(InboxRow, inbox_id)
        if row.done_at is None and row.dead_at is None:
            return None
        rows = session.scalars(
            select(OutboundRow).where(OutboundRow.inbox_id == inbox_id).order_by(OutboundRow.id)
        )
        return [_message(said) for said in rows]


async def wait_for_answer(
    database: Database, signals: Signals, conversation: str, inbox_id: int, seconds: float
) -> list[dict[str, Any]] | None:
    """What was said in answer to one inbox row; None when the turn takes longer than `seconds`.

    The messages are not lost then: they can be read with `messages_after` when they are there.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    with signals.subscribe(conversation) as news:
        while True:
            answer = await asyncio.to_thread(answer_of, database, inbox_id)
            left = end - loop.time()
            if answer is not None or left <= 0:
                return answer
            await news.wait(min(left, 1.0))


def _message(row: OutboundRow) -> dict[str, Any]:
    return {"id": str(row.id), **row.message}
