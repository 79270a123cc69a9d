"""Has this household filed before? Only a pointer for the caseworker: nothing is merged and nothing refused."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from backend.contract import SubmissionIn
from backend.intake.models import Submission
from backend.people.models import Person


def earlier_household(session: Session, filed: SubmissionIn) -> int | None:
    """The household of the newest earlier filing that looks like the same people, or None.

    The same conversation filing for the one who types; or the same applicant's name together with the same
    conversation or the same telephone.
    """
    name = _applicant(filed)
    rows = session.execute(
        select(Submission, Person.name)
        .outerjoin(Person, (Person.household_id == Submission.household_id) & (Person.relation == "self"))
        .where(_may_be(filed))
        .order_by(Submission.id.desc())
        .limit(50)
    )
    for earlier, earlier_name in rows:
        both_selves = earlier.reporter_kind == filed.reporter.kind == "self" and _same_contact(earlier, filed)
        names_agree = bool(name) and name == earlier_name
        if names_agree or (both_selves and (not name or not earlier_name)):
            return int(earlier.household_id)
    return None


def _may_be(filed: SubmissionIn) -> ColumnElement[bool]:
    here = (Submission.channel == filed.contact.channel) & (
        Submission.conversation == filed.contact.conversation
    )
    if filed.reporter.phone:
        return here | (Submission.reporter_phone == filed.reporter.phone)
    return here


def _same_contact(earlier: Submission, filed: SubmissionIn) -> bool:
    return (earlier.channel, earlier.conversation) == (filed.contact.channel, filed.contact.conversation)


def _applicant(filed: SubmissionIn) -> str | None:
    named = next((person.name for person in filed.persons if person.relation == "self"), None)
    return named or (filed.reporter.name if filed.reporter.kind == "self" else None)
