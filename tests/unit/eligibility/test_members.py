"""Members: each with their own facts, household programmes as an OR over them, aggregates with their unknown case."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backend.eligibility.model import HOUSEHOLD, Answer, Range, Truth
from tests.rulebook import Rule, case, result, rulebook, truth

FACTS = {"ill": "bool", "age": "int", "cost": "money", "area": "household enum:urban,rural"}


def household(expression: str) -> Rule:
    return Rule([expression], scope="household")


def test_a_person_programme_is_screened_for_every_member() -> None:
    rules = rulebook(FACTS, {"p": "ill"})
    given = case({}, {"ill": True}, {"ill": False}, {})
    assert [truth(rules, given, "p", f"p{i}") for i in range(3)] == [True, False, None]


def test_an_illness_stays_on_the_one_who_has_it() -> None:
    rules = rulebook(FACTS, {"p": Rule(["ill", "age < 18"])})
    given = case({}, {"age": 40, "ill": False}, {"age": 10, "ill": True})
    assert truth(rules, given, "p", "p0") is False
    assert truth(rules, given, "p", "p1") is True


@pytest.mark.parametrize(
    ("seen", "complete", "expected"),
    [
        ([True, False], True, True),
        ([True, None], True, True),
        ([False, None], True, None),
        ([False, False], True, False),
        ([False, False], False, None),
        ([True, False], False, True),
    ],
)
def test_a_household_programme_is_the_or_over_members(
    seen: list[Truth], complete: bool, expected: Truth
) -> None:
    rules = rulebook(FACTS, {"p": household("ill"), "q": household("any_member(ill)")})
    given = case({}, *({"ill": one} for one in seen), complete=complete)
    assert truth(rules, given, "p", HOUSEHOLD) is expected
    assert truth(rules, given, "q", HOUSEHOLD) is expected


def test_a_household_programme_needs_one_member_who_meets_all() -> None:
    rules = rulebook(FACTS, {"p": Rule(["ill", "age >= 60"], scope="household")})
    assert truth(rules, case({}, {"ill": True, "age": 30}, {"ill": False, "age": 70}), "p") is False


def test_a_household_fact_counts_for_every_member() -> None:
    rules = rulebook(FACTS, {"p": Rule(["ill", "area = 'rural'"])})
    given = case({"area": "rural"}, {"ill": True}, {"ill": False})
    assert truth(rules, given, "p", "p0") is True
    assert truth(rules, given, "p", "p1") is False


def test_a_criterion_on_the_household_alone_stays_false_while_members_are_missing() -> None:
    # "While incomplete, a FALSE over members is unknown": a member not yet listed shares the household's facts, but the
    # rule is kept to the letter.
    rules = rulebook(FACTS, {"p": household("area = 'rural'")})
    assert truth(rules, case({"area": "urban"}, {}, complete=False), "p") is None


@pytest.mark.parametrize(
    ("ill", "complete", "at_least_one", "at_most_one"),
    [
        ([True, True], True, True, False),
        ([True, False], True, True, True),
        ([True, None], True, True, None),
        ([None, None], True, None, None),
        ([False, None], True, None, True),
        ([False, False], True, False, True),
        ([True, False], False, True, None),
        ([False, False], False, None, None),
    ],
)
def test_it_counts_with_the_unknown_case(
    ill: list[Truth], complete: bool, at_least_one: Truth, at_most_one: Truth
) -> None:
    rules = rulebook(FACTS, {"p": "count_members(ill) >= 1", "q": "count_members(ill) <= 1"})
    given = case({}, *({"ill": one} for one in ill), complete=complete)
    assert result(rules, given, "p", "p0").truth is at_least_one
    assert result(rules, given, "q", "p0").truth is at_most_one


def test_a_count_surely_above_is_above_however_many_are_not_listed() -> None:
    rules = rulebook(FACTS, {"p": "count_members(ill) < 2"})
    assert truth(rules, case({}, {"ill": True}, {"ill": True}, complete=False), "p", "p0") is False


@pytest.mark.parametrize(
    ("costs", "complete", "expected"),
    [
        ([60, 50], True, True),
        ([60, 30], True, False),
        ([60, None], True, None),
        ([100, None], True, True),
        ([60, 30], False, None),
        ([60, 40], False, True),
        ([Range(Decimal(30), Decimal(40)), 60], True, None),
        ([Range(Decimal(40), Decimal(50)), 60], True, True),
        ([Answer(state="declined"), 99], True, None),
    ],
)
def test_it_sums_with_the_unknown_case(costs: list[object], complete: bool, expected: Truth) -> None:
    rules = rulebook(FACTS, {"p": household("sum_members(cost) >= 100")})
    given = case({}, *({"cost": cost} for cost in costs), complete=complete)
    assert truth(rules, given, "p") is expected


def test_a_sum_that_subtracts_is_no_lower_bound() -> None:
    rules = rulebook(FACTS, {"p": household("sum_members(100 - cost) >= 100")})
    assert truth(rules, case({}, {"cost": 0}, {}), "p") is None
    assert truth(rules, case({}, {"cost": 0}, {"cost": 0}), "p") is True


def test_it_counts_conditions_on_members_and_household_together() -> None:
    rules = rulebook(FACTS, {"p": household("any_member(ill AND age >= 60 AND area = 'rural')")})
    given = case({"area": "rural"}, {"ill": True, "age": 30}, {"ill": True, "age": 61})
    assert truth(rules, given, "p") is True
