"""Why a truth is what it is."""

from __future__ import annotations

from backend.eligibility.model import HOUSEHOLD, Compared
from tests.rulebook import Rule, case, result, rulebook

FACTS = {
    "age": "int",
    "ill": "bool",
    "rich": "household bool",
    "kind": "household enum:none,car",
    "income": "household money",
    "size": "household number",
}
RULES = rulebook(
    FACTS,
    {
        "old": Rule(["age >= 80 OR (age >= 60 AND ill)", "NOT rich"]),
        "poor": Rule(["ill", "income < $line", "kind = 'none' OR size <= 3 * $line"], scope="household"),
        "any": Rule(["any_member(ill AND age > 5)"], scope="household"),
    },
    figures={"line": 500},
)


def test_a_yes_gives_every_criterion_with_what_it_used() -> None:
    found = result(RULES, case({"rich": False}, {"age": 61, "ill": True}), "old")
    first, second = found.decided_by
    assert (first.criterion, first.truth, first.subject) == ("c0", True, "p0")
    assert first.values == {"age": 61, "ill": True}
    assert first.compared == (Compared("age", 61, ">=", 60),)
    assert (second.criterion, second.subject, second.values) == ("c1", HOUSEHOLD, {"rich": False})


def test_a_no_gives_the_criteria_that_fail_and_what_is_so() -> None:
    found = result(RULES, case({"rich": False}, {"age": 61, "ill": False}), "old")
    (decided,) = found.decided_by
    assert decided.values == {"age": 61, "ill": False}
    assert Compared("age", 61, "<", 80) in decided.compared


def test_unknown_is_decided_by_nothing() -> None:
    assert result(RULES, case({}, {}), "old").decided_by == ()


def test_a_household_yes_is_told_of_the_member_it_holds_for() -> None:
    given = case({"income": 400, "kind": "none"}, {"ill": False}, {"ill": True})
    first, second, third = result(RULES, given, "poor").decided_by
    assert (first.subject, first.values) == ("p1", {"ill": True})
    assert (second.subject, second.values, second.parameters) == (HOUSEHOLD, {"income": 400}, {"line": 500})
    assert third.values == {"kind": "none"}, "one way is enough"


def test_a_household_no_that_concerns_everybody_is_told_once() -> None:
    given = case({"income": 600, "kind": "none"}, {"ill": False}, {})
    (decided,) = result(RULES, given, "poor").decided_by
    assert (decided.criterion, decided.subject, decided.values) == ("c1", HOUSEHOLD, {"income": 600})
    assert decided.compared == (Compared("income", 600, ">=", 500),)


def test_a_household_no_for_each_member_names_each() -> None:
    given = case({"income": 400, "kind": "none"}, {"ill": False}, {"ill": False})
    found = result(RULES, given, "poor").decided_by
    assert [(one.criterion, one.subject) for one in found] == [("c0", "p0"), ("c0", "p1")]


def test_somebody_among_the_members_is_named_by_what_is_so_of_them() -> None:
    given = case({}, {"ill": False, "age": 40}, {"ill": True, "age": 10})
    (decided,) = result(RULES, given, "any").decided_by
    assert decided.values == {"ill": True, "age": 10}
