"""What was filed: the submission, every stated fact with the words it came from, and the conversation."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, Json, Key


class IdempotencyKey(Base):
    """A creating call that was done, so that its repetition gives the same answer and no second effect."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("client", "operation", "key"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    client: Mapped[str] = mapped_column(String(80))
    operation: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the body in one canonical form
    response: Mapped[dict[str, Any] | None] = mapped_column(Json)
    at: Mapped[datetime]


class Submission(Base):
    """Filing, once: who typed, for whom, where to answer. `screening` is ours, made on receipt; `rescreened` says
    that the bot had another version of the catalogue (`said_catalogue`)."""

    __tablename__ = "submissions"
    __table_args__ = (Index("ix_submissions_contact", "channel", "conversation"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    client: Mapped[str] = mapped_column(String(80))  # the API client that filed it
    received_at: Mapped[datetime]
    on: Mapped[date]  # the day the bot screened for
    said_catalogue: Mapped[str] = mapped_column(String(200))
    catalogue: Mapped[str] = mapped_column(String(200))
    rescreened: Mapped[bool]
    screening: Mapped[dict[str, Any]]
    reporter_kind: Mapped[str] = mapped_column(String(20))
    reporter_name: Mapped[str | None] = mapped_column(String(200))
    reporter_phone: Mapped[str | None] = mapped_column(String(200))
    reporter_relation: Mapped[str | None] = mapped_column(String(200))
    consent: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(20))
    conversation: Mapped[str] = mapped_column(String(80))
    lang: Mapped[str] = mapped_column(String(200))
    story: Mapped[str] = mapped_column(Text)
    urgent: Mapped[str | None] = mapped_column(String(20))


class StatedFact(Base):
    """One answer about one subject, with where it came from. Never changed: a newer one supersedes it.

    `value` is JSON (a date as ISO text, money as text of digits); a range has `low`/`high` and no value. `person_id`
    is None for the household. `words` with `span_start`/`span_end` (characters of message `message`) or `choice`
    (the label of the tapped button); `question_id` when it answers a caseworker."""

    __tablename__ = "stated_facts"
    __table_args__ = (
        CheckConstraint("state in ('answered', 'dont_know', 'declined')", name="state"),
        Index("ix_stated_facts_current", "household_id", "subject", "fact"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    subject: Mapped[str] = mapped_column(String(80))
    fact: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(20))
    value: Mapped[Any | None] = mapped_column(Json)
    low: Mapped[Decimal | None]
    high: Mapped[Decimal | None]
    words: Mapped[str | None] = mapped_column(Text)
    span_start: Mapped[int | None]
    span_end: Mapped[int | None]
    choice: Mapped[str | None] = mapped_column(String(200))
    message: Mapped[str] = mapped_column(String(80))
    said_by: Mapped[str] = mapped_column(String(20))  # applicant, proxy, officer, caseworker
    said_at: Mapped[datetime]
    sureness: Mapped[float]
    confirmed: Mapped[bool]
    recorded_at: Mapped[datetime]
    question_id: Mapped[str | None] = mapped_column(ForeignKey("case_questions.id"), index=True)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("stated_facts.id"))


class TranscriptLine(Base):
    """One line of the conversation, copied at filing (`submission_id`) or when help was asked for (`help_task_id`)."""

    __tablename__ = "transcript_lines"
    __table_args__ = (CheckConstraint("(submission_id is null) <> (help_task_id is null)", name="one_owner"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"), index=True)
    help_task_id: Mapped[int | None] = mapped_column(ForeignKey("help_tasks.id"), index=True)
    position: Mapped[int]
    message: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(20))  # reporter or desk
    text: Mapped[str] = mapped_column(Text)
