"""Residents who need a person: urgent words first, then wishes for somebody, oldest first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access.staff import Actor
from backend.access.staff_models import StaffMember
from backend.casework.models import Application, HelpTask
from backend.console.web import moment
from backend.console.work_list import seen_by
from backend.intake.models import Submission, TranscriptLine
from locales import Translator

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Task:
    """A task as pages show it."""

    reference: str
    urgent: bool
    title: str
    kind: str
    advice: str
    at: str
    channel: str
    taken_by: str
    done: bool
    done_by: str
    done_at: str
    outcome: str
    application: str  # its reference, when it is about one that this person may see


def open_tasks(session: Session, actor: Actor, t: Translator) -> list[Task]:
    """The tasks nobody has finished, the urgent ones first."""
    rows = session.scalars(
        select(HelpTask)
        .where(HelpTask.done_at.is_(None))
        .order_by(HelpTask.kind != "urgent", HelpTask.opened_at, HelpTask.id)
        .limit(MOST_SHOWN)
    )
    return [shown_task(session, task, actor, t) for task in rows]


def find_task(session: Session, reference: str) -> HelpTask | None:
    """The task with this reference. Help is everybody's business: every staff member may see it."""
    return session.scalars(select(HelpTask).where(HelpTask.reference == reference)).one_or_none()


def shown_task(session: Session, task: HelpTask, actor: Actor, t: Translator) -> Task:
    """The task in words."""
    about = task.urgent or task.kind
    return Task(
        reference=task.reference,
        urgent=task.kind == "urgent",
        title=t(f"console.help.about.{about}"),
        kind=t(f"console.help.kind.{task.kind}"),
        advice=t(f"console.help.advice.{about}"),
        application=_about(session, task, actor),
        at=moment(task.opened_at, t),
        channel=t(f"console.channel.{task.channel}"),
        taken_by=_name(session, task.taken_by),
        done=task.done_at is not None,
        done_by=_name(session, task.done_by),
        done_at=moment(task.done_at, t) if task.done_at else "",
        outcome=task.outcome or "",
    )


def talk_of(session: Session, task: HelpTask) -> list[TranscriptLine]:
    """The conversation as it was when help was asked for."""
    return list(
        session.scalars(
            select(TranscriptLine)
            .where(TranscriptLine.help_task_id == task.id)
            .order_by(TranscriptLine.position)
        )
    )


def filed_from(session: Session, task: HelpTask, actor: Actor) -> list[Application]:
    """What was filed in the same conversation, as far as this person may see it."""
    return list(
        session.scalars(
            select(Application)
            .join(Submission, Submission.id == Application.submission_id)
            .where(
                Submission.channel == task.channel,
                Submission.conversation == task.conversation,
                seen_by(actor),
            )
            .order_by(Application.id.desc())
        )
    )


def _about(session: Session, task: HelpTask, actor: Actor) -> str:
    if task.application_id is None:
        return ""
    wanted = select(Application.reference).where(Application.id == task.application_id, seen_by(actor))
    return session.scalars(wanted).one_or_none() or ""


def _name(session: Session, staff: str | None) -> str:
    found = session.get(StaffMember, staff) if staff else None
    return found.name if found else staff or ""
