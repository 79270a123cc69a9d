"""What an expression becomes: a closure to run, and beside it what it reads, so that it can be explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from backend.eligibility.model import Truth
from backend.eligibility.values import Interval, Known


@dataclass(slots=True, eq=False)
class View:
    """What is known as seen from one member: the household's facts and the member's own, on one day."""

    member: str
    relation: str
    facts: dict[str, Known]
    worked_out: set[str]  # facts that were not stated but follow from others
    received: frozenset[str] | None  # help stated as received; None when nothing was stated
    figures: Mapping[str, Interval]  # dated figures of the day
    complete: bool  # whether everybody is listed
    everyone: list[View] = field(default_factory=list)
    granted: dict[str, Truth] = field(
        default_factory=dict
    )  # programmes giving a status -> whether they would
    number: int = 0  # of the member, as listed
    programme: str = ""  # the one being screened: it never opens itself


Sign = Literal["<", "<=", ">", ">=", "=", "<>"]
Run = Callable[[View], Truth]
Reckon = Callable[[View], Interval | None]


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A number: a fact, a dated figure, a literal, or these added, multiplied, counted or summed over members."""

    run: Reckon
    facts: tuple[str, ...] = ()  # of the subject itself
    figures: tuple[str, ...] = ()
    of_members: tuple[str, ...] = ()  # facts summed over members
    counted: tuple[Test, ...] = ()  # conditions counted over members
    quotient: str | None = None  # the fact, when it is one worked out as a quotient and nothing else
    subtracts: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    """A condition, true, false or unknown."""

    __test__ = False  # not for pytest

    kind: Literal["and", "or", "not", "leaf", "receives", "any"]
    run: Run
    children: tuple[Test, ...] = ()
    facts: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    of_members: tuple[str, ...] = ()
    counted: tuple[Test, ...] = ()
    programmes: tuple[str, ...] = ()  # for `receives`
    against: tuple[str, Sign, Term] | None = None  # a fact compared with a limit, to say so in words

    def walk(self) -> list[Test]:
        """This condition and all within it."""
        found = [self]
        for child in (*self.children, *self.counted):
            found += child.walk()
        return found
