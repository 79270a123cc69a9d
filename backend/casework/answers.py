"""The resident's answer to a caseworker's question: it lands in the field and in the case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.access.staff import Actor
from backend.audit import chain
from backend.casework.changes import change_status
from backend.casework.desk import Desk, client_actor
from backend.casework.models import Application, CaseQuestion, StatusChange
from backend.casework.screening import screen_again
from backend.contract import AnswerIn, Status
from backend.db import in_one_write
from backend.errors import NotFoundError
from backend.intake.checks import check_answer
from backend.intake.filing import add_fact
from backend.intake.keys import claim_key, digest_of, keep_answer
from backend.intake.models import Submission
from backend.people.models import Household
from backend.tools.references import read_reference

ANSWER = "answer"


def record_answer(desk: Desk, client: str, key: str, reference: str, answer: AnswerIn) -> None:
    """Take an answer, once per `key` (the inbound message). A second answer is added to the first, one that comes
    after the decision is kept too: what somebody said is never thrown away.

    NotFoundError unless the question belongs to this application or submission; KeyReusedError.
    """
    digest = digest_of(answer)

    def work(session: Session) -> None:
        now = desk.clock.now()
        if claim_key(session, client, ANSWER, key, digest, now) is not None:
            return
        question, application = _asked(session, client, reference, answer.question)
        household = session.get_one(Household, application.household_id)
        check_answer(answer, {"household", *(person.subject for person in household.persons)})
        first = question.answered_at is None
        question.answer_text = answer.text if first else f"{question.answer_text}\n{answer.text}"
        question.answer_message, question.answered_at = key, now
        session.flush()
        actor = client_actor(client)
        _note(session, application, question, actor, now, answer)
        if answer.fact is not None:
            submission = session.get_one(Submission, application.submission_id)
            add_fact(session, household, submission.id, answer.fact, now, question.id)
            screen_again(session, desk.rules, submission, household)
        if application.status == "waiting_for_resident" and not _still_open(session, application):
            back = _where_it_was(session, application)
            change_status(session, application, back, actor, now, having=["answer"])
        else:
            application.version += 1
        keep_answer(session, client, ANSWER, key, {"reference": application.reference})

    in_one_write(desk.database, work)


def _asked(session: Session, client: str, reference: str, question: str) -> tuple[CaseQuestion, Application]:
    written = read_reference(reference)
    found = session.execute(
        select(CaseQuestion, Application)
        .join(Application, Application.id == CaseQuestion.application_id)
        .join(Submission, Submission.id == Application.submission_id)
        .where(
            CaseQuestion.id == question,
            Submission.client == client,
            or_(Application.reference == written, Submission.reference == written),
        )
        .with_for_update(of=Application)
    ).one_or_none()
    if written is None or found is None:
        raise NotFoundError
    return found[0], found[1]


def _still_open(session: Session, application: Application) -> bool:
    waiting = select(CaseQuestion.id).where(
        CaseQuestion.application_id == application.id,
        CaseQuestion.answered_at.is_(None),
        CaseQuestion.cancelled_at.is_(None),
    )
    return session.scalars(waiting.limit(1)).one_or_none() is not None


def _where_it_was(session: Session, application: Application) -> Status:
    """The status before we began to wait."""
    return session.scalars(  # type: ignore[return-value]
        select(StatusChange.from_status)
        .where(
            StatusChange.application_id == application.id,
            StatusChange.to_status == "waiting_for_resident",
        )
        .order_by(StatusChange.number.desc())
        .limit(1)
    ).one()


def _note(
    session: Session,
    application: Application,
    question: CaseQuestion,
    actor: Actor,
    now: datetime,
    answer: AnswerIn,
) -> None:
    chain.record(
        session,
        at=now,
        actor=actor.id,
        action="answer",
        subject=f"application:{application.reference}",
        details={
            "question": question.id,
            "fact": answer.fact.fact if answer.fact else None,
            "text_sha256": chain.digest(answer.text),
        },
    )
