"""Screenings as JSON and back, without loss: what a caseworker sees years later is what was worked out that day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from backend.eligibility.model import (
    Amount,
    Compared,
    Conflict,
    Decided,
    FactRef,
    Range,
    Result,
    Screening,
    Truth,
    Value,
)

WORDS: dict[Truth, str] = {True: "true", False: "false", None: "unknown"}
TRUTHS: dict[str, Truth] = {word: truth for truth, word in WORDS.items()}


def value_json(value: Value | None) -> Any:
    """A value with its type kept: money is not a float, a date is not a word."""
    if isinstance(value, Range):
        return {"low": _digits(value.low), "high": _digits(value.high)}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, tuple):
        return {"list": list(value)}
    return value


def value_from(kept: Any) -> Value | None:
    """The value that `value_json` wrote."""
    if not isinstance(kept, dict):
        return kept  # type: ignore[no-any-return]
    if "decimal" in kept:
        return Decimal(kept["decimal"])
    if "date" in kept:
        return date.fromisoformat(kept["date"])
    if "list" in kept:
        return tuple(kept["list"])
    return Range(_number(kept["low"]), _number(kept["high"]))


def result_json(result: Result) -> dict[str, Any]:
    """One programme's result, with the criteria that decided it and the values they used."""
    amount = result.amount
    return {
        "programme": result.programme,
        "for": result.subject,
        "truth": WORDS[result.truth],
        "decided_by": [
            {
                "criterion": one.criterion,
                "truth": WORDS[one.truth],
                "for": one.subject,
                "values": {fact: value_json(value) for fact, value in one.values.items()},
                "parameters": {name: str(figure) for name, figure in one.parameters.items()},
                "compared": [
                    {
                        "fact": each.fact,
                        "value": value_json(each.value),
                        "sign": each.sign,
                        "limit": value_json(each.limit),
                    }
                    for each in one.compared
                ],
            }
            for one in result.decided_by
        ],
        "missing": [_ref_json(ref) for ref in result.missing],
        "amount": amount
        and {
            "low": _digits(amount.low),
            "high": _digits(amount.high),
            "unit": amount.unit,
            "period": amount.period,
            "shown": amount.shown,
            "since": amount.since.isoformat() if amount.since else None,
        },
        "after": list(result.after),
        "conflicts_with": [{"programme": one.programme, "rule": one.rule} for one in result.conflicts_with],
    }


def result_from(kept: Mapping[str, Any]) -> Result:
    """The result that `result_json` wrote."""
    amount = kept["amount"]
    return Result(
        programme=kept["programme"],
        subject=kept["for"],
        truth=TRUTHS[kept["truth"]],
        decided_by=tuple(
            Decided(
                criterion=one["criterion"],
                truth=TRUTHS[one["truth"]],
                values={fact: value_from(value) for fact, value in one["values"].items()},
                parameters={name: Decimal(figure) for name, figure in one["parameters"].items()},
                subject=one["for"],
                compared=tuple(_compared_from(each) for each in one.get("compared", [])),
            )
            for one in kept["decided_by"]
        ),
        missing=tuple(FactRef(ref["fact"], ref["for"]) for ref in kept["missing"]),
        amount=amount
        and Amount(
            _number(amount["low"]),
            _number(amount["high"]),
            amount["unit"],
            amount["period"],
            amount["shown"],
            date.fromisoformat(amount["since"]) if amount.get("since") else None,
        ),
        after=tuple(kept["after"]),
        conflicts_with=tuple(Conflict(one["programme"], one["rule"]) for one in kept["conflicts_with"]),
    )


def _compared_from(kept: Mapping[str, Any]) -> Compared:
    value, limit = value_from(kept["value"]), value_from(kept["limit"])
    assert value is not None  # only known values are ever compared
    assert limit is not None
    return Compared(kept["fact"], value, kept["sign"], limit)


def screening_json(screening: Screening, unreadable: tuple[FactRef, ...] = ()) -> dict[str, Any]:
    """Everything the rules said that day; `unreadable` names stated facts that this catalogue could not use."""
    return {
        "catalogue": screening.catalogue,
        "on": screening.on.isoformat(),
        "results": [result_json(result) for result in screening.results],
        "contradictions": [
            {
                "fact": one.fact,
                "for": one.subject,
                "stated": value_json(one.stated),
                "derived": value_json(one.derived),
            }
            for one in screening.contradictions
        ],
        "backdated": list(screening.backdated),
        "unreadable": [_ref_json(ref) for ref in unreadable],
    }


def _ref_json(ref: FactRef) -> dict[str, str]:
    return {"fact": ref.fact, "for": ref.subject}


def _digits(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
