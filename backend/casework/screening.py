"""Our own screening of what was filed: made on receipt, and again when an answer changes what is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.casework.models import Application
from backend.casework.statuses import OPEN
from backend.eligibility import CaseError, screen
from backend.eligibility.model import HOUSEHOLD, FactRef
from backend.eligibility.rules import Rules
from backend.intake.cases import case_of
from backend.intake.filing import current_facts
from backend.intake.models import StatedFact, Submission
from backend.intake.screenings import screening_json
from backend.people.models import Household


@dataclass(frozen=True, slots=True)
class Screened:
    """A screening as JSON, to be looked up by programme and person."""

    whole: dict[str, Any]

    def of(self, programme: str, subject: str) -> dict[str, Any]:
        """The result for this programme and subject; "cannot tell" when the rules say nothing (not in force)."""
        mine = [result for result in self.whole["results"] if result["programme"] == programme]
        for wanted in (subject, HOUSEHOLD):
            for result in mine:
                if result["for"] == wanted:
                    return result  # type: ignore[no-any-return]
        return {
            "programme": programme,
            "for": subject,
            "truth": "unknown",
            "decided_by": [],
            "missing": [],
            "amount": None,
            "after": [],
            "conflicts_with": [],
        }


def screen_household(
    session: Session, rules: Rules, submission: Submission, household: Household
) -> Screened:
    """Screen what is known now of a household, for the day it was filed for, and keep it with the submission."""
    whole = _screen(rules, submission.on, household, current_facts(session, household.id))
    submission.screening = whole
    submission.catalogue = rules.catalogue.version
    submission.rescreened = submission.said_catalogue != rules.catalogue.version
    return Screened(whole)


def _screen(rules: Rules, on: date, household: Household, facts: list[StatedFact]) -> dict[str, Any]:
    """The screening, without the facts that the rules refuse: a filing is never lost for an odd value in it."""
    case, unreadable = case_of(rules.catalogue, on, household.persons, facts, household.members_complete)
    try:
        return screening_json(screen(rules, case), unreadable)
    except CaseError as error:
        refused = {problem.place for problem in error.problems}
    good = [fact for fact in facts if f"{fact.subject}/{fact.fact}" not in refused]
    unreadable += tuple(FactRef(fact.fact, fact.subject) for fact in facts if fact not in good)
    case, _ = case_of(rules.catalogue, on, household.persons, good, household.members_complete)
    return screening_json(screen(rules, case), tuple(dict.fromkeys(unreadable)))


def screen_again(session: Session, rules: Rules, submission: Submission, household: Household) -> None:
    """After an answer: screen anew and refresh what the open applications of this filing show."""
    results = screen_household(session, rules, submission, household)
    for application in session.scalars(
        select(Application).where(Application.submission_id == submission.id, Application.status.in_(OPEN))
    ):
        result = results.of(application.programme, application.subject)
        application.screening, application.truth = result, result["truth"]
        application.catalogue = rules.catalogue.version
