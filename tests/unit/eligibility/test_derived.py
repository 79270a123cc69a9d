"""Facts that follow from others: worked out when their parts are known, a stated value wins, quotients never formed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.eligibility import CaseError, screen
from backend.eligibility.derived import full_years
from backend.eligibility.model import HOUSEHOLD, Range, Truth
from tests.rulebook import case, result, rulebook, truth

FACTS = {
    "born": "date",
    "age": "int",
    "income": "household money",
    "each": "household money",
    "spent": "household money",
    "share": "household percent",
    "ill": "bool",
    "somebody_ill": "household bool",
    "cost": "money",
    "burden": "household percent",
}
DERIVED = {
    "age": "years_since(born)",
    "each": ("income", "household_size"),
    "share": ("100 * spent", "12 * income"),
    "somebody_ill": "any_member(ill)",
    "burden": ("100 * sum_members(cost)", "12 * income"),
}


def of(expression: str, household: dict[str, object], *people: dict[str, object], **more: object) -> Truth:
    rules = rulebook(FACTS, {"p": expression}, derived=DERIVED, not_asked=("born", "each", "share", "burden"))
    given = case(household, *(people or ({},)), **more)  # type: ignore[arg-type]
    return screen(rules, given).results[0].truth


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1968, 3, 2), date(2020, 11, 1), 52),
        (date(1968, 11, 1), date(2020, 11, 1), 52),
        (date(1968, 11, 2), date(2020, 11, 1), 51),
        (date(2004, 2, 29), date(2023, 2, 28), 18),
        (date(2004, 2, 29), date(2023, 3, 1), 19),
        (date(2020, 1, 1), date(2020, 1, 1), 0),
    ],
)
def test_it_counts_full_years(born: date, on: date, age: int) -> None:
    assert full_years(born, on) == age
    assert of(f"age = {age}", {}, {"born": born}, on=on) is True


def test_a_stated_value_wins_and_the_contradiction_is_reported() -> None:
    rules = rulebook(FACTS, {"p": "age >= 60"}, derived=DERIVED)
    given = case({}, {"age": 61, "born": date(1980, 1, 1)})
    found = screen(rules, given)
    assert found.results[0].truth is True
    (contradiction,) = found.contradictions
    assert (contradiction.fact, contradiction.subject) == ("age", "p0")
    assert (contradiction.stated, contradiction.derived) == (61, 46)


@pytest.mark.parametrize(
    ("each", "income", "size", "agree"),
    [
        (333, 1000, 3, True),
        (Decimal("333.33"), 1000, 3, True),
        (334, 1000, 3, True),
        (335, 1000, 3, False),
        (Decimal("333.5"), 1000, 3, False),
        (Range(Decimal(300), Decimal(400)), 1000, 3, True),
        (Range(Decimal(400), Decimal(500)), 1000, 3, False),
    ],
)
def test_a_rounded_statement_is_no_contradiction(each: object, income: int, size: int, agree: bool) -> None:
    rules = rulebook(FACTS, {"p": "each < 500"}, derived=DERIVED)
    found = screen(rules, case({"each": each, "income": income, "household_size": size}, {}))
    assert [c.fact for c in found.contradictions] == ([] if agree else ["each"])


@pytest.mark.parametrize(
    ("household", "expected"),
    [
        ({"income": 1000, "household_size": 3}, True),
        ({"income": 1002, "household_size": 3}, False),
        ({"income": 0, "household_size": 3}, True),
        ({"income": 1000}, None),
        ({"household_size": 3}, None),
        ({"income": Range(Decimal(900), Decimal(1001)), "household_size": 3}, True),
        ({"income": Range(Decimal(900), Decimal(1002)), "household_size": 3}, None),
        ({"income": 1001, "household_size": Range(Decimal(3), Decimal(5))}, True),
        ({"income": 1200, "household_size": Range(Decimal(3), Decimal(5))}, None),
        ({"each": 400, "income": 0, "household_size": 3}, False),
    ],
)
def test_income_per_person_is_compared_by_multiplying(household: dict[str, object], expected: Truth) -> None:
    assert of("each < 334", household) is expected
    assert of("334 > each", household) is expected
    assert of("each >= 334", household) is (None if expected is None else not expected)


def test_a_third_is_exact() -> None:
    household: dict[str, object] = {"income": 1, "household_size": 3}
    assert of("each * 3 = 1", household) is True
    assert of("each <= 0.33", household) is False
    assert of("each < 0.34", household) is True


@pytest.mark.parametrize(
    ("spent", "income", "expected"),
    [(7200, 1000, True), (7199, 1000, False), (1, 0, True), (0, 0, True), (0, 1, False)],
)
def test_a_share_of_no_income_needs_no_division(spent: int, income: int, expected: bool) -> None:
    assert of("share >= 60", {"spent": spent, "income": income}) is expected


def test_a_share_of_nothing_is_not_formed() -> None:
    rules = rulebook(FACTS, {"p": "share >= 60"}, derived=DERIVED)
    found = result(rules, case({"spent": 5, "income": 0}, {}), "p")
    assert found.truth is True
    assert found.decided_by[0].values == {"share": None}


def test_a_size_of_nobody_is_an_error() -> None:
    with pytest.raises(CaseError, match="household_size"):
        of("each < 1", {"household_size": 0})
    with pytest.raises(CaseError, match="household_size"):
        of("each < 1", {"household_size": Range(Decimal(0), Decimal(2))})


def test_somebody_is_ill_when_a_member_is() -> None:
    assert of("somebody_ill", {}, {"ill": False}, {"ill": True}) is True
    assert of("somebody_ill", {}, {"ill": False}, {}) is None
    assert of("somebody_ill", {}, {"ill": False}, {"ill": False}) is False
    assert of("somebody_ill", {}, {"ill": False}, complete=False) is None
    assert of("somebody_ill", {"somebody_ill": True}, {"ill": False}) is True


def test_a_sum_over_members_may_stand_in_a_quotient() -> None:
    people: list[dict[str, object]] = [{"cost": 4000}, {"cost": 3200}]
    assert of("burden >= 60", {"income": 1000}, *people) is True
    assert of("burden > 60", {"income": 1000}, *people) is False
    assert of("burden >= 60", {"income": 1000}, {"cost": 7200}, {}) is True
    assert of("burden > 60", {"income": 1000}, {"cost": 7200}, {}) is None


def test_values_show_what_was_worked_out() -> None:
    rules = rulebook(FACTS, {"p": "each < 500", "q": "age < 60"}, derived=DERIVED)
    given = case({"income": 1000, "household_size": 3}, {"born": date(1968, 3, 2)}, on=date(2020, 11, 1))
    (decided,) = result(rules, given, "p").decided_by
    assert decided.values == {"each": Decimal("333.33")}
    assert decided.subject == HOUSEHOLD
    (decided,) = result(rules, given, "q").decided_by
    assert decided.values == {"age": 52}
    assert decided.subject == "p0"
    assert truth(rules, given, "q") is True
