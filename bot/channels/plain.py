"""Channels whose messages are our own already (web, terminal): the payload is `{"text", "choice", "start", "lang"}`."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

from bot import nudges
from bot.store import InboxRow
from bot.turn_store import Before
from handlers.messages import InboundMessage, Reply


class Plain:
    """Web chat and terminal: nothing to translate, nothing to push."""

    pushes = False

    def read(self, row: InboxRow, before: Before) -> InboundMessage:
        """What was said, in our own words."""
        return inbound(row, before)

    def parts(self, reply: Reply) -> list[Reply]:
        """Whole: there is no limit to a message here."""
        return [reply]

    def busy(self, chat_key: str) -> AbstractAsyncContextManager[object]:
        """The page shows this by itself."""
        return nullcontext(chat_key)


def inbound(row: InboxRow, before: Before, **said: Any) -> InboundMessage:
    """An inbox row as a message: from its payload, or from what the channel made of it (`said`)."""
    payload = row.payload
    common: dict[str, Any] = {
        "id": row.uid, "channel": before.channel, "conversation": before.conversation, "received_at": row.received_at,
    }  # fmt: skip
    if row.kind == "notice":
        return InboundMessage(**common, kind="notice", notice=payload)
    if row.kind == nudges.KIND:
        return InboundMessage(**common, kind="nudge")
    if not said:
        said = {
            "kind": row.kind,
            "text": payload.get("text") or "",
            "choice": payload.get("choice"),
            "start": payload.get("start"),
            "lang": payload.get("lang"),
        }
    return InboundMessage(**common, **said)
