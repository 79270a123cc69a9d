"""The state of one conversation: plain, serialisable, versioned. The bot stores it as JSON between turns.

A conversation is about one applicant; starting over for somebody else makes a new draft, and nothing carries over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from handlers.messages import Choice, FactValue, UnderstoodFact

STATE_VERSION = 1


@dataclass(slots=True)
class Person:
    """A member of the household as the reporter sees it. `self` is the applicant, whoever types."""

    id: str
    relation: str  # to the applicant
    name: str | None = None
    which: int | None = None


@dataclass(slots=True)
class StoredFact:
    """An answer with the words (or button) it came from. `state` keeps unasked, don't know and declined apart."""

    fact: str
    subject: str  # "household" or a person's id
    state: Literal["answered", "dont_know", "declined"]
    message: str
    said_at: datetime
    said_by: Literal["applicant", "proxy", "officer"]
    sureness: float = 1.0
    value: FactValue | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    words: str | None = None
    span: tuple[int, int] | None = None
    choice: str | None = None
    confirmed: bool = False


@dataclass(slots=True)
class Reporter:
    """Who types: the applicant, a proxy with a relation and a basis of consent, or an enrolled officer."""

    kind: Literal["self", "proxy", "officer"] | None = None
    name: str | None = None
    phone: str | None = None
    relation: str | None = None
    consent: Literal["self", "spoken", "guardian", "cannot_consent"] = "self"


@dataclass(slots=True)
class Line:
    """One line of the transcript. Personal numbers are masked before they are kept here."""

    message: str
    at: datetime
    who: Literal["reporter", "desk"]
    text: str


@dataclass(slots=True)
class Heard:
    """A reading kept with the message it came from: words said too early, or a reading not sure enough to be stored."""

    message: str
    said_at: datetime
    text: str  # with personal numbers masked
    facts: list[UnderstoodFact] = field(default_factory=list)
    corrects: bool = False


@dataclass(slots=True)
class Unsent:
    """Something the intake could not take yet; tried again with every turn. `body` is the request as JSON."""

    kind: Literal["help", "answer"]
    message: str
    body: dict[str, Any]
    reference: str = ""


@dataclass(slots=True)
class Draft:
    """What is being prepared for one applicant, until it is filed. `submission_id` is made when the review is first shown.

    `sent` is the body of a filing whose outcome is not known: it is sent again as it is, so that it is filed once.
    """

    reporter: Reporter = field(default_factory=Reporter)
    name: str | None = None  # the applicant's, or how the reporter calls them
    people: list[Person] = field(default_factory=list)
    members_complete: bool = False
    facts: list[StoredFact] = field(default_factory=list)
    story: str = ""
    urgent: str | None = None
    chosen: list[tuple[str, str]] = field(default_factory=list)  # (programme, subject)
    submission_id: str | None = None
    asked: list[tuple[str, str]] = field(
        default_factory=list
    )  # (fact, subject), in the order asked; for "back"
    history: list[StoredFact] = field(default_factory=list)  # answers that a later one replaced
    doubts: list[Heard] = field(default_factory=list)  # one unsure reading each, to be asked as yes or no
    whom_settled: bool = False  # it was asked whether a story about one other person is for that person
    thorough: bool = False  # "check everything for me"
    reviewed_on: date | None = None  # the day the review was first shown
    sent: dict[str, Any] | None = None


@dataclass(slots=True)
class Filed:
    """A submission that went through, for `/status`."""

    reference: str
    at: datetime
    applications: list[dict[str, Any]] = field(default_factory=list)
    reporter: Reporter = field(default_factory=Reporter)  # so that a notice can still say "your father"
    people: list[Person] = field(default_factory=list)
    name: str | None = None


@dataclass(slots=True)
class Conversation:
    """Everything the desk remembers between two messages of one chat."""

    id: str
    channel: str
    lang: str | None = None
    step: str = "language"
    step_data: dict[str, Any] = field(default_factory=dict)  # small, the step's own
    consented: bool = False
    draft: Draft = field(default_factory=Draft)
    filed: list[Filed] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)  # the buttons that count now; any other is stale
    serial: int = 0  # grows with each set of buttons, so that an old button is told from a new one
    pending_questions: list[dict[str, Any]] = field(
        default_factory=list
    )  # caseworkers' questions not yet answered
    misses: int = 0  # misunderstandings in a row
    transcript: list[Line] = field(default_factory=list)
    held: list[Heard] = field(default_factory=list)  # said before the desk knew whom it is about
    unsent: list[Unsent] = field(default_factory=list)
    tried_at: datetime | None = None  # when the last of `unsent` was tried again
    state_version: int = STATE_VERSION
