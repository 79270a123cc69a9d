"""What the person is to the one who types: "my father". Asked of proxies only."""

from __future__ import annotations

from typing import Final

from handlers.choices import button
from handlers.early import hold_if_telling
from handlers.lines import spoken
from handlers.messages import Reply
from handlers.plan import go
from handlers.relations import named
from handlers.replies import reply
from handlers.turn import Turn

_OFFERED: Final = ("father", "mother", "spouse", "son", "daughter", "grandfather", "grandmother", "other")


async def ask(turn: Turn) -> Reply:
    """Eight buttons are as many as fit; brothers and sisters can be typed."""
    t = spoken(turn)
    return reply(
        turn,
        "relation",
        t("relation.ask"),
        *(button(t(f"relation.mine.{one}"), "answer", one, value=one) for one in _OFFERED),
    )


async def receive(turn: Turn) -> str | None:
    """A button, or the word for the person."""
    said = turn.message.text
    relation = turn.picked.act if turn.picked else named(said) if len(said) <= 12 else None
    if relation is None:
        if hold_if_telling(turn):
            turn.notes.append(spoken(turn)("early.kept"))
            return "relation"
        return None
    turn.conversation.draft.reporter.relation = relation
    return go(turn, "called" if relation == "other" else "basis")
