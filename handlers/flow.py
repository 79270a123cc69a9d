"""The steps by name. Adding one is copying a neighbour in `steps/` and a line here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from handlers.messages import Reply
from handlers.plan import go
from handlers.steps import (
    basis,
    called,
    cancel,
    choose,
    consent,
    details,
    documents,
    doubt,
    filed,
    forget,
    language,
    mend,
    office,
    question,
    relation,
    reporter,
    review,
    situation,
    suggestions,
    understood,
    whom,
)
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Step:
    """Two small functions, and where "back" leads (nowhere: the step is asked again)."""

    ask: Callable[[Turn], Awaitable[Reply]]
    receive: Callable[[Turn], Awaitable[str | None]]
    back: Callable[[Turn], str] | None = None
    why: Callable[[Turn], str] | None = None


def _to(step: str) -> Callable[[Turn], str]:
    return lambda turn: go(turn, step)


def _from_situation(turn: Turn) -> str:
    """Before anything was told one may still say that it is for somebody else; afterwards that is a new application."""
    draft = turn.conversation.draft
    if not draft.facts and not draft.story:
        return go(turn, "reporter")
    return go(turn, "understood") if draft.facts else "situation"


def _from_basis(turn: Turn) -> str:
    """Once there are facts, whom they are about stays; before, it may be said anew."""
    return go(turn, "understood") if turn.conversation.draft.facts else go(turn, "reporter")


STEPS: Final[Mapping[str, Step]] = {
    "language": Step(language.ask, language.receive),
    "consent": Step(consent.ask, consent.receive, _to("language")),
    "reporter": Step(reporter.ask, reporter.receive),
    "relation": Step(relation.ask, relation.receive, _to("reporter")),
    "called": Step(called.ask, called.receive, _to("reporter")),
    "basis": Step(basis.ask, basis.receive, _from_basis),
    "situation": Step(situation.ask, situation.receive, _from_situation),
    "understood": Step(understood.ask, understood.receive, lambda turn: go(turn, "situation", more=True)),
    "whom": Step(whom.ask, whom.receive, _to("understood")),
    "mend": Step(mend.ask, mend.receive, _to("understood")),
    "doubt": Step(doubt.ask, doubt.receive, _to("understood")),
    "question": Step(question.ask, question.receive, question.back, question.why),
    "suggestions": Step(suggestions.ask, suggestions.receive, suggestions.back),
    "choose": Step(choose.ask, choose.receive, choose.back),
    "documents": Step(documents.ask, documents.receive, _to("choose")),
    "details": Step(details.ask, details.receive, details.back, details.why),
    "review": Step(review.ask, review.receive, review.back),
    "filed": Step(filed.ask, filed.receive),
    "office": Step(office.ask, office.receive, office.back),
    "cancel": Step(cancel.ask, cancel.receive, cancel.back),
    "forget": Step(forget.ask, forget.receive, forget.back),
}
