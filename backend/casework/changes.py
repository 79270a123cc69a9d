"""The one door through which a status changes: by the transition table, with everything that goes with it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.access.staff import Actor, visible_to
from backend.audit import chain
from backend.casework.models import Application, CaseQuestion, StatusChange
from backend.casework.statuses import FINAL, Need, Transition, is_known_step, transition
from backend.contract import ContactPoint, NoticeKind, Status
from backend.deadlines import rules as deadlines
from backend.errors import ConflictError, ForbiddenError, NotFoundError, UnprocessableError
from backend.intake.models import Submission
from backend.outbox import queue as outbox
from backend.tools.references import read_reference


def locked(session: Session, reference: str, version: int | None = None) -> Application:
    """The application, held until the transaction ends. NotFoundError; ConflictError when `version` has passed."""
    application = session.scalars(
        select(Application).where(Application.reference == read_reference(reference)).with_for_update()
    ).one_or_none()
    if application is None:
        raise NotFoundError
    if version is not None and application.version != version:
        raise ConflictError("somebody else has changed this case since you opened it", now=application.status)
    return application


def change_status(
    session: Session,
    application: Application,
    to: Status,
    actor: Actor,
    now: datetime,
    *,
    reason: str | None = None,
    having: Collection[Need] = (),
    parameters: dict[str, Any] | None = None,
) -> None:
    """Move an application (held by `locked`) one step, in the caller's transaction; nobody else writes a status.

    Writes the status, its change, the audit entry, what it does to the deadlines, and the notice with `parameters`.
    `having` says what else the caller brings along. ConflictError for a step the table does not know, ForbiddenError
    for somebody who may not take it, UnprocessableError when what it needs is missing.
    """
    step = _permitted(session, application, to, actor)
    given = {*having, *(["reason"] if reason and reason.strip() else [])}
    if missing := step.needs - given:
        raise UnprocessableError(f"this needs: {', '.join(sorted(missing))}")
    before = application.status
    application.status = to
    application.version += 1
    _write_down(session, application, before, actor, now, reason)
    if before == "submitted":
        deadlines.meet(session, application.id, ("first_step",), now)
    if to in FINAL:
        _close(session, application, now)
    if step.notice:
        told = {"reason": reason} if reason and step.notice in ("approved", "denied", "withdrawn") else {}
        tell(session, application, step.notice, now, {**told, **(parameters or {})})


def open_application(session: Session, application: Application, actor: Actor, now: datetime) -> None:
    """The first entry of an application's life, in the transaction that files it."""
    _write_down(session, application, None, actor, now, None)


def tell(
    session: Session, application: Application, kind: NoticeKind, now: datetime, parameters: dict[str, Any]
) -> None:
    """Queue a notice to whoever filed, in the caller's transaction."""
    submission = session.get_one(Submission, application.submission_id)
    due = deadlines.due_day(session, application.id)
    outbox.put(
        session,
        kind=kind,
        client=submission.client,
        contact=contact_of(submission),
        now=now,
        submission_id=submission.id,
        application_id=application.id,
        parameters={
            "reference": application.reference,
            "programme": application.programme,
            "subject": application.subject,
            "due_on": due.isoformat() if due and application.status not in FINAL else None,
            **parameters,
        },
    )


def contact_of(submission: Submission) -> ContactPoint:
    """Where the notices of a filing go."""
    return ContactPoint(
        channel=submission.channel,  # type: ignore[arg-type]
        conversation=submission.conversation,
        lang=submission.lang,
    )


def _permitted(session: Session, application: Application, to: Status, actor: Actor) -> Transition:
    if not is_known_step(application.status, to):
        raise ConflictError(f"not possible while it is {application.status}", now=application.status)
    step = transition(application.status, to, actor.role)
    if step is None or not may_work_on(session, actor, application):
        raise ForbiddenError("this is for the department or office that the case belongs to")
    return step


def in_charge(actor: Actor, application: Application) -> bool:
    """Whether this kind of case is the actor's to act on, as far as that shows without the database: a page that is
    open has been checked by `visible_to` already."""
    if actor.role in ("caseworker", "verifier"):
        return actor.department == application.department
    return actor.role != "town_clerk" or (actor.office is not None and application.office is not None)


def may_work_on(session: Session, actor: Actor, application: Application) -> bool:
    """Whether the case is one the actor sees in the console; the bot and the jobs act for any."""
    if actor.role in ("client", "system"):
        return True
    seen = visible_to(actor, Application.department, Application.office)
    return session.scalar(select(Application.id).where(Application.id == application.id, seen)) is not None


def _write_down(
    session: Session,
    application: Application,
    before: str | None,
    actor: Actor,
    now: datetime,
    reason: str | None,
) -> None:
    last = session.scalar(
        select(func.max(StatusChange.number)).where(StatusChange.application_id == application.id)
    )
    change = StatusChange(
        application_id=application.id,
        number=(last or 0) + 1,
        from_status=before,
        to_status=application.status,
        at=now,
        by=actor.id,
        by_name=actor.name,
        by_role=actor.role,
        reason=reason,
    )
    session.add(change)
    session.flush()
    chain.record(
        session,
        at=now,
        actor=actor.id,
        action="status",
        subject=f"application:{application.reference}",
        details={
            "number": change.number,
            "from": before,
            "to": application.status,
            "role": actor.role,
            "reason_sha256": chain.digest(reason),
        },
    )


def _close(session: Session, application: Application, now: datetime) -> None:
    application.closed_at = now
    deadlines.meet(session, application.id, ("first_step", "decision"), now)
    for question in session.scalars(
        select(CaseQuestion).where(
            CaseQuestion.application_id == application.id,
            CaseQuestion.answered_at.is_(None),
            CaseQuestion.cancelled_at.is_(None),
        )
    ):
        question.cancelled_at = now
