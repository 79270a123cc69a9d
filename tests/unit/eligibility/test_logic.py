"""Three values: what AND, OR, NOT, IN, BETWEEN and comparison make of what is not known."""

from __future__ import annotations

import re
from itertools import product

import pytest

from backend.eligibility.model import Answer, Truth
from tests.rulebook import Rule, case, rulebook, truth

VALUES: tuple[Truth, ...] = (True, False, None)
FACTS = {
    "a": "bool",
    "b": "bool",
    "c": "bool",
    "n": "int",
    "m": "int",
    "kind": "enum:x,y,z",
    "level": "int:0,1,2",
}


def of(expression: str, **facts: object) -> Truth:
    return truth(rulebook(FACTS, {"p": expression}), case({}, facts), "p")


def kleene_and(*values: Truth) -> Truth:
    return False if False in values else None if None in values else True


def kleene_or(*values: Truth) -> Truth:
    return True if True in values else None if None in values else False


@pytest.mark.parametrize(("a", "b", "c"), list(product(VALUES, repeat=3)))
def test_it_follows_kleene(a: Truth, b: Truth, c: Truth) -> None:
    facts = {"a": a, "b": b, "c": c}
    assert of("a AND b AND c", **facts) is kleene_and(a, b, c)
    assert of("a OR b OR c", **facts) is kleene_or(a, b, c)
    assert of("a OR b AND c", **facts) is kleene_or(a, kleene_and(b, c))
    assert of("(a OR b) AND c", **facts) is kleene_and(kleene_or(a, b), c)
    opposite = None if a is None else not a
    assert of("NOT a", **facts) is opposite
    assert of("NOT (a AND b)", **facts) is kleene_or(opposite, None if b is None else not b)


@pytest.mark.parametrize(("a", "b"), list(product(VALUES, repeat=2)))
def test_it_joins_criteria_by_and(a: Truth, b: Truth) -> None:
    rules = rulebook(FACTS, {"p": Rule(["a", "b"])})
    assert truth(rules, case({}, {"a": a, "b": b}), "p") is kleene_and(a, b)


@pytest.mark.parametrize(
    ("expression", "yes", "no"),
    [
        ("a", True, False),
        ("a = TRUE", True, False),
        ("a = FALSE", False, True),
        ("a <> TRUE", False, True),
        ("kind = 'x'", "x", "y"),
        ("kind <> 'x'", "y", "x"),
        ("kind != 'x'", "y", "x"),
        ("kind IN ('x', 'y')", "y", "z"),
        ("kind NOT IN ('x', 'y')", "z", "x"),
        ("n = 3", 3, 4),
        ("n <> 3", 4, 3),
        ("n < 3", 2, 3),
        ("n <= 3", 3, 4),
        ("n > 3", 4, 3),
        ("n >= 3", 3, 2),
        ("3 <= n", 3, 2),
        ("n BETWEEN 2 AND 4", 4, 5),
        ("n NOT BETWEEN 2 AND 4", 1, 2),
        ("n IN (1, 2)", 2, 3),
        ("n + 1 = 4", 3, 4),
        ("2 * n - 1 >= 5", 3, 2),
        ("n * n = 9", 3, 2),
        ("n > -1.5 + 2", 1, 0),
    ],
)
def test_it_compares(expression: str, yes: object, no: object) -> None:
    fact = next(name for name in ("kind", "n", "a") if re.search(rf"\b{name}\b", expression))
    assert of(expression, **{fact: yes}) is True
    assert of(expression, **{fact: no}) is False
    assert of(expression) is None, "what is absent is not known"
    assert of(expression, **{fact: Answer(None)}) is None
    assert of(expression, **{fact: Answer(state="declined")}) is None
    assert of(expression, **{fact: Answer(state="dont_know")}) is None


def test_it_compares_two_facts() -> None:
    assert of("n < m", n=1, m=2) is True
    assert of("n < m", n=2, m=2) is False
    assert of("n < m", n=2) is None


def test_no_people_means_one_person_called_self() -> None:
    rules = rulebook(FACTS, {"p": "a"})
    assert truth(rules, case({}), "p", "self") is None
