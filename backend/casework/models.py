"""Applications and everything that happens to them on the way to a determination."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.casework.statuses import STATUSES
from backend.db import Base, Key

_STATUS = "status in ({})".format(", ".join(f"'{status}'" for status in STATUSES))


class Application(Base):
    """A request for one programme. `status` is written by `casework.change_status` alone; `version` counts changes.

    `said_truth` is what the resident was shown, `truth` and `screening` (one `Result` as JSON: decided_by, missing,
    amount, after, conflicts_with) are our own, made with `catalogue`."""

    __tablename__ = "applications"
    __table_args__ = (
        CheckConstraint(_STATUS, name="status"),
        Index("ix_applications_work", "department", "status"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))  # None: for the household
    programme: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(80))
    department: Mapped[str] = mapped_column(String(80))
    office: Mapped[str | None] = mapped_column(ForeignKey("offices.id"))
    accept_level: Mapped[str] = mapped_column(String(80))
    decide_level: Mapped[str] = mapped_column(String(80))
    urgent: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(30))
    assigned_to: Mapped[str | None] = mapped_column(String(120), index=True)  # Actor.id
    version: Mapped[int] = mapped_column(default=1)
    catalogue: Mapped[str] = mapped_column(String(200))
    said_truth: Mapped[str] = mapped_column(String(10))
    truth: Mapped[str] = mapped_column(String(10))
    screening: Mapped[dict[str, Any]]
    possible_duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"))
    submitted_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    changes: Mapped[list[StatusChange]] = relationship(
        back_populates="application", order_by="StatusChange.number"
    )
    questions: Mapped[list[CaseQuestion]] = relationship(
        back_populates="application", order_by="CaseQuestion.asked_at"
    )
    determination: Mapped[Determination | None] = relationship(back_populates="application")


class StatusChange(Base):
    """One step of an application's life; numbered from 1, so that the timeline replays to the present status."""

    __tablename__ = "status_changes"
    __table_args__ = (UniqueConstraint("application_id", "number"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    number: Mapped[int]
    from_status: Mapped[str | None] = mapped_column(String(30))  # None: it was filed
    to_status: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(120))  # Actor.id
    by_name: Mapped[str] = mapped_column(String(200))
    by_role: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)

    application: Mapped[Application] = relationship(back_populates="changes")


class Determination(Base):
    """The official decision, by a person, with a reason in plain words. One per application."""

    __tablename__ = "determinations"
    __table_args__ = (CheckConstraint("decision in ('approved', 'denied')", name="decision"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), unique=True)
    decision: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]

    application: Mapped[Application] = relationship(back_populates="determination")


class CaseQuestion(Base):
    """What a caseworker asks the resident: about a fact of a subject, or in free words (`fact` is None)."""

    __tablename__ = "case_questions"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    fact: Mapped[str | None] = mapped_column(String(80))
    subject: Mapped[str | None] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_by_name: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[datetime]
    answer_text: Mapped[str | None] = mapped_column(Text)
    answer_message: Mapped[str | None] = mapped_column(String(80))
    answered_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]  # the application closed before an answer came

    application: Mapped[Application] = relationship(back_populates="questions")


class HelpTask(Base):
    """Somebody needs a person: an urgent word, or a wish. The conversation so far is in `transcript_lines`."""

    __tablename__ = "help_tasks"
    __table_args__ = (Index("ix_help_tasks_open", "done_at", "kind", "opened_at"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(20))  # urgent, human, or phone (a notice could not be delivered)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"), index=True)
    urgent: Mapped[str | None] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(20))
    conversation: Mapped[str] = mapped_column(String(80))
    lang: Mapped[str] = mapped_column(String(200))
    opened_at: Mapped[datetime]
    taken_by: Mapped[str | None] = mapped_column(String(120))
    taken_at: Mapped[datetime | None]
    done_by: Mapped[str | None] = mapped_column(String(120))
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(Text)
