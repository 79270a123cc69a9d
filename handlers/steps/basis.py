"""On what ground somebody speaks for another: they know and agree, a guardian, or they cannot speak for themselves."""

from __future__ import annotations

from typing import Final, Literal

from handlers.choices import button
from handlers.early import hold_if_telling
from handlers.lines import spoken, whom
from handlers.messages import Reply
from handlers.plan import go_on
from handlers.replies import reply
from handlers.steps import situation
from handlers.turn import Turn
from handlers.words import YES, clean

_BASES: Final[tuple[Literal["spoken", "guardian", "cannot_consent"], ...]] = (
    "spoken",
    "guardian",
    "cannot_consent",
)


async def ask(turn: Turn) -> Reply:
    """Kept with the application, so that the office can see in whose name it was made."""
    t = spoken(turn)
    return reply(
        turn,
        "basis",
        t("basis.ask", who=whom(turn, "self")),
        *(button(t(f"basis.{one}"), "answer", one, value=one) for one in _BASES),
        button(t("button.why"), "why", "/why"),
        button(t("button.back"), "back", "/back"),
    )


async def receive(turn: Turn) -> str | None:
    """A button; a plain "yes" means that they know and agree."""
    t = spoken(turn)
    if turn.picked is None and clean(turn.message.text) not in YES:
        if hold_if_telling(turn):
            turn.notes.append(t("early.kept"))
            return "basis"
        return None
    act = turn.picked.act if turn.picked else _BASES[0]
    consent = next((one for one in _BASES if one == act), _BASES[0])
    turn.conversation.draft.reporter.consent = consent
    # Facts are there already when a story told "for myself" turned out to be about somebody else.
    return go_on(turn) if turn.conversation.draft.facts else situation.enter(turn)
