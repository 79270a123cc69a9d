"""Leave it: the draft is thrown away only after a clear yes under what would be lost."""

from __future__ import annotations

from handlers.choices import button
from handlers.lines import spoken
from handlers.messages import Reply
from handlers.plan import go
from handlers.replies import reply
from handlers.start import begin
from handlers.turn import Turn


async def ask(turn: Turn) -> Reply:
    """Says how much has been answered so far."""
    t = spoken(turn)
    return reply(
        turn,
        "cancel",
        t.n("cancel.ask", len(turn.conversation.draft.facts)),
        button(t("cancel.keep"), "go", "no"),
        button(t("cancel.drop"), "confirm", "drop"),
    )


async def receive(turn: Turn) -> str | None:
    """Only the button drops it; anything else leaves everything as it was."""
    if turn.picked is None:
        return None
    if turn.picked.act == "drop":
        turn.notes.append(spoken(turn)("cancel.done"))
        turn.conversation.held.clear()
        return begin(turn)
    return back(turn)


def back(turn: Turn) -> str:
    """Where the conversation was."""
    place = turn.conversation.step_data.get("return")
    return go(turn, place["step"], **place["data"]) if place else go(turn, "filed")
