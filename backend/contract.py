"""The shapes exchanged between the intake and the bot (and, later, departments). Anything may be added; nothing is
renamed or removed (`/openapi.json` is made from these). Money is yuan as a string of decimal digits, never float."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

# U+0000 is refused by PostgreSQL; it is refused at the door so that both databases behave alike.
Str = Annotated[str, StringConstraints(max_length=4096, pattern=r"^[^\x00]*$")]
ShortStr = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,80}$")]
Relation = Literal[
    "self", "spouse", "father", "mother", "son", "daughter", "child", "grandchild", "grandfather", "grandmother",
    "brother", "sister", "other",
]  # fmt: skip
FactValue = bool | int | Decimal | Str | list[Str]


class Shape(BaseModel):
    """Unknown keys are errors: a misspelt field must not be lost silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(Shape):
    """The words a value came from. Exactly one of `words` (free text, with its span in the message) and `choice`
    (the label of the button that was tapped) is set; `message` is the id of the inbound message."""

    words: Str | None = None
    span: tuple[int, int] | None = None
    choice: ShortStr | None = None
    message: Id
    said_by: Literal["applicant", "proxy", "officer", "caseworker"]
    said_at: datetime
    sureness: Annotated[float, Field(ge=0, le=1)]
    confirmed: bool = False  # the reporter saw this reading and let it stand at the review


class StatedFact(Shape):
    """One answer about one subject. A range has `low` and/or `high` and no `value`."""

    fact: Id
    subject: Id  # "household" or a person's id in the same submission
    state: Literal["answered", "dont_know", "declined"] = "answered"
    value: FactValue | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    evidence: Evidence


class PersonIn(Shape):
    """A member of the household. `relation` is to the applicant (`self`)."""

    id: Id
    relation: Relation
    name: ShortStr | None = None


class ReporterIn(Shape):
    """Who typed. A proxy says what the applicant is to them (`relation`: "mother") and has a basis of consent."""

    kind: Literal["self", "proxy", "officer"]
    name: ShortStr | None = None
    phone: ShortStr | None = None
    relation: ShortStr | None = None
    consent: Literal["self", "spoken", "guardian", "cannot_consent"] = "self"


class ContactPoint(Shape):
    """Where notices go: an opaque conversation of a channel, and the language its reader chose."""

    channel: Literal["telegram", "web", "terminal"]
    conversation: Id
    lang: ShortStr


class ApplicationItem(Shape):
    """A request for one programme; `subject` is "household" or a person's id."""

    programme: Id
    subject: Id
    truth: Literal["true", "false", "unknown"]


class TranscriptLine(Shape):
    """One line of the conversation, copied at filing so that a caseworker can read the whole story."""

    message: Id
    at: datetime
    who: Literal["reporter", "desk"]
    text: Str


class SubmissionIn(Shape):
    """Filing, once: one household, k items. The submission id is the Idempotency-Key."""

    on: date
    catalogue: ShortStr
    reporter: ReporterIn
    contact: ContactPoint
    persons: Annotated[list[PersonIn], Field(min_length=1, max_length=30)]
    members_complete: bool = False
    facts: Annotated[list[StatedFact], Field(max_length=1000)]
    items: Annotated[list[ApplicationItem], Field(min_length=1, max_length=100)]
    story: Str = ""
    urgent: Literal["self_harm", "violence", "child_at_risk", "hunger", "no_shelter", "medical"] | None = None
    transcript: Annotated[list[TranscriptLine], Field(max_length=500)] = []
    office: Id | None = None  # the town or village, when the link or the officer's enrolment says so


class ReceiptItem(Shape):
    programme: Id
    subject: Id
    reference: Id
    department: Id
    due_on: date


class Receipt(Shape):
    """What a filing gives back. `rescreened` is true when the backend's catalogue differs and it screened again."""

    reference: Id
    received_at: datetime
    applications: list[ReceiptItem]
    rescreened: bool = False


Status = Literal[
    "submitted", "accepted", "in_review", "waiting_for_resident", "approved", "denied", "withdrawn"
]


class StatusChange(Shape):
    at: datetime
    status: Status
    reason: Str | None = None


class ApplicationStatus(Shape):
    """Where one application stands, as its reporter may see it."""

    reference: Id
    submission: Id
    programme: Id
    subject: Id
    department: Id
    status: Status
    due_on: date | None
    reason: Str | None = None
    history: list[StatusChange] = []


class AnswerIn(Shape):
    """The resident's answer to a caseworker's question; it lands in the field (when the question names one) and in
    the case. The Idempotency-Key is the id of the inbound message."""

    question: Id
    text: Str
    fact: StatedFact | None = None


NoticeKind = Literal[
    "received", "accepted", "in_review", "question", "approved", "denied", "withdrawn", "message"
]


class Notice(Shape):
    """What the backend wants told: a kind and parameters, never finished text; the bot renders it in the reader's
    language. `parameters` per kind: programme, subject, reference, due_on, reason, amount, question, fact, text."""

    id: Id
    kind: NoticeKind
    contact: ContactPoint
    parameters: dict[Str, Str | int | bool | None]
    created_at: datetime


class ClaimIn(Shape):
    worker: Id
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    lease_seconds: Annotated[int, Field(ge=5, le=3600)] = 60


class Claim(Shape):
    notices: list[Notice]


class AcknowledgeIn(Shape):
    """Delivered, or undeliverable with a reason, so that a caseworker phones."""

    worker: Id
    outcome: Literal["delivered", "undeliverable"]
    reason: ShortStr | None = None


class HelpRequestIn(Shape):
    """An urgent word or a wish for a person: a task for somebody, with the transcript."""

    kind: Literal["urgent", "human"]
    urgent: Literal["self_harm", "violence", "child_at_risk", "hunger", "no_shelter", "medical"] | None = None
    contact: ContactPoint
    transcript: Annotated[list[TranscriptLine], Field(max_length=500)] = []


class Problem(BaseModel):
    """RFC 9457: every error of the API. `retryable` says whether the same call may go through later."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    retryable: bool = False
    errors: list[dict[str, str]] = []
