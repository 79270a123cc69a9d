"""AND, OR, NOT and the member predicates as closures, in Kleene logic: `None` is unknown."""

from __future__ import annotations

from collections.abc import Callable

from backend.eligibility import values
from backend.eligibility.model import Truth
from backend.eligibility.nodes import Reckon, Run, View
from backend.eligibility.values import ZERO, Interval, Number

Settle = Callable[[Interval, Interval], Truth]


def all_of(parts: tuple[Run, ...]) -> Run:
    """False as soon as one is false, even when others are unknown."""

    def run(view: View) -> Truth:
        found: Truth = True
        for part in parts:
            truth = part(view)
            if truth is False:
                return False
            if truth is None:
                found = None
        return found

    return run


def any_of(parts: tuple[Run, ...]) -> Run:
    """True as soon as one is true, even when others are unknown."""

    def run(view: View) -> Truth:
        found: Truth = False
        for part in parts:
            truth = part(view)
            if truth is True:
                return True
            if truth is None:
                found = None
        return found

    return run


def opposite(part: Run) -> Run:
    """Unknown stays unknown."""

    def run(view: View) -> Truth:
        truth = part(view)
        return None if truth is None else not truth

    return run


def any_member(part: Run) -> Run:
    """Whether it holds for somebody. While the list is not complete, a false is unknown."""

    def run(view: View) -> Truth:
        found: Truth = False if view.complete else None
        for member in view.everyone:
            truth = part(member)
            if truth is True:
                return True
            if truth is None:
                found = None
        return found

    return run


def count_members(part: Run) -> Reckon:
    """For how many it holds: from those it surely does to those it may; no upper end while the list is not complete."""

    def run(view: View) -> Interval:
        low = high = 0
        for member in view.everyone:
            truth = part(member)
            low += truth is True
            high += truth is not False
        return low, high if view.complete else None

    return run


def sum_members(part: Reckon, subtracts: bool) -> Reckon:
    """The sum over members. Amounts are never negative, so what is not known yet can only add (unless one subtracts)."""

    def run(view: View) -> Interval | None:
        total = ZERO
        sure = view.complete
        for member in view.everyone:
            amount = part(member)
            if amount is None:
                sure = False
            else:
                total = values.add(total, amount)
        if sure:
            return total
        return None if subtracts else (total[0], None)

    return run


def compared(left: Reckon, right: Reckon, settle: Settle) -> Run:
    """Two numbers compared; unknown when one is."""

    def run(view: View) -> Truth:
        a = left(view)
        if a is None:
            return None
        b = right(view)
        return None if b is None else settle(a, b)

    return run


def quotient_compared(fact: str, top: Reckon, bottom: Reckon, right: Reckon, settle: Settle) -> Run:
    """A quotient compared with a number by multiplying: top against number * bottom. A stated value wins."""

    def run(view: View) -> Truth:
        b = right(view)
        if b is None:
            return None
        stated = view.facts.get(fact)
        if stated is not None:
            return settle(stated, b)  # type: ignore[arg-type]
        a = top(view)
        times = bottom(view)
        if a is None or times is None:
            return None
        return settle(a, values.multiply(b, times))

    return run


def within(left: Reckon, numbers: frozenset[Number]) -> Run:
    """A number IN a list."""

    def run(view: View) -> Truth:
        a = left(view)
        return None if a is None else values.one_of(a, numbers)

    return run


def receives(wanted: frozenset[str], groups: dict[str, tuple[str, ...]], granting: tuple[str, ...]) -> Run:
    """Whether help from one of these is stated or would be granted; a programme never opens itself.

    `groups` are stated words that leave open which one is meant; they settle it when every reading is wanted.
    """

    def run(view: View) -> Truth:
        found: Truth = None if view.received is None else False
        for stated in view.received or ():
            if stated == view.programme:
                continue
            if stated in wanted:
                return True
            group = groups.get(stated)
            if group and view.programme not in group and wanted.issuperset(group):
                return True
            if group and not wanted.isdisjoint(group):
                found = None
        for programme in granting:
            if programme != view.programme:
                truth = view.granted.get(programme, False)
                if truth is True:
                    return True
                if truth is None:
                    found = None
        return found

    return run


def settle_greater(a: Interval, b: Interval) -> Truth:
    return values.less(b, a)


def settle_at_least(a: Interval, b: Interval) -> Truth:
    truth = values.less(a, b)
    return None if truth is None else not truth


def settle_at_most(a: Interval, b: Interval) -> Truth:
    truth = values.less(b, a)
    return None if truth is None else not truth


def settle_differs(a: Interval, b: Interval) -> Truth:
    truth = values.equal(a, b)
    return None if truth is None else not truth
