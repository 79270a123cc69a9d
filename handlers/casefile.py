"""A draft as the rule engine takes it: one household on one day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from backend.eligibility import CaseError, Rules, screen, with_implied
from backend.eligibility.model import HOUSEHOLD, Answer, Case, Member, Screening
from handlers.conversation import Draft, Person, StoredFact
from handlers.facts import answer, find


def screened(rules: Rules, draft: Draft, on: date) -> tuple[Case, Screening]:
    """Everything said so far, per household and member (the applicant is always the first, `self`), and what the rules
    make of it.

    Answers that the rules of today no longer know (the catalogue may change under an open draft) stay in the draft
    and are left out here.
    """
    case = _case(rules, draft.facts, draft.people, members_complete(draft), on)
    try:
        return case, screen(rules, case)
    except CaseError:
        fitting = [one for one in draft.facts if fits(rules, one, on)]
        case = _case(rules, fitting, draft.people, members_complete(draft), on)
        return case, screen(rules, case)


def fits(rules: Rules, one: StoredFact, on: date) -> bool:
    """Whether the rules can take this answer at all: a fact they know, of the right subject, kind and size."""
    people = [] if one.subject in (HOUSEHOLD, "self") else [Person(one.subject, "other")]
    try:
        screen(rules, _case(rules, [one], people, False, on))
    except CaseError:
        return False
    return True


def members_complete(draft: Draft) -> bool:
    """Whether everybody of the household has been spoken of: as many people as the household counts."""
    size = find(draft, "household_size", HOUSEHOLD)
    return draft.members_complete or (
        size is not None and size.value is not None and size.value == len(draft.people) + 1
    )


def _case(
    rules: Rules, facts: Iterable[StoredFact], people: Iterable[Person], complete: bool, on: date
) -> Case:
    answers = {(one.subject, one.fact): answer(one, rules.catalogue.facts.get(one.fact)) for one in facts}
    members = [("self", "self"), *((one.id, one.relation) for one in people)]

    def of(subject: str) -> dict[str, Answer]:
        return {fact: each for (whose, fact), each in answers.items() if whose == subject}

    case = Case(
        on=on,
        household=of(HOUSEHOLD),
        members=tuple(Member(id_, relation, of(id_)) for id_, relation in members),
        members_complete=complete,
    )
    return with_implied(rules.catalogue, case)
