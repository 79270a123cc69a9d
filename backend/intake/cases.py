"""From facts as they were stated to what the rule engine takes in. What cannot be read stays unknown, and is named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from backend.eligibility import with_implied
from backend.eligibility.model import (
    HOUSEHOLD,
    Answer,
    Case,
    Catalogue,
    FactDef,
    FactRef,
    Member,
    Range,
    Scalar,
    Value,
)

MOST = Decimal(10) ** 12
NUMBERS = ("int", "number", "money", "money_per_month", "percent")


class Stated(Protocol):
    """What is needed of a stated fact: a row of ours has it."""

    fact: Any
    subject: Any
    state: Any
    value: Any
    low: Any
    high: Any


class Somebody(Protocol):
    """What is needed of a person: a row of ours has it."""

    subject: Any
    relation: Any


def case_of(
    catalogue: Catalogue,
    on: date,
    persons: Iterable[Somebody],
    facts: Iterable[Stated],
    members_complete: bool,
) -> tuple[Case, tuple[FactRef, ...]]:
    """The case on that day, and the facts whose value does not fit this catalogue (unknown to it, wrong type)."""
    answers: dict[str, dict[str, Answer]] = {}
    unreadable: list[FactRef] = []
    for stated in facts:
        definition = catalogue.facts.get(stated.fact)
        try:
            if definition is None:
                raise ValueError("unknown fact")
            answers.setdefault(stated.subject, {})[stated.fact] = answer_of(definition, stated)
        except (ValueError, TypeError, InvalidOperation):
            unreadable.append(FactRef(stated.fact, stated.subject))
    members = tuple(
        Member(person.subject, person.relation, answers.get(person.subject, {})) for person in persons
    )
    case = Case(on, answers.get(HOUSEHOLD, {}), members, members_complete)
    return with_implied(catalogue, case), tuple(unreadable)


def answer_of(definition: FactDef, stated: Stated) -> Answer:
    """One stated fact as the engine takes it; ValueError when the value does not fit the fact's type."""
    if stated.state != "answered":
        return Answer(None, stated.state)
    if stated.low is not None or stated.high is not None:
        if definition.type not in NUMBERS:
            raise ValueError("a range of something that is no number")
        return Answer(Range(_decimal(stated.low), _decimal(stated.high)))
    if stated.value is None:
        raise ValueError("answered without a value")
    return Answer(value_of(definition, stated.value))


def value_of(definition: FactDef, value: Any) -> Value:
    """A JSON value as the fact's own type; ValueError when it does not fit."""
    made: Scalar
    if definition.type == "bool":
        if not isinstance(value, bool):
            raise ValueError("neither yes nor no")
        return value
    if isinstance(value, bool):
        raise ValueError("yes or no for something else")
    if definition.type == "programme_set":
        return tuple(str(one) for one in ([value] if isinstance(value, str) else value))
    if definition.type == "date":
        return date.fromisoformat(str(value))
    if definition.type == "enum":
        made = next((one for one in definition.allowed if str(one) == str(value)), None)  # type: ignore[assignment]
        if made is None:
            raise ValueError("not one of the choices")
        return made
    number = Decimal(str(value))
    if not number.is_finite() or abs(number) >= MOST:
        raise ValueError("no number of a household")
    if definition.type != "int":
        return number
    if number != int(number):
        raise ValueError("not a whole number")
    return int(number)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
