"""Write down what was filed: who, what was said and in which words, and the conversation it came from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend import contract
from backend.access.models import Office
from backend.contract import SubmissionIn
from backend.intake.checks import moment
from backend.intake.likeness import earlier_household
from backend.intake.models import StatedFact, Submission, TranscriptLine
from backend.people.models import Household
from backend.people.records import open_household
from backend.tools.references import new_reference


def record(session: Session, client: str, filed: SubmissionIn, now: datetime) -> tuple[Submission, Household]:
    """The submission with household, facts and transcript, in the caller's transaction. Screening comes after."""
    before = earlier_household(session, filed)
    office = session.get(Office, filed.office) if filed.office else None  # one we do not know is left out
    household = open_household(
        session,
        filed.persons,
        complete=filed.members_complete,
        office=office.id if office else None,
        now=now,
    )
    household.possibly_same_as_id = before
    submission = Submission(
        reference=new_reference(),
        household_id=household.id,
        client=client,
        received_at=now,
        on=filed.on,
        said_catalogue=filed.catalogue,
        catalogue="",
        rescreened=False,
        screening={},
        reporter_kind=filed.reporter.kind,
        reporter_name=filed.reporter.name,
        reporter_phone=filed.reporter.phone,
        reporter_relation=filed.reporter.relation,
        consent=filed.reporter.consent,
        channel=filed.contact.channel,
        conversation=filed.contact.conversation,
        lang=filed.contact.lang,
        story=filed.story,
        urgent=filed.urgent,
    )
    session.add(submission)
    session.flush()
    _add_facts(session, household, submission.id, filed.facts, now)
    session.add_all(transcript(filed.transcript, submission_id=submission.id))
    return submission, household


def add_fact(
    session: Session,
    household: Household,
    submission_id: int,
    said: contract.StatedFact,
    now: datetime,
    question_id: str,
) -> StatedFact:
    """One more stated fact, the answer to a question; what was said about the same thing before stays, superseded."""
    row = _row(household, submission_id, said, now, question_id)
    session.add(row)
    session.flush()
    same = (StatedFact.subject == said.subject, StatedFact.fact == said.fact, StatedFact.id != row.id)
    for older in current_facts(session, household.id, *same):
        older.superseded_by_id = row.id
    return row


def _add_facts(
    session: Session,
    household: Household,
    submission_id: int,
    facts: list[contract.StatedFact],
    now: datetime,
) -> None:
    """All facts of a filing in the order they were said; the newest word about a thing holds."""
    in_order = sorted(facts, key=lambda fact: moment(fact.evidence.said_at))
    rows = [_row(household, submission_id, fact, now) for fact in in_order]
    session.add_all(rows)
    session.flush()
    holding: dict[tuple[str, str], StatedFact] = {}
    for row in rows:
        older = holding.get((row.subject, row.fact))
        if older is not None:
            older.superseded_by_id = row.id
        holding[row.subject, row.fact] = row


def _row(
    household: Household,
    submission_id: int,
    said: contract.StatedFact,
    now: datetime,
    question_id: str | None = None,
) -> StatedFact:
    evidence = said.evidence
    return StatedFact(
        household_id=household.id,
        submission_id=submission_id,
        person_id=next((one.id for one in household.persons if one.subject == said.subject), None),
        subject=said.subject,
        fact=said.fact,
        state=said.state,
        value=said.model_dump(mode="json")["value"],
        low=said.low,
        high=said.high,
        words=evidence.words,
        span_start=evidence.span[0] if evidence.span else None,
        span_end=evidence.span[1] if evidence.span else None,
        choice=evidence.choice,
        message=evidence.message,
        said_by=evidence.said_by,
        said_at=moment(evidence.said_at),
        sureness=evidence.sureness,
        confirmed=evidence.confirmed,
        recorded_at=now,
        question_id=question_id,
    )


def current_facts(session: Session, household_id: int, *conditions: Any) -> list[StatedFact]:
    """What holds now of a household: every fact that nothing newer supersedes, in the order said."""
    return list(
        session.scalars(
            select(StatedFact)
            .where(
                StatedFact.household_id == household_id,
                StatedFact.superseded_by_id.is_(None),
                *conditions,
            )
            .order_by(StatedFact.id)
        )
    )


def transcript(
    lines: Iterable[contract.TranscriptLine],
    *,
    submission_id: int | None = None,
    help_task_id: int | None = None,
) -> list[TranscriptLine]:
    """The lines of a conversation in their order, belonging to a filing or to a call for help."""
    return [
        TranscriptLine(
            submission_id=submission_id,
            help_task_id=help_task_id,
            position=position,
            message=line.message,
            at=moment(line.at),
            who=line.who,
            text=line.text,
        )
        for position, line in enumerate(lines, 1)
    ]
