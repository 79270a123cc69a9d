"""What a programme would give: a dated figure, the first tier that applies, or an expression; a range while open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backend.eligibility import values
from backend.eligibility.model import Amount
from backend.eligibility.nodes import View
from backend.eligibility.outcomes import Outcomes
from backend.eligibility.rules import Rule, Step
from backend.eligibility.values import Interval


def amount(outcomes: Outcomes, rule: Rule, view: View) -> Amount | None:
    """The amount for a member (for a household: from what its first member knows), or None when only words are known.

    Not `shown` when the programme or a figure is general knowledge, another district's, or from after the day.
    """
    outcomes.standing(rule.programme.id)
    found: Interval | None
    steps: list[Step] = []
    found = None
    for step in rule.steps:
        truth = True if step.when is None else step.when.run(view)
        if truth is False:
            continue
        value = step.amount.run(view)
        if value is None:
            return None
        found = value if found is None else values.hull(found, value)
        steps.append(step)
        if truth:
            break
    else:
        return None  # no tier surely applies
    benefit = rule.programme.benefit
    return Amount(
        low=_yuan(found[0]),
        high=_yuan(found[1]),
        unit=benefit.unit,
        period=benefit.period,
        since=max((day for step in steps for day in _days(outcomes, step)), default=None),
        shown=rule.programme.confidence == "verified" and all(_ours(outcomes, step) for step in steps),
    )


def _ours(outcomes: Outcomes, step: Step) -> bool:
    """Whether every figure of the amount is verified, this district's, and in force on the day."""
    backdated = outcomes.views.backdated
    for name in step.amount.figures:
        if name in backdated:
            return False
        row = outcomes.rules.row(name, outcomes.on)
        if row.confidence != "verified" or not row.ours:
            return False
    return True


def _days(outcomes: Outcomes, step: Step) -> list[date]:
    """The days since when the figures of an amount hold."""
    return [outcomes.rules.row(name, outcomes.on).valid_from for name in step.amount.figures]


def _yuan(end: values.Number | None) -> Decimal | None:
    """An end of the amount; below nothing there is nothing."""
    if end is None:
        return None
    return Decimal(max(values.shown(end), 0))
