"""The head of an application page and everything at its side."""

from __future__ import annotations

from datetime import date
from typing import Any

from backend.access.staff import Actor
from backend.casework.models import Application
from backend.casework.statuses import OPEN
from backend.console.due import due_words
from backend.console.folder import Folder
from backend.console.naming import (
    department_name,
    name_of,
    programme_name,
    status_tone,
    subject_words,
)
from backend.console.timeline import notice_kind, undeliverable_reason
from backend.console.web import local, moment
from backend.eligibility.model import Catalogue
from locales import Translator, text


def head(folder: Folder, catalogue: Catalogue, actor: Actor, today: date, t: Translator) -> dict[str, Any]:
    """What it is, for whom, where it stands, and until when."""
    one = folder.application
    due = min((each.due_on for each in folder.deadlines if each.met_at is None), default=None)
    return {
        "reference": one.reference,
        "programme": programme_name(catalogue, one.programme, t.lang),
        "department": department_name(catalogue, one.department, t.lang),
        "place": text(folder.office.name, t.lang) if folder.office else "",
        "whom": subject_words(one.subject, folder.persons, t),
        "name": name_of(one.subject, folder.persons),
        "status": one.status,
        "tone": status_tone(one),
        "is_open": one.status in OPEN,
        "urgent": one.urgent,
        "version": one.version,
        "due": due_words(due, today, t),
        "assigned": assigned_words(folder, actor, t),
    }


def assigned_words(folder: Folder, actor: Actor, t: Translator) -> str:
    """Who works on it."""
    holder = folder.application.assigned_to
    if folder.application.status not in OPEN:
        return t("console.assigned.closed")
    if not holder:
        return t("console.assigned.nobody")
    if holder == actor.id:
        return t("console.assigned.me")
    return t("console.assigned.other", name=folder.staff.get(holder, ""))


def alerts(folder: Folder, catalogue: Catalogue, t: Translator) -> list[dict[str, str]]:
    """What must not be overlooked, the gravest first."""
    submission = folder.submission
    found = [
        {
            "tone": "bad",
            "title": t("console.alert.undeliverable.title"),
            "words": t(
                "console.alert.undeliverable.words",
                kind=notice_kind(notice, t),
                reason=undeliverable_reason(notice, t),
                phone=submission.reporter_phone or t("console.alert.no_phone"),
            ),
        }
        for notice in folder.notices
        if notice.undeliverable_at
    ]
    if submission.urgent:
        found.append(
            {
                "tone": "bad",
                "title": t("console.alert.urgent.title"),
                "words": t(f"console.help.about.{submission.urgent}"),
            }
        )
    found += [
        {
            "tone": "warn",
            "title": t("console.alert.duplicate.title"),
            "words": t(
                "console.alert.duplicate.words", programme=programme_name(catalogue, one.programme, t.lang)
            ),
            "url": f"/console/applications/{one.reference}",
            "link": one.reference,
        }
        for one in folder.duplicates
    ]
    open_questions = [
        question
        for question in folder.application.questions
        if not question.answered_at and not question.cancelled_at
    ]
    found += [
        {
            "tone": "info",
            "title": t("console.alert.waiting.title", day=t.date(local(question.asked_at).date())),
            "words": question.text,
        }
        for question in open_questions
    ]
    if submission.consent == "cannot_consent":
        found.append(
            {
                "tone": "warn",
                "title": t("console.alert.consent.title"),
                "words": t("console.alert.consent.words"),
            }
        )
    return [{"url": "", "link": "", **alert} for alert in found]


def people(folder: Folder, t: Translator) -> list[dict[str, str]]:
    """Who it is for, who told us, with which consent, and where answers go."""
    submission = folder.submission
    applicant = name_of("self", folder.persons) or t("console.people.no_name")
    members = [
        " ".join(
            part for part in (subject_words(person.subject, folder.persons, t), person.name or "") if part
        )
        for person in folder.persons
        if person.subject != "self"
    ]
    relation = (submission.reporter_relation or "") if submission.reporter_kind == "proxy" else ""
    relation_key = f"console.relation.{relation}"
    pairs = [
        ("console.people.applicant", applicant),
        ("console.people.members", "、".join(members)),
        ("console.people.reporter", reporter_words(folder, t)),
        ("console.people.relation", t(relation_key) if t.has(relation_key) else relation),
        ("console.people.consent", t(f"console.consent.{submission.consent}")),
        ("console.people.phone", submission.reporter_phone or ""),
        ("console.people.channel", t(f"console.channel.{submission.channel}")),
        ("console.people.received", moment(submission.received_at, t)),
        ("console.people.submission", submission.reference),
    ]
    return [{"label": t(label), "words": words} for label, words in pairs if words]


def reporter_words(folder: Folder, t: Translator) -> str:
    """Who told us, with name where known."""
    submission = folder.submission
    return f"{t(f'console.reporter.{submission.reporter_kind}')} {submission.reporter_name or ''}".strip()


def kin(
    applications: list[Application], folder: Folder, catalogue: Catalogue, t: Translator
) -> list[dict[str, str]]:
    """Other applications of the household, a line each."""
    return [
        {
            "reference": one.reference,
            "programme": programme_name(catalogue, one.programme, t.lang),
            "whom": subject_words(one.subject, folder.persons, t),
            "status": one.status,
            "tone": status_tone(one),
        }
        for one in applications
    ]


def deadlines(folder: Folder, today: date, t: Translator) -> list[dict[str, Any]]:
    """Every date of this application, met or not."""
    return [
        {
            "step": text(deadline.step_name, t.lang) or deadline.step,
            "due": due_words(deadline.due_on, today, t),
            "met": moment(deadline.met_at, t) if deadline.met_at else "",
            "assumed": deadline.assumed,
        }
        for deadline in folder.deadlines
    ]


def talk(folder: Folder, t: Translator) -> list[dict[str, Any]]:
    """The conversation, line by line; each can be linked to by its place."""
    told_by = reporter_words(folder, t)
    return [
        {
            "side": line.who,
            "place": line.position,
            "who": told_by if line.who == "reporter" else t("console.talk.desk"),
            "when": moment(line.at, t),
            "text": line.text,
        }
        for line in folder.transcript
    ]
