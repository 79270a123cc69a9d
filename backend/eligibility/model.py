"""What the rule engine takes in and gives back: plain, immutable objects (see docs/adr/0004).

Money is `Decimal` yuan or `int`, never float. A truth is `True`, `False` or `None`; `None` means "cannot tell yet".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from backend.eligibility.priors import Interview

Truth = bool | None
Scalar = bool | int | Decimal | str | date | tuple[str, ...]
Text = Mapping[str, str]  # language ("zh", "en", ...) -> words
Scope = Literal["household", "person"]
HOUSEHOLD = "household"  # the `subject` of a result or fact that belongs to the household


@dataclass(frozen=True, slots=True)
class Range:
    """A closed interval: "四五百块" is 400 to 500. `None` at one end means open there; both ends `None` is not allowed."""

    low: Decimal | None
    high: Decimal | None


Value = Scalar | Range


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing said about one fact. "Don't know" and declined stay unknown and are never asked again."""

    value: Value | None = None
    state: Literal["answered", "dont_know", "declined"] = "answered"


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the household; `id` is the caller's own, `relation` is to the person the case is about."""

    id: str
    relation: str
    facts: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A household on one day. No members means one person, `self`."""

    on: date
    household: Mapping[str, Answer] = field(default_factory=dict)
    members: tuple[Member, ...] = ()
    members_complete: bool = True


@dataclass(frozen=True, slots=True)
class FactRef:
    """One fact of one subject: `household` or a member's id."""

    fact: str
    subject: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A value beside the limit it was compared with, in the words of what is so: `61 < 80`, `3000 >= 515`."""

    fact: str
    value: Value
    sign: Literal["<", "<=", ">", ">=", "=", "<>"]
    limit: Value


@dataclass(frozen=True, slots=True)
class Decided:
    """A criterion that settled a result, with the values it used and the dated figures it compared with.

    `criterion` is its id, unique in the programme; `values` maps fact ids to the values used; `parameters` maps the
    names of dated figures to their value on the day.
    """

    criterion: str
    truth: Truth
    values: Mapping[str, Value | None]
    parameters: Mapping[str, Decimal]
    subject: str
    compared: tuple[Compared, ...] = ()  # the numbers among the values, each with its limit


@dataclass(frozen=True, slots=True)
class Amount:
    """Yuan as a range (a point when both ends agree); `period` is "month", "year", "once"...; `shown` is False
    when the figure is general knowledge or another district's, which reads "please ask the office"."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    period: str
    shown: bool
    since: date | None = None  # the figures it comes from hold since that day


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another programme of the same screening that cannot be paid together with this one."""

    programme: str
    rule: Literal["cannot_combine", "take_higher"]


@dataclass(frozen=True, slots=True)
class Result:
    """What can be said of one programme for one subject. Only a caseworker's determination says yes or no."""

    programme: str
    subject: str  # "household" or a member's id
    truth: Truth
    decided_by: tuple[Decided, ...]
    missing: tuple[FactRef, ...]
    amount: Amount | None
    after: tuple[str, ...]
    conflicts_with: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A stated value that does not agree with what follows from other answers; the stated value wins."""

    fact: str
    subject: str
    stated: Value
    derived: Value


@dataclass(frozen=True, slots=True)
class Screening:
    """Everything the rules say about one case on one day, by one version of the catalogue."""

    catalogue: str
    on: date
    results: tuple[Result, ...]
    contradictions: tuple[Contradiction, ...]
    backdated: tuple[str, ...]  # parameters whose earliest row was used for a day before it


# ---- the catalogue, as the engine and everybody else sees it


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or figure comes from. `public` is False for mirrors and private sites: never send people there."""

    title: str
    url: str | None
    kind: str  # government, news, mirror, law_text, other, none
    public: bool


@dataclass(frozen=True, slots=True)
class FactDef:
    """One thing that can be known. `derived` is an expression over other facts, or None when it is asked."""

    id: str
    scope: Scope
    type: Literal[
        "bool", "int", "number", "money", "money_per_month", "percent", "enum", "date", "programme_set"
    ]
    label: Text
    question: Text
    allowed: tuple[str | int, ...]
    allowed_labels: Mapping[str, Text]  # str(value) -> words, for enums
    unit: str | None
    ask: bool
    sensitive: str | None  # "health", "money", "family", "id" or None
    derived: str | None
    per: str | None = None  # with `derived`: the fact is the quotient derived / per, compared by multiplying
    # What an answer says as well: (answer, other fact of the same subject, its value). Somebody registered in the
    # district is registered in the city. Whoever stores an answer stores these with it; the rules never guess them.
    implies: tuple[tuple[bool | str, str, bool | int | str], ...] = ()


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """A dated figure: holds from `valid_from` until the next row."""

    valid_from: date
    value: Decimal
    unit: str
    confidence: Literal["verified", "general-knowledge"]
    source: Source
    note: str | None
    ours: bool = True  # False for another district's figure, which is never shown as an amount


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition: a short boolean expression over facts and dated figures, with its plain-language wording."""

    id: str
    when: str
    words: Text


@dataclass(frozen=True, slots=True)
class Tier:
    """A step of a benefit: the first tier whose `when` holds applies."""

    label: Text
    when: str | None
    parameter: str | None
    amount: str | None  # an expression


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a programme gives. `amount` is an expression, or None when only words are known."""

    kind: str
    unit: str
    period: str
    words: Text
    parameter: str | None
    amount: str | None
    tiers: tuple[Tier, ...]
    related: tuple[str, ...] = ()  # other dated figures worth showing beside it


@dataclass(frozen=True, slots=True)
class WorkflowStep:
    """One step with its time limit. `days` is None where the source gives none."""

    id: str
    name: Text
    actor: str
    days: int | None
    unit: Literal["working_day", "calendar_day", "month", "by_date", "day_of_month"]
    basis: str
    sources: tuple[Source, ...] = ()
    confidence: Literal["verified", "general-knowledge"] = "verified"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """A scheme with rules and a department."""

    id: str
    name: Text
    description: Text
    department: str
    accept_level: str
    decide_level: str
    scope: Scope
    kind: str
    gives_status: bool
    criteria: tuple[Criterion, ...]
    benefit: Benefit
    documents: tuple[str, ...]
    excludes: tuple[Conflict, ...]
    workflow: str
    legal_basis: tuple[str, ...]
    sources: tuple[Source, ...]
    valid_from: date
    valid_to: date | None
    confidence: Literal["verified", "general-knowledge"]
    unverified: tuple[str, ...]
    urgent: bool
    note: str | None
    automatic: bool = False  # nobody needs to apply: it is settled or paid by itself


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A district's programmes, read once and never changed. `version` is a hash of all that has meaning in it."""

    version: str
    district: Text
    facts: Mapping[str, FactDef]
    parameters: Mapping[str, tuple[ParameterRow, ...]]
    programmes: Mapping[str, Programme]
    departments: Mapping[str, Text]
    levels: Mapping[str, Text]
    documents: Mapping[str, Text]
    workflows: Mapping[str, tuple[WorkflowStep, ...]]
    statuses: tuple[str, ...]  # programme ids that may be stated as received though not in this catalogue
    # A workflow's whole limit as one step with the id "total"; absent where the source gives no number of days.
    workflow_totals: Mapping[str, WorkflowStep] = field(default_factory=dict)
    parameter_names: Mapping[str, Text] = field(default_factory=dict)
    status_names: Mapping[str, Text] = field(default_factory=dict)  # words for every id of `statuses`
    # An id of `statuses` that leaves open which one it is: "dibao" is `dibao_urban` or `dibao_rural`.
    status_groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    interview: Interview = field(default_factory=lambda: Interview(Decimal(0), 8))
