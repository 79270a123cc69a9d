"""Tiny catalogues for tests of the rule engine: facts and programmes in a few words.

rules = rulebook({"age": "int", "ill": "bool", "area": "enum:urban,rural", "income": "household money"},
                 {"old": "age >= 80", "poor": Rule(["income < $line"], scope="household", gives_status=True)},
                 figures={"line": 500})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from backend.eligibility import Rules, compile_catalogue, screen
from backend.eligibility.model import (
    Answer,
    Benefit,
    Case,
    Catalogue,
    Conflict,
    Criterion,
    FactDef,
    Member,
    ParameterRow,
    Programme,
    Result,
    Source,
    Tier,
    Truth,
    Value,
)
from backend.eligibility.priors import Interview

WORDS = {"zh": "字", "en": "word"}
NOWHERE = Source("nowhere", None, "none", False)
DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Rule:
    """A programme in a few words; criteria are called c0, c1, ..."""

    criteria: Sequence[str]
    scope: str = "person"
    gives_status: bool = False
    parameter: str | None = None
    amount: str | None = None
    tiers: Sequence[tuple[str | None, str]] = ()
    excludes: Mapping[str, str] = field(default_factory=dict)
    valid_from: date = date(2000, 1, 1)
    valid_to: date | None = None
    confidence: str = "verified"
    urgent: bool = False


def rulebook(
    facts: Mapping[str, str],
    programmes: Mapping[str, str | Rule],
    *,
    figures: Mapping[str, Any] | None = None,
    derived: Mapping[str, str | tuple[str, str]] | None = None,
    statuses: Sequence[str] = (),
    groups: Mapping[str, tuple[str, ...]] | None = None,
    not_asked: Sequence[str] = (),
    interview: Interview | None = None,
) -> Rules:
    """The rules, compiled. A fact is `[household] type[:values]`; a figure is a number or {day: number}."""
    return compile_catalogue(
        catalogue_of(
            facts,
            programmes,
            figures=figures,
            derived=derived,
            statuses=statuses,
            groups=groups,
            not_asked=not_asked,
            interview=interview,
        )
    )


def catalogue_of(
    facts: Mapping[str, str],
    programmes: Mapping[str, str | Rule],
    *,
    figures: Mapping[str, Any] | None = None,
    derived: Mapping[str, str | tuple[str, str]] | None = None,
    statuses: Sequence[str] = (),
    groups: Mapping[str, tuple[str, ...]] | None = None,
    not_asked: Sequence[str] = (),
    interview: Interview | None = None,
) -> Catalogue:
    """The same as `rulebook`, not compiled."""
    definitions = {
        "receiving_programmes": _fact("receiving_programmes", "programme_set", None, True),
        "household_size": _fact("household_size", "household int", None, True),
    }
    for name, kind in facts.items():
        definitions[name] = _fact(name, kind, (derived or {}).get(name), name not in not_asked)
    return Catalogue(
        version="test",
        district=WORDS,
        facts=definitions,
        parameters={name: _rows(value) for name, value in (figures or {}).items()},
        programmes={
            name: _programme(name, rule if isinstance(rule, Rule) else Rule([rule]))
            for name, rule in programmes.items()
        },
        departments={},
        levels={},
        documents={},
        workflows={},
        statuses=(*statuses, *(groups or {})),
        status_groups=groups or {},
        interview=interview or Interview(Decimal(0), 8),
    )


def _fact(name: str, kind: str, derived: str | tuple[str, str] | None, ask: bool) -> FactDef:
    household = kind.startswith("household ")
    kind, _, values = kind.removeprefix("household ").partition(":")
    allowed: tuple[Any, ...] = tuple(values.split(",")) if values else ()
    if kind == "int":
        allowed = tuple(int(value) for value in allowed)
    expression, per = derived if isinstance(derived, tuple) else (derived, None)
    return FactDef(
        name,
        "household" if household else "person",
        kind,  # type: ignore[arg-type]
        WORDS,
        WORDS,
        allowed,
        {str(value): WORDS for value in allowed},
        None,
        ask,
        None,
        expression,
        per,
    )


def _rows(value: Any) -> tuple[ParameterRow, ...]:
    rows = value if isinstance(value, dict) else {date(2000, 1, 1): value}
    return tuple(
        row
        if isinstance(row, ParameterRow)
        else ParameterRow(day, Decimal(str(row)), "CNY", "verified", NOWHERE, None)
        for day, row in rows.items()
    )


def _programme(name: str, rule: Rule) -> Programme:
    return Programme(
        id=name,
        name=WORDS,
        description=WORDS,
        department="d",
        accept_level="l",
        decide_level="l",
        scope=rule.scope,  # type: ignore[arg-type]
        kind="cash",
        gives_status=rule.gives_status,
        criteria=tuple(Criterion(f"c{i}", when, WORDS) for i, when in enumerate(rule.criteria)),
        benefit=Benefit(
            "cash",
            "CNY/person/month",
            "month",
            WORDS,
            rule.parameter,
            rule.amount,
            tuple(Tier(WORDS, when, parameter, None) for when, parameter in rule.tiers),
        ),
        documents=(),
        excludes=tuple(Conflict(other, how) for other, how in rule.excludes.items()),  # type: ignore[arg-type]
        workflow="w",
        legal_basis=(),
        sources=(),
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        confidence=rule.confidence,  # type: ignore[arg-type]
        unverified=(),
        urgent=rule.urgent,
        note=None,
    )


def answers(values: Mapping[str, Any]) -> dict[str, Answer]:
    """Plain values as answers; an Answer stays one, None is not known."""
    return {
        name: value if isinstance(value, Answer) else Answer(value)
        for name, value in values.items()
        if value is not None
    }


def case(
    household: Mapping[str, Value | Answer | None] | None = None,
    *people: Mapping[str, Any],
    on: date = DAY,
    complete: bool = True,
) -> Case:
    """A household; people are p0, p1, ... and the first is the applicant. A key `_relation` is not a fact."""
    members = tuple(
        Member(
            f"p{i}",
            person.get("_relation", "other" if i else "self"),
            answers({name: value for name, value in person.items() if name != "_relation"}),
        )
        for i, person in enumerate(people)
    )
    return Case(on, answers(household or {}), members, complete)


def result(rules: Rules, given: Case, programme: str, subject: str | None = None) -> Result:
    """The result of one programme (for one subject, else its only one)."""
    found = [
        one
        for one in screen(rules, given).results
        if one.programme == programme and subject in (None, one.subject)
    ]
    assert len(found) == 1, f"{len(found)} results for {programme}"
    return found[0]


def truth(rules: Rules, given: Case, programme: str, subject: str | None = None) -> Truth:
    """Its truth alone."""
    return result(rules, given, programme, subject).truth
