"""Why a truth is what it is: the criteria that settled it, the values they used, the figures they compared with."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from backend.eligibility import values
from backend.eligibility.model import HOUSEHOLD, Compared, Decided, Truth, Value
from backend.eligibility.nodes import Sign, Test, View
from backend.eligibility.outcomes import Outcomes
from backend.eligibility.rules import Condition
from backend.eligibility.values import ZERO
from backend.eligibility.views import RECEIVED, outward

OPPOSITE: dict[Sign, Sign] = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "=": "<>", "<>": "="}


def decided_by(outcomes: Outcomes, programme: str, subject: str, truth: Truth) -> tuple[Decided, ...]:
    """The criteria that settled a result: all of them for a yes (for the first member it holds for), the failing ones
    for a no. Of a household's no, criteria that fail for everybody alike are enough."""
    if truth is None:
        return ()
    outcomes.standing(programme)
    views = [v for v in outcomes.views.members if subject in (HOUSEHOLD, v.member)]
    conditions = outcomes.rules.rules[programme].conditions
    if truth:
        seen = outcomes.seen[programme]
        view = next(v for v, t in zip(outcomes.views.members, seen, strict=True) if t and v in views)
        return tuple(_decided(outcomes, condition, view, True) for condition in conditions)
    failing = [[c for c in conditions if c.test.run(view) is False] for view in views]
    common = [c for c in failing[0] if all(c in others for others in failing[1:])]
    alike = [d for d in (_decided(outcomes, c, views[0], False) for c in common) if d.subject == HOUSEHOLD]
    if subject == HOUSEHOLD and alike:
        return tuple(alike)
    found: dict[tuple[str, str], Decided] = {}
    for view, mine in zip(views, failing, strict=True):
        for condition in common or mine:
            decided = _decided(outcomes, condition, view, False)
            found.setdefault((decided.criterion, decided.subject), decided)
    return tuple(found.values())


def waits_for(outcomes: Outcomes, programme: str, subject: str) -> tuple[str, ...]:
    """The programmes a yes rests on that are not received yet: they would have to be granted first."""
    outcomes.standing(programme)
    seen = zip(outcomes.views.members, outcomes.seen[programme], strict=True)
    view = next(view for view, truth in seen if truth and subject in (HOUSEHOLD, view.member))
    found: dict[str, None] = {}
    for condition in outcomes.rules.rules[programme].conditions:
        for test in _settling(condition.test, view, True):
            if test.kind == "receives" and not _stated(outcomes, test, view):
                found.update(
                    dict.fromkeys(
                        p for p in test.programmes if p != programme and view.granted.get(p) is True
                    )
                )
    return tuple(found)


def _decided(outcomes: Outcomes, condition: Condition, view: View, truth: bool) -> Decided:
    """One criterion with what it used. Its subject is the household unless something of a person was used."""
    used: dict[str, Value | None] = {}
    personal = False
    compared: list[Compared] = []
    for test in _settling(condition.test, view, truth):
        if test.against and (said := _compared(outcomes, test, view)) is not None:
            compared.append(said)
        for fact in test.facts:
            used.setdefault(fact, value_of(outcomes, fact, view))
            personal = personal or outcomes.rules.catalogue.facts[fact].scope == "person"
        for fact in test.of_members:
            used.setdefault(fact, _total(fact, view))
        if test.kind == "receives":
            used[RECEIVED] = _stated(outcomes, test, view) or tuple(
                p for p in test.programmes if p != view.programme and view.granted.get(p) is True
            )
            personal = True
        elif test.kind == "any":
            _use_members(outcomes, test, view, truth, used)
    subject = view.member if personal else HOUSEHOLD
    figures = {name: row for name in condition.figures if (row := _figure(view, name)) is not None}
    return Decided(condition.criterion.id, truth, used, figures, subject, tuple(compared))


def _compared(outcomes: Outcomes, test: Test, view: View) -> Compared | None:
    """A value and its limit, with the sign that holds."""
    if test.against is None:
        return None
    fact, sign, term = test.against
    value, limit = value_of(outcomes, fact, view), term.run(view)
    if value is None or limit is None:
        return None
    return Compared(fact, value, sign if test.run(view) else OPPOSITE[sign], values.outward(limit))


def value_of(outcomes: Outcomes, fact: str, view: View) -> Value | None:
    """The value of a fact for people; a quotient is formed here and nowhere earlier."""
    value = view.facts.get(fact)
    derived = outcomes.rules.derived.get(fact)
    if value is None and derived and derived.quotient:
        top, bottom = derived.quotient.top.run(view), derived.quotient.bottom.run(view)
        value = None if top is None or bottom is None else values.quotient(top, bottom)
    return None if value is None else outward(value)


def _settling(test: Test, view: View, truth: bool) -> Iterable[Test]:
    """The smallest conditions that made this one what it is."""
    if test.kind == "not":
        yield from _settling(test.children[0], view, not truth)
    elif test.kind in ("and", "or"):
        for child in test.children:
            if child.run(view) is truth:
                yield from _settling(child, view, truth)
                if truth and test.kind == "or":
                    return  # one way is enough
    else:
        yield test


def _use_members(
    outcomes: Outcomes, test: Test, view: View, truth: bool, used: dict[str, Value | None]
) -> None:
    """What was used of the first member that settles an any_member."""
    for member in view.everyone:
        if test.children[0].run(member) is truth:
            for part in _settling(test.children[0], member, truth):
                for fact in part.facts:
                    used.setdefault(fact, value_of(outcomes, fact, member))
            return


def _total(fact: str, view: View) -> Value | None:
    """What a fact adds up to over the members it is known of."""
    total = ZERO
    for member in view.everyone:
        amount = member.facts.get(fact)
        if isinstance(amount, tuple):
            total = values.add(total, amount)
    return values.outward(total)


def _stated(outcomes: Outcomes, test: Test, view: View) -> tuple[str, ...]:
    """The help stated as received that this `receives` asks for (words that leave open which one count too)."""
    groups = outcomes.rules.catalogue.status_groups
    wanted = set(test.programmes)
    stated = view.received or frozenset()
    return tuple(
        sorted(
            one
            for one in stated
            if one != view.programme and (one in wanted or wanted & set(groups.get(one, ())))
        )
    )


def _figure(view: View, name: str) -> Decimal | None:
    low = view.figures[name][0]
    return None if low is None else Decimal(values.shown(low))
