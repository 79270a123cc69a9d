"""Conversations of the web chat as their owner sees them: opened, found by token, read."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from backend.tools.sql import Database
from bot.inbox import MACHINE, new_id
from bot.store import ConversationRow, InboxRow, OutboundRow

ID = re.compile(r"[0-9a-f]{32}")
NO_TOKEN = hashlib.sha256(
    b""
).hexdigest()  # compared with when there is no such conversation, so that time tells nothing


@dataclass(frozen=True, slots=True)
class Seat:
    """A conversation whose token was shown."""

    conversation: str
    lang: str | None


def open_seat(database: Database) -> tuple[str, str]:
    """A new conversation and its token of 256 bits. Only the token's digest is kept."""
    conversation, token, now = new_id(), secrets.token_urlsafe(32), MACHINE.now()
    with database.write() as session:
        session.add(
            ConversationRow(
                id=conversation,
                channel="web",
                chat_key=conversation,
                version=0,
                token_hash=_digest(token),
                created_at=now,
                updated_at=now,
            )
        )
    return conversation, token


def find_seat(database: Database, conversation: str, token: str) -> Seat | None:
    """The conversation, if the token is its own; None tells neither whether it exists nor whose it is."""
    if not ID.fullmatch(conversation):
        return None
    with database.read() as session:
        row = session.get(ConversationRow, conversation)
        kept = row.token_hash if row is not None and row.channel == "web" and row.token_hash else NO_TOKEN
        if not hmac.compare_digest(kept, _digest(token)) or row is None:
            return None
        return Seat(row.id, row.lang)


def update_key(conversation: str, message_id: str) -> str:
    """What makes a client's message unique: its id within its conversation."""
    return f"{conversation}/{message_id}"


def after(
    database: Database, conversation: str, last: int = 0, limit: int | None = None
) -> list[dict[str, Any]]:
    """Everything the desk said after message `last`, oldest first, as `Message`s."""
    return _messages(
        database, OutboundRow.conversation_id == conversation, OutboundRow.id > last, limit=limit
    )


def answer_to(database: Database, inbox_id: int) -> list[dict[str, Any]]:
    """What the desk said in answer to one message."""
    return _messages(database, OutboundRow.inbox_id == inbox_id)


def said(database: Database, conversation: str) -> list[dict[str, Any]]:
    """What the reporter did, oldest first: `{"message_id", "text"|"choice"|"attachment", "done"}`, for a page reloaded."""
    with database.read() as session:
        rows = session.scalars(
            select(InboxRow)
            .where(
                InboxRow.conversation_id == conversation, InboxRow.kind.in_(("text", "choice", "attachment"))
            )
            .order_by(InboxRow.id)
        )
        return [
            {
                "message_id": row.update_key.partition("/")[2],
                **{key: row.payload[key] for key in ("text", "choice") if row.payload.get(key)},
                **({"attachment": row.payload["attachment"]["type"]} if row.kind == "attachment" else {}),
                "done": row.done_at is not None or row.dead_at is not None,
            }
            for row in rows
        ]


def attachment(database: Database, inbox_id: int) -> dict[str, Any] | None:
    """What the page may know of the file that came with a message; None when it was something else."""
    with database.read() as session:
        row = session.get_one(InboxRow, inbox_id)
        kept = row.payload.get("attachment") or {}
        return {key: kept[key] for key in ("id", "type", "size")} if kept else None


def is_handled(database: Database, inbox_id: int) -> bool:
    """Whether a message has been dealt with (or put aside with a word)."""
    with database.read() as session:
        row = session.get(InboxRow, inbox_id)
        return row is None or row.done_at is not None or row.dead_at is not None


def _messages(database: Database, *where: Any, limit: int | None = None) -> list[dict[str, Any]]:
    with database.read() as session:
        rows = session.execute(
            select(OutboundRow, InboxRow.update_key, InboxRow.channel, ConversationRow.lang)
            .join(ConversationRow, ConversationRow.id == OutboundRow.conversation_id)
            .outerjoin(InboxRow, InboxRow.id == OutboundRow.inbox_id)
            .where(*where)
            .order_by(OutboundRow.id)
            .limit(limit)
        )
        return [
            {
                "id": str(row.id),
                **row.message,
                "at": row.created_at.isoformat(timespec="seconds"),
                "lang": lang,
                "in_reply_to": key.partition("/")[2] if channel == "web" and key else None,
            }
            for row, key, channel, lang in rows
        ]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
