"""What may apply, in order: programmes with their best result, their names, amounts and reasons in plain words."""

from __future__ import annotations

from typing import Final

from backend.eligibility.model import Result, Screening
from handlers.lines import spoken, whom
from handlers.messages import SuggestionLine
from handlers.plan import screening
from handlers.submission import truth_word
from handlers.turn import Turn
from locales import text
from locales.reasons import amount_words, reasons

_ORDER: Final = {True: 0, None: 1, False: 2}


def name(turn: Turn, programme: str) -> str:
    """A programme's name in the reader's language."""
    found = turn.catalogue.programmes.get(programme)
    return text(found.name, spoken(turn).lang) if found else programme


def title(turn: Turn, programme: str, subject: str) -> str:
    """A programme with whom it is for, where the household has several people."""
    if subject == "household" or not turn.conversation.draft.people:
        return name(turn, programme)
    return spoken(turn)("offer.title", name=name(turn, programme), who=whom(turn, subject))


def ranked(turn: Turn, found: Screening) -> list[Result]:
    """Likely ones first, then those that cannot be told yet, then the rest; urgent help leads its group."""

    def place(one: Result) -> tuple[int, bool]:
        programme = turn.catalogue.programmes.get(one.programme)
        return _ORDER[one.truth], not (programme and programme.urgent)

    return sorted(found.results, key=place)


def best(turn: Turn) -> list[Result]:
    """What is worth listing: per programme every likely person; for the rest the first person only."""
    seen: set[str] = set()
    found = []
    for one in ranked(turn, screening(turn)):
        if one.truth or one.programme not in seen:
            found.append(one)
        seen.add(one.programme)
    return found


def line(turn: Turn, result: Result) -> SuggestionLine:
    """One suggestion with its words."""
    t = spoken(turn)
    amount = amount_words(turn.catalogue, result, t.lang) if result.truth else None
    return SuggestionLine(
        programme=result.programme,
        subject=result.subject,
        truth=truth_word(result.truth),
        name=name(turn, result.programme),
        whom="" if result.subject == "household" else whom(turn, result.subject),
        amount=amount or "",
        reasons=tuple(reasons(turn.catalogue, result, t.lang)),
    )
