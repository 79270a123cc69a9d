"""What caseworkers do with an application. Each function is one transaction; `version` is the one the page showed."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access.staff import Actor
from backend.audit import chain
from backend.casework.changes import change_status, locked, may_work_on, tell
from backend.casework.desk import Desk
from backend.casework.models import Application, CaseQuestion, Determination
from backend.casework.statuses import FINAL
from backend.contract import Status
from backend.db import in_one_write
from backend.errors import ConflictError, ForbiddenError, UnprocessableError
from backend.people.models import Person

LONGEST = 4000  # characters of what a caseworker writes; more does not fit into one message


def take(desk: Desk, actor: Actor, reference: str, version: int | None = None, *, over: bool = False) -> None:
    """Make an application one's own: a town clerk accepts it, a caseworker begins the review.

    Somebody else's is taken over only with `over`. ConflictError when it is closed, taken, or has moved on.
    """

    def work(session: Session) -> None:
        now = desk.clock.now()
        application = locked(session, reference, version)
        if actor.role != "caseworker":
            change_status(session, application, "accepted", actor, now)
            return
        if not may_work_on(session, actor, application):
            raise ForbiddenError("this case belongs to another department")
        if application.status in FINAL:
            raise ConflictError("this case is closed", now=application.status)
        holder = application.assigned_to
        if holder == actor.id:
            return
        if holder is not None and not over:
            raise ConflictError("somebody else has taken this case", now=application.status)
        application.assigned_to = actor.id
        if application.status in ("submitted", "accepted"):
            change_status(session, application, "in_review", actor, now)
        else:
            application.version += 1
            _note(session, application, actor, "take", now, {"from": holder})

    in_one_write(desk.database, work)


def ask_question(
    desk: Desk,
    actor: Actor,
    reference: str,
    text: str,
    *,
    fact: str | None = None,
    subject: str | None = None,
    version: int | None = None,
) -> str:
    """Ask the resident: about `fact` of `subject` ("household" or a person), or in free words. The question's id."""
    words = _words(text, "text")
    if fact is not None and fact not in desk.catalogue.facts:
        raise UnprocessableError("this fact is not in the catalogue")

    def work(session: Session) -> str:
        now = desk.clock.now()
        application = _mine(session, actor, reference, version)
        about = subject or application.subject
        _check_subject(session, application, about)
        question = CaseQuestion(
            id="q-" + secrets.token_urlsafe(12),
            application_id=application.id,
            fact=fact,
            subject=about,
            text=words,
            asked_by=actor.id,
            asked_by_name=actor.name,
            asked_at=now,
        )
        session.add(question)
        session.flush()
        told = {"question": question.id, "fact": fact, "subject": about, "text": words}
        if application.status == "waiting_for_resident":  # one more question while we wait
            application.version += 1
            tell(session, application, "question", now, told)
        else:
            change_status(
                session,
                application,
                "waiting_for_resident",
                actor,
                now,
                having=["question"],
                parameters=told,
            )
        _note(session, application, actor, "question", now, {"question": question.id, "fact": fact})
        return question.id

    return in_one_write(desk.database, work)


def go_on(desk: Desk, actor: Actor, reference: str, reason: str, version: int | None = None) -> None:
    """Go on with the review though the resident has not answered, and say why."""
    _step(desk, actor, reference, "in_review", _words(reason, "reason"), version)


def decide(
    desk: Desk,
    actor: Actor,
    reference: str,
    decision: Literal["approved", "denied"],
    reason: str,
    version: int | None = None,
) -> None:
    """The determination, with its reason in plain words; only the owning department's caseworker who took the case."""
    words = _words(reason, "reason")
    if actor.role != "caseworker":
        raise ForbiddenError("only a caseworker of the department that owns the programme decides")

    def work(session: Session) -> None:
        now = desk.clock.now()
        application = _mine(session, actor, reference, version)
        change_status(session, application, decision, actor, now, reason=words, having=["determination"])
        session.add(
            Determination(
                application_id=application.id,
                decision=decision,
                reason=words,
                by=actor.id,
                by_name=actor.name,
                at=now,
            )
        )

    in_one_write(desk.database, work)


def withdraw(desk: Desk, actor: Actor, reference: str, reason: str, version: int | None = None) -> None:
    """Close an application because the resident no longer wants it; the reason says how we know."""
    _step(desk, actor, reference, "withdrawn", _words(reason, "reason"), version)


def send_message(desk: Desk, actor: Actor, reference: str, text: str, version: int | None = None) -> None:
    """Tell the resident something about their application in free words; changes no status."""
    words = _words(text, "text")

    def work(session: Session) -> None:
        now = desk.clock.now()
        application = _mine(session, actor, reference, version)
        tell(session, application, "message", now, {"text": words})
        _note(session, application, actor, "message", now, {"text_sha256": chain.digest(words)})

    in_one_write(desk.database, work)


def _step(desk: Desk, actor: Actor, reference: str, to: Status, reason: str, version: int | None) -> None:
    def work(session: Session) -> None:
        application = locked(session, reference, version)
        change_status(session, application, to, actor, desk.clock.now(), reason=reason)

    in_one_write(desk.database, work)


def _mine(session: Session, actor: Actor, reference: str, version: int | None) -> Application:
    """The application, held, if the actor may work on it: own department or office, and nobody else's."""
    application = locked(session, reference, version)
    if actor.role not in ("caseworker", "town_clerk") or not may_work_on(session, actor, application):
        raise ForbiddenError("this is for the department or office that the case belongs to")
    if application.assigned_to not in (None, actor.id):
        raise ConflictError("somebody else has taken this case", now=application.status)
    return application


def _check_subject(session: Session, application: Application, subject: str) -> None:
    known = session.scalars(select(Person.subject).where(Person.household_id == application.household_id))
    if subject not in {"household", *known}:
        raise UnprocessableError("not a person of this household")


def _words(text: str, name: str) -> str:
    words = text.strip()
    if not words:
        raise UnprocessableError(errors=[{"where": name, "problem": "needed"}])
    if len(words) > LONGEST or "\x00" in words:
        raise UnprocessableError(errors=[{"where": name, "problem": "too long or not text"}])
    return words


def _note(
    session: Session,
    application: Application,
    actor: Actor,
    action: str,
    now: datetime,
    details: dict[str, object],
) -> None:
    chain.record(
        session,
        at=now,
        actor=actor.id,
        action=action,
        subject=f"application:{application.reference}",
        details=details,
    )
