"""The answers of a draft: looked up, stored, replaced with the old one kept, taken back."""

from __future__ import annotations

from datetime import date

from backend.eligibility.model import Answer, FactDef, Range
from handlers.conversation import Draft, StoredFact


def find(draft: Draft, fact: str, subject: str) -> StoredFact | None:
    """What is known of one fact of one subject, or None when it was never answered."""
    return next((one for one in draft.facts if one.fact == fact and one.subject == subject), None)


def put(draft: Draft, new: StoredFact) -> StoredFact | None:
    """Store an answer in the place of the earlier one, which is kept in the history and returned."""
    old = find(draft, new.fact, new.subject)
    if old is None:
        draft.facts.append(new)
    else:
        draft.facts[draft.facts.index(old)] = new
        draft.history.append(old)
    return old


def drop(draft: Draft, fact: str, subject: str) -> None:
    """Take an answer back: "that is not what I said"."""
    old = find(draft, fact, subject)
    if old is not None:
        draft.facts.remove(old)
        draft.history.append(old)
        if subject in {one.id for one in draft.people} and all(one.subject != subject for one in draft.facts):
            # Nothing is left of somebody who was misheard.
            draft.people = [one for one in draft.people if one.id != subject]
            draft.asked = [one for one in draft.asked if one[1] != subject]
            draft.chosen = [one for one in draft.chosen if one[1] != subject]


def same(one: StoredFact, other: StoredFact) -> bool:
    """Whether two answers say the same."""
    return (one.state, one.value, one.low, one.high) == (other.state, other.value, other.low, other.high)


def answer(stored: StoredFact, definition: FactDef | None) -> Answer:
    """The answer as the rule engine takes it; days are kept as ISO words between turns."""
    if stored.state != "answered":
        return Answer(state=stored.state)
    if definition is not None and definition.type == "date" and isinstance(stored.value, str):
        try:
            return Answer(date.fromisoformat(stored.value))
        except ValueError:
            return Answer(stored.value)  # the engine says that it does not fit
    if stored.value is not None:
        return Answer(stored.value)
    return Answer(Range(stored.low, stored.high))
