"""Everything that happened to an application, in order: who, when, what, and in whose words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from backend.casework.models import StatusChange
from backend.casework.statuses import OPEN
from backend.console.folder import Folder
from backend.console.web import moment
from backend.outbox.models import OutboxRow
from locales import Translator, text


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline. `said` is what a person wrote; `tone` is "", bad, or minor."""

    at: datetime
    when: str
    what: str
    who: str = ""
    said: str = ""
    tone: str = ""


def timeline(folder: Folder, t: Translator) -> list[Event]:
    """All events, oldest first; of those at one moment the answer stands before what it caused, notices last."""
    events = [
        *_questions(folder, t),
        *_changes(folder, t),
        *_hands(folder, t),
        *_notices(folder, t),
        *_deadlines(folder, t),
    ]
    return sorted(events, key=lambda event: event.at)


def _event(at: datetime, t: Translator, what: str, **rest: str) -> Event:
    return Event(at, moment(at, t), what, **rest)


def _changes(folder: Folder, t: Translator) -> Iterator[Event]:
    asked = {question.asked_at for question in folder.application.questions}
    for change in folder.application.changes:
        if change.to_status == "waiting_for_resident" and change.at in asked:
            continue  # the question itself says so
        resumed = change.from_status == "waiting_for_resident" and change.to_status in OPEN
        yield _event(
            change.at,
            t,
            t("console.event.resumed" if resumed else f"console.event.to.{change.to_status}"),
            who=_by(change, folder, t),
            said=change.reason or "",
        )


def _by(change: StatusChange, folder: Folder, t: Translator) -> str:
    if change.by_role == "client":
        reporter = t(f"console.reporter.{folder.submission.reporter_kind}")
        return f"{reporter} {folder.submission.reporter_name or ''}".strip()
    if change.by_role == "system":
        return t("console.role.system")
    return f"{change.by_name} · {t(f'console.role.{change.by_role}')}"


def _hands(folder: Folder, t: Translator) -> Iterator[Event]:
    """The case going from hand to hand without changing its status."""
    for entry in folder.hands:
        who = folder.staff.get(entry.actor, "")
        yield _event(entry.at, t, t(f"console.event.{entry.action}"), who=who)


def _questions(folder: Folder, t: Translator) -> Iterator[Event]:
    for question in folder.application.questions:
        yield _event(
            question.asked_at, t, t("console.event.asked"), who=question.asked_by_name, said=question.text
        )
        if question.answered_at:
            yield _event(
                question.answered_at, t, t("console.event.answered"), said=question.answer_text or ""
            )
        elif question.cancelled_at:
            yield _event(question.cancelled_at, t, t("console.event.question_cancelled"))


def _notices(folder: Folder, t: Translator) -> Iterator[Event]:
    for notice in folder.notices:
        kind = notice_kind(notice, t)
        if notice.delivered_at:
            yield _event(notice.delivered_at, t, t("console.event.delivered", kind=kind), tone="minor")
        elif notice.undeliverable_at:
            yield _event(
                notice.undeliverable_at,
                t,
                t("console.event.undeliverable", kind=kind, reason=undeliverable_reason(notice, t)),
                tone="bad",
            )
        else:
            yield _event(notice.created_at, t, t("console.event.to_send", kind=kind), tone="minor")


def _deadlines(folder: Folder, t: Translator) -> Iterator[Event]:
    for deadline in folder.deadlines:
        if deadline.overdue_at:
            step = text(deadline.step_name, t.lang) or deadline.step
            yield _event(
                deadline.overdue_at,
                t,
                t("console.event.overdue", step=step, day=t.date(deadline.due_on)),
                tone="bad",
            )


def notice_kind(notice: OutboxRow, t: Translator) -> str:
    """What a notice is about, in words."""
    key = f"console.notice.{notice.kind}"
    return t(key) if t.has(key) else t("console.notice.message")


def undeliverable_reason(notice: OutboxRow, t: Translator) -> str:
    """Why a notice could not be delivered, in words where we have them."""
    key = f"console.undeliverable.{notice.undeliverable_reason}"
    return t(key) if t.has(key) else notice.undeliverable_reason or t("console.undeliverable.unknown")
