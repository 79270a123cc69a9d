"""A draft as the rule engine takes it: one household on one day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from backend.eligibility.model import HOUSEHOLD, Answer, Case, Member
from handlers.conversation import Draft
from handlers.facts import answer, find


def case_of(draft: Draft, on: date) -> Case:
    """Everything said so far, per household and member; the applicant is always the first member, `self`."""
    people = [("self", "self"), *((one.id, one.relation) for one in draft.people)]
    return Case(
        on=on,
        household=_answers(draft, HOUSEHOLD),
        members=tuple(Member(id_, relation, _answers(draft, id_)) for id_, relation in people),
        members_complete=members_complete(draft),
    )


def members_complete(draft: Draft) -> bool:
    """Whether everybody of the household has been spoken of: as many people as the household counts."""
    size = find(draft, "household_size", HOUSEHOLD)
    return draft.members_complete or (
        size is not None and size.value is not None and size.value == len(draft.people) + 1
    )


def _answers(draft: Draft, subject: str) -> Mapping[str, Answer]:
    return {one.fact: answer(one) for one in draft.facts if one.subject == subject}
