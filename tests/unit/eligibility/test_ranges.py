"""Ranges are closed; a comparison is settled when the whole of one is on one side."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.eligibility import values
from backend.eligibility.model import Range, Truth
from tests.rulebook import case, rulebook, truth

FACTS = {"n": "household number", "m": "household number"}


def span(low: int | str | None, high: int | str | None) -> Range:
    return Range(None if low is None else Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("expression", "low", "high", "expected"),
    [
        ("n < 500", 400, 499, True),
        ("n < 500", 400, 500, None),
        ("n < 500", 500, 600, False),
        ("n <= 500", 400, 500, True),
        ("n <= 500", 500, 501, None),
        ("n <= 500", 501, 600, False),
        ("n > 500", 501, 600, True),
        ("n > 500", 500, 600, None),
        ("n > 500", 400, 500, False),
        ("n >= 500", 500, 600, True),
        ("n >= 500", 499, 600, None),
        ("n >= 500", 400, 499, False),
        ("n = 500", 500, 500, True),
        ("n = 500", 400, 600, None),
        ("n = 500", 501, 600, False),
        ("n <> 500", 501, 600, True),
        ("n <> 500", 500, 500, False),
        ("n IN (500, 700)", 500, 500, True),
        ("n IN (500, 700)", 500, 700, None),
        ("n IN (500, 700)", 501, 699, False),
        ("n BETWEEN 100 AND 200", 100, 200, True),
        ("n BETWEEN 100 AND 200", 99, 200, None),
        ("n BETWEEN 100 AND 200", 201, 300, False),
        ("n < 500", None, 499, True),
        ("n < 500", None, 600, None),
        ("n < 500", 500, None, False),
        ("n < 500", 400, None, None),
        ("2 * n - 100 >= 700", 400, 500, True),
        ("n * n < 250000", 400, 499, True),
        ("1000 - n > 500", 400, 499, True),
        ("1000 - n > 500", 400, 500, None),
    ],
)
def test_it_settles_a_range_only_as_a_whole(
    expression: str, low: int | None, high: int | None, expected: Truth
) -> None:
    rules = rulebook(FACTS, {"p": expression})
    assert truth(rules, case({"n": span(low, high)}), "p") is expected


def test_two_ranges_are_settled_when_they_do_not_meet() -> None:
    rules = rulebook(FACTS, {"p": "n < m"})
    assert truth(rules, case({"n": span(1, 2), "m": span(3, 4)}), "p") is True
    assert truth(rules, case({"n": span(1, 3), "m": span(3, 4)}), "p") is None
    assert truth(rules, case({"n": span(4, 5), "m": span(3, 4)}), "p") is False


ends = st.one_of(st.none(), st.integers(-5, 5))
intervals = st.tuples(ends, ends).filter(lambda i: i[0] is None or i[1] is None or i[0] <= i[1])


def inside(interval: values.Interval) -> list[int]:
    low, high = interval
    return [n for n in range(-7, 8) if (low is None or low <= n) and (high is None or n <= high)]


@given(intervals, intervals)
def test_it_reckons_with_intervals_without_losing_a_point(a: values.Interval, b: values.Interval) -> None:
    for x in inside(a):
        for y in inside(b):
            assert x + y in Closed(values.add(a, b))
            assert -x in Closed(values.negative(a))
            assert x * y in Closed(values.multiply(a, b))
            if b[0] is not None and b[0] > 0:
                found = values.quotient(a, b)
                assert found is not None
                assert Fraction(x, y) in Closed(found)
            assert values.less(a, b) in (None, x < y)
            assert values.equal(a, b) in (None, x == y)
            assert values.one_of(a, frozenset({y})) in (None, x == y)


class Closed:
    """An interval one can ask whether a number is in."""

    def __init__(self, interval: values.Interval) -> None:
        self.low, self.high = interval

    def __contains__(self, number: object) -> bool:
        assert isinstance(number, int | Fraction)
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)


def test_it_is_exact() -> None:
    rules = rulebook({"n": "household money"}, {"p": "n * 3 = 0.3"})
    assert truth(rules, case({"n": Decimal("0.1")}), "p") is True
