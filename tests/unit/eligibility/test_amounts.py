"""What a programme would give, and what cannot be paid together with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.eligibility.model import Conflict, ParameterRow, Range, Source
from tests.rulebook import Rule, case, result, rulebook

FACTS = {"level": "int:0,1,2,3", "ok": "bool", "income": "household money", "each": "household money"}
FIGURES = {"line": 500, "one": 100, "two": 90, "rest": 10}
SOURCE = Source("s", None, "none", False)


def of(rule: Rule, household: dict[str, object] | None = None, person: dict[str, object] | None = None):
    rules = rulebook(FACTS, {"p": rule}, figures=FIGURES, derived={"each": ("income", "household_size")})
    return result(rules, case(household or {}, {"ok": True, **(person or {})}), "p").amount  # type: ignore[arg-type]


def test_a_figure_gives_it() -> None:
    amount = of(Rule(["ok"], parameter="one"))
    assert (amount.low, amount.high, amount.shown) == (100, 100, True)
    assert amount.since == date(2000, 1, 1)


@pytest.mark.parametrize("ok", [False, None])
def test_only_a_yes_has_an_amount(ok: bool | None) -> None:
    assert of(Rule(["ok"], parameter="one"), person={"ok": ok}) is None


def test_without_a_figure_there_is_none() -> None:
    assert of(Rule(["ok"])) is None


TIERS = Rule(["ok"], tiers=[("level = 1", "one"), ("level IN (1, 2)", "two"), (None, "rest")])


@pytest.mark.parametrize(
    ("level", "low", "high"),
    [(1, 100, 100), (2, 90, 90), (3, 10, 10), (None, 10, 100), (Range(Decimal(2), Decimal(3)), 10, 90)],
)
def test_the_first_tier_that_holds_applies_and_a_range_while_open(level: object, low: int, high: int) -> None:
    amount = of(TIERS, person={"level": level})
    assert (amount.low, amount.high) == (low, high)


def test_without_a_tier_that_surely_applies_there_is_none() -> None:
    rule = Rule(["ok"], tiers=[("level = 1", "one"), ("level = 2", "two")])
    assert of(rule) is None
    assert of(rule, person={"level": 3}) is None


EXPRESSION = Rule(["ok"], amount="($line - each) * household_size")


@pytest.mark.parametrize(
    ("household", "low", "high"),
    [
        ({"income": 1000, "household_size": 3}, 500, 500),
        ({"income": Range(Decimal(400), Decimal(600)), "household_size": 2}, 400, 600),
        ({"income": 2000, "household_size": 3}, 0, 0),
        ({"each": 300, "household_size": 2}, 400, 400),
    ],
)
def test_an_expression_is_exact_and_never_below_nothing(
    household: dict[str, object], low: int, high: int
) -> None:
    amount = of(EXPRESSION, household)
    assert (amount.low, amount.high) == (low, high)


def test_an_expression_needs_its_facts() -> None:
    assert of(EXPRESSION, {"income": 1000}) is None


def row(confidence: str = "verified", ours: bool = True, day: date = date(2000, 1, 1)) -> ParameterRow:
    return ParameterRow(day, Decimal(100), "CNY", confidence, SOURCE, None, ours)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "figure", "shown"),
    [
        (Rule(["ok"], parameter="f"), row(), True),
        (Rule(["ok"], parameter="f"), row("general-knowledge"), False),
        (Rule(["ok"], parameter="f"), row(ours=False), False),
        (Rule(["ok"], parameter="f"), row(day=date(2030, 1, 1)), False),
        (Rule(["ok"], parameter="f", confidence="general-knowledge"), row(), False),
        (Rule(["ok"], amount="2 * $f"), row(ours=False), False),
    ],
)
def test_a_figure_that_is_not_ours_or_not_verified_is_not_shown(
    rule: Rule, figure: ParameterRow, shown: bool
) -> None:
    rules = rulebook(FACTS, {"p": rule}, figures={"f": {figure.valid_from: figure}})
    amount = result(rules, case({}, {"ok": True}), "p").amount
    assert amount is not None
    assert amount.low in (100, 200)
    assert amount.shown is shown


CONFLICTS = rulebook(
    FACTS,
    {
        "p": Rule(["ok"], excludes={"q": "take_higher", "elsewhere": "cannot_combine"}),
        "q": Rule(["level = 1"]),
    },
    statuses=["elsewhere"],
)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"ok": True, "level": 1}, ["q"]),
        ({"ok": True, "level": 2}, []),
        ({"ok": True}, []),
        ({"ok": True, "level": 2, "receiving_programmes": ("q",)}, ["q"]),
        ({"ok": True, "receiving_programmes": ("elsewhere",)}, ["elsewhere"]),
        ({"level": 1}, ["q"]),
        ({"ok": False, "level": 1}, []),
    ],
)
def test_conflicts_are_told_and_change_no_truth(person: dict[str, object], expected: list[str]) -> None:
    found = result(CONFLICTS, case({}, person), "p")
    assert found.truth is person.get("ok")
    assert [conflict.programme for conflict in found.conflicts_with] == expected
    rules = {"q": "take_higher", "elsewhere": "cannot_combine"}
    assert found.conflicts_with == tuple(Conflict(name, rules[name]) for name in expected)  # type: ignore[arg-type]
