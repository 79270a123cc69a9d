"""A catalogue compiled once: its expressions parsed, checked and turned into closures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from backend.eligibility.derived import Derived, compile_derived
from backend.eligibility.errors import CatalogueError, Problem
from backend.eligibility.model import Catalogue, Criterion, ParameterRow, Programme
from backend.eligibility.nodes import Term, Test
from backend.eligibility.parse import Parser, WrongExpressionError
from backend.eligibility.values import Interval, exact

T = TypeVar("T")
DAYS_KEPT = 64  # days whose figures are remembered; a desk asks of today, a drill of a few


@dataclass(frozen=True, slots=True)
class Condition:
    """A criterion and what it became."""

    criterion: Criterion
    test: Test
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A tier of a benefit and what it became; without `when` it is for everybody."""

    when: Test | None
    amount: Term
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A programme and what its expressions became."""

    programme: Programme
    conditions: tuple[Condition, ...]
    steps: tuple[Step, ...]  # a plain parameter or amount is one step
    figures: tuple[str, ...]  # every dated figure it reads


@dataclass(frozen=True, slots=True)
class Prior:
    """How likely a criterion holds: the first condition that holds gives the chance, else the relation, else usual."""

    usual: float
    given: tuple[tuple[Test, float], ...]
    relations: Mapping[str, float]


@dataclass(frozen=True, slots=True, repr=False)
class Rules:
    """What `screen` runs. Made by `compile_catalogue`, never by hand."""

    catalogue: Catalogue
    rules: Mapping[str, Rule] = field(default_factory=dict)
    order: tuple[str, ...] = ()  # programmes after those they build on
    derived: Mapping[str, Derived] = field(default_factory=dict)  # inputs first
    priors: Mapping[str, Mapping[str, Prior]] = field(default_factory=dict)
    days: dict[date, tuple[Mapping[str, Interval], frozenset[str]]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Rules({self.catalogue.version})"

    def row(self, name: str, on: date) -> ParameterRow:
        """A dated figure's row of a day: the last one on or before it, else the earliest."""
        rows = self.catalogue.parameters[name]
        return next((row for row in reversed(rows) if row.valid_from <= on), rows[0])

    def figures(self, on: date) -> tuple[Mapping[str, Interval], frozenset[str]]:
        """The dated figures of a day, and those whose first row begins after it."""
        found = self.days.get(on)
        if found is None:
            figures: dict[str, Interval] = {}
            backdated = []
            for name, rows in self.catalogue.parameters.items():
                if rows[0].valid_from > on:
                    backdated.append(name)
                value = exact(self.row(name, on).value)
                figures[name] = (value, value)
            found = figures, frozenset(backdated)
            if len(self.days) >= DAYS_KEPT:
                self.days.clear()
            self.days[on] = found
        return found


def compile_catalogue(catalogue: Catalogue) -> Rules:
    """The catalogue's rules, ready to run. Raises CatalogueError with every mistake at once."""
    problems: list[Problem] = []
    groups = dict(catalogue.status_groups)
    problems += [
        Problem(f"statuses/{status}", f"`{member}` is not a programme or status")
        for status, members in groups.items()
        for member in members
        if member not in catalogue.programmes and member not in catalogue.statuses
    ]
    parser = Parser(
        facts=catalogue.facts,
        parameters=catalogue.parameters,
        programmes=frozenset(catalogue.programmes) | frozenset(catalogue.statuses),
        granting=tuple(p.id for p in catalogue.programmes.values() if p.gives_status),
        groups=groups,
    )
    derived = compile_derived(catalogue.facts, parser, problems)
    rules = {p.id: _rule(p, parser, problems) for p in catalogue.programmes.values()}
    order = _order(rules, parser.granting, problems)
    priors = _priors(catalogue, parser, problems)
    if problems:
        raise CatalogueError(tuple(problems))
    return Rules(catalogue, rules, order, derived, priors)


def _compiled(read: Callable[[str], T], text: str, place: str, problems: list[Problem]) -> T | None:
    """What the text became, or None with the mistake noted."""
    try:
        return read(text)
    except WrongExpressionError as mistake:
        problems.append(Problem(place, str(mistake)))
        return None


def _rule(programme: Programme, parser: Parser, problems: list[Problem]) -> Rule:
    """A programme's criteria and amounts."""
    place = f"programmes/{programme.id}"
    conditions = []
    for criterion in programme.criteria:
        test = _compiled(parser.test, criterion.when, f"{place}/criteria/{criterion.id}/when", problems)
        if test:
            conditions.append(Condition(criterion, test, _figures([test])))
    steps = _steps(programme, parser, f"{place}/benefit", problems)
    figures = [figure for condition in conditions for figure in condition.figures]
    figures += [figure for step in steps for figure in step.figures]
    return Rule(programme, tuple(conditions), tuple(steps), tuple(dict.fromkeys(figures)))


def _steps(programme: Programme, parser: Parser, place: str, problems: list[Problem]) -> list[Step]:
    """The benefit as steps, the first that holds applies."""
    benefit = programme.benefit
    rows: list[tuple[str | None, str | None, str | None, str]] = [
        (None, benefit.parameter, benefit.amount, place)
    ]
    rows += [
        (tier.when, tier.parameter, tier.amount, f"{place}/tiers/{index}")
        for index, tier in enumerate(benefit.tiers)
    ]
    steps = []
    for when, parameter, amount, where in rows:
        text = f"${parameter}" if parameter else amount
        if text is None:
            continue
        test = _compiled(parser.test, when, f"{where}/when", problems) if when else None
        term = _compiled(parser.term, text, f"{where}/{'parameter' if parameter else 'amount'}", problems)
        if term:
            figures = (*(_figures([test]) if test else ()), *term.figures)
            steps.append(Step(test, term, tuple(dict.fromkeys(figures))))
    return steps


def _figures(tests: Iterable[Test]) -> tuple[str, ...]:
    """The dated figures these conditions compare with."""
    found = [figure for test in tests for part in test.walk() for figure in part.figures]
    return tuple(dict.fromkeys(found))


def _order(rules: Mapping[str, Rule], granting: tuple[str, ...], problems: list[Problem]) -> tuple[str, ...]:
    """The programmes, each after those whose grant it reads. A circle is a mistake."""
    needs = {
        name: [
            wanted
            for condition in rule.conditions
            for test in condition.test.walk()
            for wanted in test.programmes
            if wanted in granting and wanted != name
        ]
        for name, rule in rules.items()
    }
    done: dict[str, bool] = {}  # False while its needs are being visited

    def visit(name: str, path: tuple[str, ...]) -> None:
        if done.get(name) is False:
            circle = " -> ".join((*path[path.index(name) :], name))
            problems.append(
                Problem(f"programmes/{name}/criteria", f"programmes wait for each other: {circle}")
            )
        if name in done:
            return
        done[name] = False
        for needed in needs[name]:
            visit(needed, (*path, name))
        del done[name]
        done[name] = True

    for name in rules:
        visit(name, ())
    return tuple(done)


def _priors(
    catalogue: Catalogue, parser: Parser, problems: list[Problem]
) -> Mapping[str, Mapping[str, Prior]]:
    """The chances of `priors.yml`, their conditions compiled."""
    found: dict[str, dict[str, Prior]] = {}
    for programme, chances in catalogue.interview.chances.items():
        found[programme] = {}
        for criterion, chance in chances.items():
            place = f"priors/programmes/{programme}/criteria/{criterion}/given"
            given = []
            for index, (when, share) in enumerate(chance.given):
                test = _compiled(parser.test, when, f"{place}/{index}/when", problems)
                if test:
                    given.append((test, float(share)))
            relations = {relation: float(share) for relation, share in chance.relations.items()}
            found[programme][criterion] = Prior(float(chance.usual), tuple(given), relations)
    return found
