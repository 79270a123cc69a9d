"""Which line is wrong: one tap per line, a few at a time."""

from __future__ import annotations

from handlers.answers import page
from handlers.choices import button, most
from handlers.lines import full, spoken
from handlers.messages import Reply
from handlers.plan import go
from handlers.reading import heard, take
from handlers.replies import reply
from handlers.steps.understood import note_changes, unconfirmed
from handlers.turn import Turn


async def ask(turn: Turn) -> Reply:
    """Each line understood so far as a button."""
    t = spoken(turn)
    lines = [button(full(turn, one), "correct", f"fix:{one.fact}:{one.subject}") for one in unconfirmed(turn)]
    shown = page(t, lines, turn.conversation.step_data.get("page", 0), most(turn.conversation) - 1)
    return reply(turn, "mend", t("mend.ask"), *shown, button(t("mend.none"), "back", "done"))


async def receive(turn: Turn) -> str | None:
    """A line is asked again as a question; a correction may also be typed."""
    if turn.picked is None:
        taken = take(turn, heard(turn))
        note_changes(turn, taken.replaced)
        return go(turn, "understood") if taken.anything() else None
    if turn.picked.act == "more":
        return go(turn, "mend", page=turn.conversation.step_data.get("page", 0) + 1)
    if turn.picked.act.startswith("fix:"):
        _, fact, subject = turn.picked.act.split(":", 2)
        return go(turn, "question", fact=fact, subject=subject, return_to="understood")
    return go(turn, "understood")
