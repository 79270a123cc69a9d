"""Numbers as closed intervals, exact, and three-valued comparison of them.

An interval is `(low, high)`; `None` is an open end. Whole numbers stay `int` and anything else is a `Fraction`, so that
nothing is ever rounded on the way to a truth.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from backend.eligibility.model import Range, Truth

Number = int | Fraction
Interval = tuple[Number | None, Number | None]
Known = Interval | bool | str | date | frozenset[str]  # a value inside the engine

ZERO: Interval = (0, 0)
FEN = Decimal("0.01")


def exact(value: int | Decimal) -> Number:
    """The same number, never rounded: a whole one as int."""
    if isinstance(value, int):
        return int(value)
    whole = int(value)
    return whole if whole == value else Fraction(value)


def interval(value: int | Decimal | Range) -> Interval:
    """The interval a stated number or range means."""
    if isinstance(value, Range):
        low = None if value.low is None else exact(value.low)
        high = None if value.high is None else exact(value.high)
        return low, high
    number = exact(value)
    return number, number


def shown(number: Number) -> int | Decimal:
    """A number for people: whole, or in decimals rounded to fen where they would not end."""
    if isinstance(number, int):
        return number
    if number.denominator == 1:
        return number.numerator
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    if Fraction(decimal) == number:
        return decimal
    return decimal.quantize(FEN, rounding=ROUND_HALF_UP)


def outward(value: Interval) -> int | Decimal | Range:
    """An interval as a value for people: a number when it is one point, else a range."""
    low, high = value
    if low is not None and low == high:
        return shown(low)
    return Range(_decimal(low), _decimal(high))


def _decimal(end: Number | None) -> Decimal | None:
    return None if end is None else Decimal(shown(end))


def add(a: Interval, b: Interval) -> Interval:
    """a + b."""
    return (
        None if a[0] is None or b[0] is None else a[0] + b[0],
        None if a[1] is None or b[1] is None else a[1] + b[1],
    )


def negative(a: Interval) -> Interval:
    """-a."""
    return (None if a[1] is None else -a[1], None if a[0] is None else -a[0])


def multiply(a: Interval, b: Interval) -> Interval:
    """a * b; zero times an open end is zero."""
    a0, a1 = a
    b0, b1 = b
    if a0 is not None and a1 is not None and b0 is not None and b1 is not None:
        if a0 >= 0 and b0 >= 0:
            return a0 * b0, a1 * b1
        ends = (a0 * b0, a0 * b1, a1 * b0, a1 * b1)
        return min(ends), max(ends)
    lows: list[Number | None] = []
    highs: list[Number | None] = []
    for x, x_sign in ((a0, -1), (a1, 1)):
        for y, y_sign in ((b0, -1), (b1, 1)):
            if x == 0 or y == 0:
                lows.append(0)
                highs.append(0)
            elif x is not None and y is not None:
                lows.append(x * y)
                highs.append(x * y)
            else:
                sign = (x_sign if x is None else (1 if x > 0 else -1)) * (
                    y_sign if y is None else (1 if y > 0 else -1)
                )
                (highs if sign > 0 else lows).append(None)
    return _end(lows, min), _end(highs, max)


def _end(ends: list[Number | None], pick: object) -> Number | None:
    """The outermost of these ends; open as soon as one is."""
    if any(end is None for end in ends):
        return None
    numbers = [end for end in ends if end is not None]
    return min(numbers) if pick is min else max(numbers)


def quotient(a: Interval, b: Interval) -> Interval | None:
    """a / b for b above zero, exact; None when b may be zero or less. Only to show or to add up, never to compare."""
    if b[0] is None or b[0] <= 0:
        return None
    upper = 0 if b[1] is None else Fraction(1) / b[1]
    return multiply(a, (upper, Fraction(1) / b[0]))


def less(a: Interval, b: Interval) -> Truth:
    """a < b: settled when the whole of one is on one side of the other."""
    if a[1] is not None and b[0] is not None and a[1] < b[0]:
        return True
    if a[0] is not None and b[1] is not None and a[0] >= b[1]:
        return False
    return None


def equal(a: Interval, b: Interval) -> Truth:
    """a = b: unknown unless both are one point, or they do not meet."""
    if a[0] is not None and a[0] == a[1] and b[0] == a[0] and b[1] == a[0]:
        return True
    if a[1] is not None and b[0] is not None and a[1] < b[0]:
        return False
    if a[0] is not None and b[1] is not None and a[0] > b[1]:
        return False
    return None


def one_of(a: Interval, numbers: frozenset[Number]) -> Truth:
    """a IN (...): unknown unless a is one point, or wholly outside."""
    low, high = a
    if low is not None and low == high:
        return low in numbers
    inside = any((low is None or low <= n) and (high is None or n <= high) for n in numbers)
    return None if inside else False


def hull(a: Interval, b: Interval) -> Interval:
    """The smallest interval that holds both."""
    return (
        None if a[0] is None or b[0] is None else min(a[0], b[0]),
        None if a[1] is None or b[1] is None else max(a[1], b[1]),
    )
