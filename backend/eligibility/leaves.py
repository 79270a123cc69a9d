"""The leaves of an expression: a fact, a dated figure, a literal, and numbers put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backend.eligibility import values
from backend.eligibility.nodes import Reckon, Run, Term, Test, View
from backend.eligibility.values import Interval, Known, Number


@dataclass(frozen=True, slots=True, eq=False)
class Quotient:
    """A fact worked out as top / bottom."""

    top: Term
    bottom: Term


def known(fact: str, wanted: Known | Number) -> Run:
    def run(view: View) -> bool | None:
        found = view.facts.get(fact)
        return None if found is None else found == wanted

    return run


def known_in(fact: str, wanted: frozenset[bool | str | Number]) -> Run:
    def run(view: View) -> bool | None:
        found = view.facts.get(fact)
        return None if found is None else found in wanted

    return run


def read(fact: str) -> Reckon:
    def run(view: View) -> Interval | None:
        return view.facts.get(fact)  # type: ignore[return-value]

    return run


def formed(fact: str, found: Quotient) -> Reckon:
    """The quotient itself, where a comparison by multiplying will not do: in sums, in amounts, to show it."""

    def run(view: View) -> Interval | None:
        stated = view.facts.get(fact)
        if stated is not None:
            return stated  # type: ignore[return-value]
        top, bottom = found.top.run(view), found.bottom.run(view)
        return None if top is None or bottom is None else values.quotient(top, bottom)

    return run


def figure(name: str) -> Reckon:
    def run(view: View) -> Interval | None:
        return view.figures[name]

    return run


def constant(number: Interval) -> Reckon:
    return lambda _: number


def combined(sign: Literal["+", "-", "*"], a: Term, b: Term) -> Term:
    left, right = a.run, b.run
    join = values.multiply if sign == "*" else values.add
    takes = sign == "-"

    def run(view: View) -> Interval | None:
        x = left(view)
        if x is None:
            return None
        y = right(view)
        return None if y is None else join(x, values.negative(y) if takes else y)

    return Term(
        run,
        both(a.facts, b.facts),
        both(a.figures, b.figures),
        both(a.of_members, b.of_members),
        (*a.counted, *b.counted),
        subtracts=takes or a.subtracts or b.subtracts,
    )


def leaf(run: Run, fact: str) -> Test:
    return Test("leaf", run, facts=(fact,))


def leaf_of(run: Run, a: Term, b: Term | None = None) -> Test:
    if b is None:
        return Test("leaf", run, (), a.facts, a.figures, a.of_members, a.counted)
    return Test(
        "leaf",
        run,
        (),
        both(a.facts, b.facts),
        both(a.figures, b.figures),
        both(a.of_members, b.of_members),
        (*a.counted, *b.counted),
    )


def both(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))
