"""Welcome and consent in three short messages: what this is, what is kept and who sees it, may we begin."""

from __future__ import annotations

from handlers.choices import button
from handlers.early import hold_if_telling
from handlers.lines import spoken
from handlers.messages import Reply
from handlers.plan import go
from handlers.replies import reply
from handlers.turn import Turn


async def ask(turn: Turn) -> Reply:
    """The first two messages are said once; the question is repeated as often as needed."""
    t = spoken(turn)
    data = turn.conversation.step_data
    if not data.get("told"):
        turn.replies.append(reply(turn, "welcome", t("welcome.hello", district=_district(turn))))
        turn.replies.append(Reply("welcome", t("welcome.privacy")))
        turn.conversation.step_data = {**data, "told": True}
    return reply(
        turn,
        "consent",
        t("consent.ask"),
        button(t("consent.yes"), "confirm", "yes"),
        button(t("consent.no"), "decline", "no"),
        button(t("button.human"), "human", "/human"),
    )


async def receive(turn: Turn) -> str | None:
    """Only a clear yes goes on; a story told before it is kept and the question put again."""
    t = spoken(turn)
    if turn.picked and turn.picked.act == "yes":
        turn.conversation.consented = True
        return go(turn, "reporter")
    if turn.picked and turn.picked.act == "no":
        turn.conversation.held.clear()  # "nothing is kept" is meant: not even what was said too early
        turn.conversation.transcript.clear()
        turn.notes.append(t("consent.refused"))
        return "consent"
    if hold_if_telling(turn):
        turn.notes.append(t("early.kept"))
        return "consent"
    return None


def _district(turn: Turn) -> str:
    return turn.catalogue.district.get(spoken(turn).lang) or next(iter(turn.catalogue.district.values()), "")
