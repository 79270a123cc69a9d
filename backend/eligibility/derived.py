"""Facts that follow from others: age from the day of birth, income per person, "somebody in the family is ill".

A fact with `per` is a quotient. There is no division in the language: a quotient is given by its two parts, comparisons
multiply (income may be 0), and only where a figure is shown or paid is it formed, exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.eligibility import values
from backend.eligibility.errors import Problem
from backend.eligibility.leaves import Quotient, formed
from backend.eligibility.model import FactDef
from backend.eligibility.nodes import Term, Test, View
from backend.eligibility.parse import NUMBERS, Parser, Where, WrongExpressionError
from backend.eligibility.values import Interval, Known

AGE = re.compile(r"years_since\((\w+)\)")
ALMOST_ONE, ALMOST_A_FEN = Decimal("0.99"), Decimal("0.0099")


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """How a fact is worked out. `work` takes the day as well; None is unknown."""

    fact: FactDef
    work: Callable[[View, date], Known | None]
    facts: tuple[str, ...]  # of the subject itself
    of_members: tuple[str, ...]  # of every member
    quotient: Quotient | None = None


def full_years(born: date, on: date) -> int:
    """Age in full years; somebody born on 29 February is a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def compile_derived(
    facts: Mapping[str, FactDef], parser: Parser, problems: list[Problem]
) -> Mapping[str, Derived]:
    """Every derived fact, inputs first. A circle is a mistake."""
    waiting = {name: fact for name, fact in facts.items() if fact.derived}
    found: dict[str, Derived] = {}
    while waiting:
        ready = [name for name, fact in waiting.items() if not (_reads(fact) & waiting.keys())]
        if not ready:
            problems += [
                Problem(f"facts/{name}/derived", f"`{name}` follows from itself") for name in waiting
            ]
            break
        for name in ready:
            fact = waiting.pop(name)
            try:
                found[name] = _derived(fact, facts, parser)
            except WrongExpressionError as mistake:
                problems.append(Problem(f"facts/{name}/derived", str(mistake)))
            else:
                quotient = found[name].quotient
                if quotient:
                    parser.quotients[name] = quotient
    return found


def _reads(fact: FactDef) -> set[str]:
    """The words of a derived fact's expressions; more than the facts it reads does no harm."""
    return set(re.findall(r"\w+", f"{fact.derived} {fact.per or ''}"))


def _derived(fact: FactDef, facts: Mapping[str, FactDef], parser: Parser) -> Derived:
    """One derived fact. Raises WrongExpressionError."""
    text = fact.derived or ""
    where: Where = fact.scope
    age = AGE.fullmatch(text.strip())
    if age:
        born = age.group(1)
        if born not in facts or facts[born].type != "date" or facts[born].scope != fact.scope:
            raise WrongExpressionError(f"`{born}` is not a date of the same {fact.scope}")
        if fact.type not in NUMBERS:
            raise WrongExpressionError(f"`{fact.id}` is not a number")
        return Derived(fact, _age(born), (born,), ())
    if fact.type == "bool":
        if fact.per:
            raise WrongExpressionError("`per` needs a number")
        test = parser.test(text, where)
        own, members = _inputs(test)
        return Derived(fact, lambda view, _: test.run(view), own, members)
    if fact.type not in NUMBERS:
        raise WrongExpressionError(f"`{fact.id}` cannot be derived: it is neither a number nor true or false")
    top = parser.term(text, where)
    if not fact.per:
        return Derived(fact, lambda view, _: top.run(view), top.facts, _members(top))
    bottom = parser.term(fact.per, where)
    quotient = Quotient(top, bottom)
    own = tuple(dict.fromkeys((*top.facts, *bottom.facts)))
    members = tuple(dict.fromkeys((*_members(top), *_members(bottom))))
    form = formed(fact.id, quotient)
    return Derived(fact, lambda view, _: form(view), own, members, quotient)


def _age(born: str) -> Callable[[View, date], Interval | None]:
    def work(view: View, on: date) -> Interval | None:
        day = view.facts.get(born)
        if not isinstance(day, date):
            return None
        years = full_years(day, on)
        return years, years

    return work


def _members(term: Term) -> tuple[str, ...]:
    """The facts a number reads of every member."""
    counted = [name for test in term.counted for part in test.walk() for name in part.facts]
    return tuple(dict.fromkeys((*term.of_members, *counted)))


def _inputs(test: Test) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facts a condition reads of its subject, and of every member."""
    own: list[str] = []
    members: list[str] = []

    def visit(part: Test, inside: bool) -> None:
        (members if inside else own).extend(part.facts)
        members.extend(part.of_members)
        for child in part.children:
            visit(child, inside or part.kind == "any")
        for child in part.counted:
            visit(child, True)

    visit(test, False)
    return tuple(dict.fromkeys(own)), tuple(dict.fromkeys(members))


def agrees(stated: Known, derived: Known) -> bool:
    """Whether a stated value can stand beside what follows from others; a stated number may have been rounded."""
    if isinstance(stated, tuple) and isinstance(derived, tuple):
        slack = _slack(stated)
        near = values.add(derived, (-slack, slack))
        return values.less(stated, near) is not True and values.less(near, stated) is not True
    return stated == derived


def _slack(stated: Interval) -> values.Number:
    """How far a stated number may be off: less than one of its last digit, at most one."""
    ends = [end for end in stated if end is not None]
    if all(isinstance(end, int) or end.denominator == 1 for end in ends):
        return values.exact(ALMOST_ONE)
    return values.exact(ALMOST_A_FEN)
