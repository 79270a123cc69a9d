"""Questions in the right person's words, and why they are asked."""

from __future__ import annotations

from typing import Final

from backend.eligibility import why
from backend.eligibility.model import FactRef
from handlers.casefile import screened
from handlers.lines import at_home, spoken, whom
from handlers.turn import Turn
from handlers.who import whose
from locales import text

_NAMED: Final = 3  # programmes named in a reason; more would be a list nobody reads


def question(turn: Turn, fact: str, subject: str) -> str:
    """The question about one fact of one subject: our own wording, else the catalogue's with the person put in."""
    t = spoken(turn)
    who, home = whom(turn, subject), at_home(turn)
    values = {"who": who, "whose": whose(t, who), "home": home, "whose_home": whose(t, home)}
    keys = [f"question.{fact}"] if who == t("who.you") else [f"question.{fact}.other", f"question.{fact}"]
    for key in keys:
        if t.has(key):
            return t(key, **values)
    definition = turn.catalogue.facts[fact]
    asked = text(definition.question, t.lang)
    if who in (t("who.you"), t("who.home.you")):
        return asked
    if t.lang == "zh" and "您" in asked:
        return asked.replace("您家", home).replace("您", who)
    return t("question.about", who=who, question=asked)


def reason(turn: Turn, fact: str, subject: str) -> str:
    """Why a question is asked, made from the rules themselves: the programmes whose outcome it can still change."""
    t = spoken(turn)
    case, _ = screened(turn.rules, turn.conversation.draft, turn.today)
    programmes = why(turn.rules, case, FactRef(fact, subject))
    names = [
        text(turn.catalogue.programmes[one].name, t.lang)
        for one in programmes
        if one in turn.catalogue.programmes
    ]
    if not names:
        return t("why.settled")
    more = len(names) > _NAMED
    return t("why.programmes.more" if more else "why.programmes", names=t("list.comma").join(names[:_NAMED]))
