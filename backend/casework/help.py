"""Tasks for a person: an urgent word, a wish for somebody to talk to, a notice that could not be delivered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access.models import ApiClient
from backend.access.staff import Actor
from backend.audit import chain
from backend.casework.desk import Desk, client_actor
from backend.casework.models import HelpTask
from backend.contract import HelpRequestIn
from backend.db import in_one_write
from backend.errors import ConflictError, NotFoundError
from backend.intake.checks import check_lines
from backend.intake.filing import transcript
from backend.intake.keys import claim_key, digest_of, keep_answer
from backend.outbox import queue as outbox
from backend.outbox.models import OutboxRow
from backend.tools.references import new_reference, read_reference

HELP = "help"
NOBODY = "jobs"  # the worker's name when there is nobody to deliver


def open_help(desk: Desk, client: str, key: str, request: HelpRequestIn) -> str:
    """Open a task for a person, once per `key`; its reference."""
    check_lines(request.transcript)
    digest = digest_of(request)

    def work(session: Session) -> str:
        now = desk.clock.now()
        before = claim_key(session, client, HELP, key, digest, now)
        if before is not None:
            return str(before["reference"])
        task = HelpTask(
            reference=new_reference(),
            kind=request.kind,
            urgent=request.urgent,
            channel=request.contact.channel,
            conversation=request.contact.conversation,
            lang=request.contact.lang,
            opened_at=now,
        )
        session.add(task)
        session.flush()
        session.add_all(transcript(request.transcript, help_task_id=task.id))
        _note(session, task, client_actor(client), "help_opened", now)
        keep_answer(session, client, HELP, key, {"reference": task.reference})
        return task.reference

    return in_one_write(desk.database, work)


def take_help(desk: Desk, actor: Actor, reference: str) -> None:
    """Say that one is looking after a task. ConflictError when somebody else is."""

    def work(session: Session) -> None:
        task = _locked(session, reference)
        if task.taken_by not in (None, actor.id):
            raise ConflictError("somebody else is looking after this")
        task.taken_by, task.taken_at = actor.id, desk.clock.now()
        _note(session, task, actor, "help_taken", desk.clock.now())

    in_one_write(desk.database, work)


def close_help(desk: Desk, actor: Actor, reference: str, outcome: str) -> None:
    """Say that a task is done and what came of it."""

    def work(session: Session) -> None:
        task = _locked(session, reference)
        task.done_by, task.done_at, task.outcome = actor.id, desk.clock.now(), outcome.strip() or None
        _note(session, task, actor, "help_done", desk.clock.now())

    in_one_write(desk.database, work)


def acknowledge(desk: Desk, client: str, notice: str, worker: str, reason: str | None) -> None:
    """A notice was delivered (`reason` None) or cannot be: then somebody must phone, and gets a task for it."""
    in_one_write(
        desk.database,
        lambda session: _acknowledge(session, client, notice, worker, reason, desk.clock.now()),
    )


def give_up_unclaimable(session: Session, now: datetime) -> int:
    """Notices of clients that do not exist (demonstration cases) would wait for ever: they become tasks to phone."""
    waiting = select(OutboxRow.client).where(*outbox.OPEN, OutboxRow.client.not_in(select(ApiClient.name)))
    count = 0
    for client in session.scalars(waiting.distinct()).all():
        for notice in outbox.claim(session, client, NOBODY, 100, 60, now):
            _acknowledge(session, client, notice.id, NOBODY, "no_chat", now)
            count += 1
    return count


def _acknowledge(
    session: Session, client: str, notice: str, worker: str, reason: str | None, now: datetime
) -> None:
    row = outbox.acknowledge(session, client, notice, worker, reason, now)
    if row is None or reason is None:
        return
    task = HelpTask(
        reference=new_reference(),
        kind="phone",
        application_id=row.application_id,
        channel=row.channel,
        conversation=row.conversation,
        lang=row.lang,
        opened_at=now,
    )
    session.add(task)
    session.flush()
    _note(session, task, client_actor(client), "undeliverable", now)


def _locked(session: Session, reference: str) -> HelpTask:
    task = session.scalars(
        select(HelpTask).where(HelpTask.reference == read_reference(reference)).with_for_update()
    ).one_or_none()
    if task is None:
        raise NotFoundError
    if task.done_at is not None:
        raise ConflictError("this is done already")
    return task


def _note(session: Session, task: HelpTask, actor: Actor, action: str, now: datetime) -> None:
    chain.record(
        session,
        at=now,
        actor=actor.id,
        action=action,
        subject=f"help:{task.reference}",
        details={"kind": task.kind, "urgent": task.urgent},
    )
