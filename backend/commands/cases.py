"""A case as JSON, in and out, in the shape that `onedoor screen` keeps for good: things may be added, nothing is renamed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from backend.eligibility import Rules
from backend.eligibility.model import (
    HOUSEHOLD,
    Amount,
    Answer,
    Case,
    FactRef,
    Member,
    Range,
    Result,
    Screening,
    Value,
)

RELATIONS = (
    "self", "spouse", "father", "mother", "son", "daughter", "child", "grandchild", "grandfather", "grandmother",
    "brother", "sister", "other",
)  # fmt: skip
KEYS = {"id", "on", "household", "persons", "members_complete", "asked"}
PERSON_KEYS = {"id", "relation", "facts"}
MARKS = ("declined", "dont_know")


class BadLineError(ValueError):
    """What is wrong with a line, in one sentence, without what was said in it."""


def parse(line: str) -> dict[str, Any]:
    """The line's JSON object, numbers as the digits that stand there."""
    try:
        found = json.loads(line, parse_float=Decimal, parse_constant=_no_constant)
    except BadLineError:
        raise
    except (ValueError, RecursionError) as problem:
        raise BadLineError("the line is not JSON") from problem
    if not isinstance(found, dict):
        raise BadLineError("the line is not a JSON object")
    return found


def _no_constant(name: str) -> Decimal:
    raise BadLineError(f"{name} is not a number")


def read_case(rules: Rules, given: Mapping[str, Any]) -> tuple[Case, tuple[FactRef, ...]]:
    """The case, and the questions that were put already. Raises BadLineError."""
    _only(given, KEYS, "the line")
    complete = given.get("members_complete", True)
    if not isinstance(complete, bool):
        raise BadLineError("`members_complete` must be true or false")
    persons = _else(given.get("persons"), [])
    if not isinstance(persons, list) or not all(isinstance(person, dict) for person in persons):
        raise BadLineError("`persons` must be a list of objects")
    members = tuple(_member(rules, person, alone=len(persons) == 1) for person in persons)
    household = _answers(rules, _else(given.get("household"), {}), HOUSEHOLD)
    asked = _else(given.get("asked"), [])
    if not isinstance(asked, list):
        raise BadLineError("`asked` must be a list of objects with `fact` and `for`")
    return Case(_day(given.get("on")), household, members, complete), tuple(_ref(one) for one in asked)


def _else(given: Any, nothing: Any) -> Any:
    """What was given, or nothing for null; anything else of the wrong kind is a mistake and not nothing."""
    return nothing if given is None else given


def _only(given: Mapping[str, Any], keys: set[str], where: str) -> None:
    """A key misspelt must not be lost silently."""
    for key in given:
        if key not in keys:
            raise BadLineError(f"`{key[:40]}` is not a key of {where}")


def _day(given: object) -> date:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else date.fromisoformat("")
    except ValueError as problem:
        raise BadLineError("`on` must be a day such as 2025-07-01") from problem


def _member(rules: Rules, given: Mapping[str, Any], *, alone: bool) -> Member:
    """One person. Without a relation, somebody alone is `self`."""
    _only(given, PERSON_KEYS, "a person")
    name = given.get("id")
    if not isinstance(name, str) or not name:
        raise BadLineError("each person needs an `id`")
    relation = given.get("relation") or ("self" if alone else "other")
    if relation not in RELATIONS:
        raise BadLineError(f"`relation` must be one of {', '.join(RELATIONS)}")
    return Member(name, relation, _answers(rules, _else(given.get("facts"), {}), name))


def _answers(rules: Rules, given: object, subject: str) -> dict[str, Answer]:
    """What was said; absent and null are the same: not known."""
    if not isinstance(given, dict):
        raise BadLineError(f"the facts of `{subject}` must be an object")
    return {
        fact: answer
        for fact, value in given.items()
        if (answer := _answer(rules, fact, value, subject)) is not None
    }


def _answer(rules: Rules, fact: str, given: Any, subject: str) -> Answer | None:
    """One answer: a value, a range, declined or not known."""
    definition = rules.catalogue.facts.get(fact)
    if definition is None:
        raise BadLineError(f"unknown fact `{fact[:60]}`")
    if given is None:
        return None
    if isinstance(given, dict):
        if len(given) == 1 and (mark := next(iter(given))) in MARKS and given[mark] is True:
            return Answer(state=mark)  # type: ignore[arg-type]
        if given and set(given) <= {"low", "high"}:
            return Answer(Range(_end(given.get("low"), fact), _end(given.get("high"), fact)))
        raise BadLineError(f"`{fact}` of `{subject}` is neither a value nor low/high, declined or dont_know")
    if definition.type == "date" and isinstance(given, str):
        try:
            return Answer(date.fromisoformat(given))
        except ValueError as problem:
            raise BadLineError(f"`{fact}` of `{subject}` must be a day such as 1968-03-02") from problem
    if isinstance(given, list):
        if not all(isinstance(one, str) for one in given):
            raise BadLineError(f"`{fact}` of `{subject}` must be a list of ids")
        return Answer(tuple(given))
    return Answer(given)


def _end(given: object, fact: str) -> Decimal | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise BadLineError(f"`{fact}`: low and high must be numbers")
    return Decimal(given)


def _ref(given: object) -> FactRef:
    if isinstance(given, dict) and isinstance(given.get("fact"), str) and isinstance(given.get("for"), str):
        return FactRef(given["fact"], given["for"])
    raise BadLineError("`asked` must be a list of objects with `fact` and `for`")


# ---- out


def plain(value: Value | None) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Range):
        return {"low": plain(value.low), "high": plain(value.high)}
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def report(screening: Screening) -> dict[str, Any]:
    """A screening as JSON has it, but for the case's own id and the next question."""
    return {
        "catalogue": screening.catalogue,
        "results": [_result(result) for result in screening.results],
        "contradictions": [
            {"fact": c.fact, "for": c.subject, "stated": plain(c.stated), "derived": plain(c.derived)}
            for c in screening.contradictions
        ],
        "backdated": list(screening.backdated),
    }


def _result(result: Result) -> dict[str, Any]:
    words = {True: "true", False: "false", None: "unknown"}
    return {
        "programme": result.programme,
        "for": result.subject,
        "truth": words[result.truth],
        "amount": _amount(result.amount),
        "decided_by": [
            {
                "criterion": decided.criterion,
                "values": {fact: plain(value) for fact, value in decided.values.items()},
                "parameters": {name: plain(value) for name, value in decided.parameters.items()},
                "for": decided.subject,
            }
            for decided in result.decided_by
        ],
        "missing": list(dict.fromkeys(ref.fact for ref in result.missing)),
        "after": list(result.after),
        "conflicts_with": [{"programme": c.programme, "rule": c.rule} for c in result.conflicts_with],
        **({"amount_in": _unit(result.amount)} if result.amount else {}),
    }


def _amount(amount: Amount | None) -> Any:
    """A number, or low and high while it is open."""
    if amount is None:
        return None
    if amount.low == amount.high:
        return plain(amount.low)
    return {"low": plain(amount.low), "high": plain(amount.high)}


def _unit(amount: Amount) -> dict[str, Any]:
    return {"unit": amount.unit, "period": amount.period, "shown": amount.shown}
