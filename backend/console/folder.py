"""Everything about one application, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from backend.access.models import Office
from backend.access.staff import Actor
from backend.access.staff_models import StaffMember
from backend.audit.models import AuditEntry
from backend.casework.models import Application, CaseQuestion
from backend.console.work_list import seen_by
from backend.deadlines.models import Deadline
from backend.intake.models import StatedFact, Submission, TranscriptLine
from backend.outbox.models import OutboxRow
from backend.people.models import Household, Person


@dataclass(frozen=True)
class Folder:
    """An application with its filing, its household, its conversation and all that happened since."""

    application: Application
    submission: Submission
    household: Household
    persons: list[Person]
    facts: list[StatedFact]  # oldest first, superseded ones included
    transcript: list[TranscriptLine]
    notices: list[OutboxRow]
    deadlines: list[Deadline]
    siblings: list[Application]  # the household's other applications that this person may see
    hidden_siblings: int  # and how many more there are with other departments
    duplicates: list[Application]
    hands: list[AuditEntry]  # taken over and given back, oldest first
    staff: dict[str, str]  # id -> name
    office: Office | None

    @cached_property
    def messages(self) -> dict[str, str]:
        """What the resident's side wrote, by message id: the conversation and answers to caseworkers' questions."""
        told = {line.message: line.text for line in self.transcript if line.who == "reporter"}
        answers = {
            question.answer_message: question.answer_text or ""
            for question in self.application.questions
            if question.answer_message
        }
        return answers | told

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each of the resident's messages stands in the conversation."""
        told = [(line.message, line.position) for line in self.transcript if line.who == "reporter"]
        return dict(reversed(told))  # of two with the same id, the first

    def question(self, key: str | None) -> CaseQuestion | None:
        """The caseworker's question with this id, when it belongs to this application."""
        return next((each for each in self.application.questions if each.id == key), None)


def open_folder(session: Session, actor: Actor, application: Application) -> Folder:
    """Read all that belongs to an application which `actor` may see."""
    one = session.scalars(
        select(Application)
        .where(Application.id == application.id)
        .options(
            selectinload(Application.changes),
            selectinload(Application.questions),
            selectinload(Application.determination),
        )
    ).one()
    household = session.get_one(Household, one.household_id)
    facts = session.scalars(
        select(StatedFact).where(StatedFact.household_id == one.household_id).order_by(StatedFact.id)
    )
    transcript = session.scalars(
        select(TranscriptLine)
        .where(TranscriptLine.submission_id == one.submission_id)
        .order_by(TranscriptLine.position)
    )
    notices = session.scalars(
        select(OutboxRow)
        .where(
            or_(
                OutboxRow.application_id == one.id,
                (OutboxRow.submission_id == one.submission_id) & OutboxRow.application_id.is_(None),
            )
        )
        .order_by(OutboxRow.id)
    )
    family = select(Application).where(Application.household_id == one.household_id, Application.id != one.id)
    seen = list(session.scalars(family.where(seen_by(actor)).order_by(Application.id)))
    everyone = len(list(session.scalars(family)))
    deadlines = session.scalars(
        select(Deadline).where(Deadline.application_id == one.id).order_by(Deadline.due_on, Deadline.id)
    )
    return Folder(
        application=one,
        submission=session.get_one(Submission, one.submission_id),
        household=household,
        persons=list(
            session.scalars(select(Person).where(Person.household_id == household.id).order_by(Person.id))
        ),
        facts=list(facts),
        transcript=list(transcript),
        notices=list(notices),
        deadlines=list(deadlines),
        siblings=seen,
        hidden_siblings=everyone - len(seen),
        duplicates=_duplicates(session, actor, one, household),
        hands=_hands(session, one),
        staff=dict(session.execute(select(StaffMember.id, StaffMember.name)).all()),
        office=session.get(Office, one.office) if one.office else None,
    )


def _hands(session: Session, one: Application) -> list[AuditEntry]:
    return list(
        session.scalars(
            select(AuditEntry)
            .where(
                AuditEntry.subject == f"application:{one.reference}",
                AuditEntry.action.in_(("take", "give_back")),
            )
            .order_by(AuditEntry.id)
        )
    )


def _duplicates(session: Session, actor: Actor, one: Application, household: Household) -> list[Application]:
    """Applications that may be about the same people: marked at filing, either way round."""
    alike = [Application.possible_duplicate_of_id == one.id]
    if one.possible_duplicate_of_id:
        alike.append(Application.id == one.possible_duplicate_of_id)
    if household.possibly_same_as_id:
        alike.append(Application.household_id == household.possibly_same_as_id)
    wanted = select(Application).where(or_(*alike), Application.id != one.id, seen_by(actor))
    return list(session.scalars(wanted.order_by(Application.id)))
