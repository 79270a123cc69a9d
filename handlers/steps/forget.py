"""Delete what the desk keeps about this conversation, after a clear yes. What was filed belongs to the office's records."""

from __future__ import annotations

from handlers.choices import button
from handlers.conversation import Draft
from handlers.lines import spoken
from handlers.messages import Reply
from handlers.plan import go
from handlers.replies import reply
from handlers.steps import cancel
from handlers.turn import Turn

back = cancel.back


async def ask(turn: Turn) -> Reply:
    """Says what will go and what stays."""
    t = spoken(turn)
    text = t("forget.ask") + ("\n" + t("forget.filed") if turn.conversation.filed else "")
    return reply(
        turn,
        "forget",
        text,
        button(t("forget.no"), "go", "no"),
        button(t("forget.yes"), "confirm", "delete"),
    )


async def receive(turn: Turn) -> str | None:
    """Only the button deletes."""
    if turn.picked is None:
        return None
    if turn.picked.act != "delete":
        return back(turn)
    conversation = turn.conversation
    conversation.draft = Draft()
    conversation.held.clear()
    conversation.transcript.clear()
    conversation.unsent.clear()
    conversation.consented = False
    turn.notes.append(spoken(turn)("forget.done"))
    return go(turn, "consent", told=True)
