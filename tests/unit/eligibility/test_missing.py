"""What could still change a truth, and what may be asked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random  # noqa: TID251 - seeded, in tests only

import pytest
from hypothesis import given, settings

from backend.eligibility import Rules, why
from backend.eligibility.missing import Missing
from backend.eligibility.model import HOUSEHOLD, Answer, FactRef, Range
from backend.eligibility.outcomes import run
from backend.eligibility.relevance import Relevance
from tests.households import household, seeds
from tests.rulebook import Rule, case, result, rulebook

FACTS = {
    "a": "bool",
    "b": "bool",
    "c": "bool",
    "d": "bool",
    "born": "date",
    "age": "int",
    "income": "household money",
    "each": "household money",
    "ill": "bool",
    "somebody_ill": "household bool",
}
DERIVED = {
    "age": "years_since(born)",
    "each": ("income", "household_size"),
    "somebody_ill": "any_member(ill)",
}


def missing(
    expression: str, household: dict[str, object] | None = None, *people: dict[str, object]
) -> list[str]:
    rules = rulebook(FACTS, {"p": expression}, derived=DERIVED, not_asked=("born", "each"))
    found = result(rules, case(household or {}, *(people or ({},))), "p", "p0").missing  # type: ignore[arg-type]
    return [ref.fact if ref.subject in (HOUSEHOLD, "p0") else f"{ref.fact}@{ref.subject}" for ref in found]


@pytest.mark.parametrize(
    ("expression", "person", "expected"),
    [
        ("a AND b", {}, ["a", "b"]),
        ("a AND b", {"a": True}, ["b"]),
        ("a AND b", {"a": False}, []),
        ("a OR b", {"a": True}, []),
        ("a OR b", {"a": False}, ["b"]),
        ("a OR (b AND c)", {"b": False}, ["a"]),
        ("a AND (b OR c)", {"b": True}, ["a"]),
        ("NOT (a OR b)", {"a": False}, ["b"]),
        ("(a AND b) OR (c AND d)", {"a": False, "c": True}, ["d"]),
        ("a AND b", {"a": Answer(state="declined")}, ["a", "b"]),
    ],
)
def test_it_names_what_could_still_change_it(
    expression: str, person: dict[str, object], expected: list[str]
) -> None:
    assert missing(expression, {}, person) == expected


def test_a_derived_fact_is_missing_by_its_inputs() -> None:
    assert missing("each < 500") == ["income", "household_size"]
    assert missing("each < 500", {"household_size": 2}) == ["income"]
    assert missing("each < 500", {"household_size": 2, "income": Range(Decimal(900), Decimal(1100))}) == [
        "income"
    ]


def test_a_derived_fact_that_may_be_said_outright_is_missing_itself_too() -> None:
    assert missing("age >= 60") == ["age", "born"]
    assert missing("somebody_ill", {}, {}, {"ill": False}) == ["somebody_ill", "ill"]
    assert missing("somebody_ill", {}, {"ill": False}, {}) == ["somebody_ill", "ill@p1"]


def test_a_range_that_is_not_settled_is_missing() -> None:
    assert missing("income < 500", {"income": Range(Decimal(400), Decimal(600))}) == ["income"]


def test_members_count_and_sum_what_is_missing_of_each() -> None:
    assert missing("count_members(a AND b) >= 1", {}, {"a": False}, {"a": True}) == ["b@p1"]
    assert missing("any_member(a)", {}, {"a": False}, {}) == ["a@p1"]


def test_why_names_the_programmes_a_fact_still_bears_on() -> None:
    rules = rulebook(
        FACTS,
        {
            "direct": Rule(["a", "b"]),
            "settled": Rule(["a", "c"]),
            "behind": Rule(["receives('status')"]),
            "status": Rule(["a"], gives_status=True),
            "other": Rule(["d"]),
        },
    )
    given = case({}, {"c": False})
    assert why(rules, given, FactRef("a", "p0")) == ("direct", "behind", "status")
    assert why(rules, given, FactRef("c", "p0")) == ()


@settings(max_examples=150, deadline=None)
@given(random=seeds())
def test_the_quick_walk_and_the_closer_search_find_the_same(yongchuan: Rules, random: Random) -> None:
    outcomes = run(yongchuan, replace(household(random), members_complete=True))
    closer, quick = Relevance(outcomes), Missing(outcomes)
    for (programme, subject), truth in outcomes.truths.items():
        if truth is None:
            parts = closer.of(programme, subject).values()
            facts, programmes = quick.of(programme, subject)
            assert set(facts) == {ref for part in parts for ref in (*part.facts, *part.behind)}
            assert set(programmes) == {one for part in parts for one in part.programmes}
