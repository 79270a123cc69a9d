"""Everything the rules say about one case on one day."""

from __future__ import annotations

from backend.eligibility.amounts import amount
from backend.eligibility.explain import decided_by, waits_for
from backend.eligibility.missing import Missing
from backend.eligibility.model import HOUSEHOLD, Case, Conflict, FactRef, Result, Screening, Truth
from backend.eligibility.outcomes import Outcomes, run
from backend.eligibility.rules import Rule, Rules


def screen(rules: Rules, case: Case) -> Screening:
    """The screening of a case. Raises CaseError when the case cannot be one (a size of 0, an unknown fact...)."""
    outcomes = run(rules, case)
    missing = Missing(outcomes)
    results = []
    for name, rule in rules.rules.items():
        if name not in outcomes.seen:
            continue
        household = rule.programme.scope == "household"
        for subject in [HOUSEHOLD] if household else [view.member for view in outcomes.views.members]:
            results.append(_result(outcomes, missing, rule, subject))  # noqa: PERF401
    used = {figure for name in outcomes.in_force for figure in rules.rules[name].figures}
    return Screening(
        catalogue=rules.catalogue.version,
        on=case.on,
        results=tuple(results),
        contradictions=outcomes.views.contradictions,
        backdated=tuple(sorted(used & outcomes.views.backdated)),
    )


def _result(outcomes: Outcomes, missing: Missing, rule: Rule, subject: str) -> Result:
    """One programme for one subject."""
    name = rule.programme.id
    truth: Truth = outcomes.truths[name, subject]
    facts: tuple[FactRef, ...] = ()
    after: tuple[str, ...] = ()
    money = None
    if truth is None:
        facts, after = missing.of(name, subject)
    elif truth:
        after = waits_for(outcomes, name, subject)
        seen = zip(outcomes.views.members, outcomes.seen[name], strict=True)
        view = next(v for v, holds in seen if holds and subject in (HOUSEHOLD, v.member))
        money = amount(outcomes, rule, view)
    return Result(
        programme=name,
        subject=subject,
        truth=truth,
        decided_by=decided_by(outcomes, name, subject, truth),
        missing=facts,
        amount=money,
        after=after,
        conflicts_with=() if truth is False else _conflicts(outcomes, rule, subject),
    )


def _conflicts(outcomes: Outcomes, rule: Rule, subject: str) -> tuple[Conflict, ...]:
    """What this programme excludes, as far as it is received already or would be granted as well."""
    views = [view for view in outcomes.views.members if subject in (HOUSEHOLD, view.member)]
    return tuple(
        conflict
        for conflict in rule.programme.excludes
        if any(
            conflict.programme in (view.received or ())
            or (conflict.programme in outcomes.seen and outcomes.truth_for(conflict.programme, view) is True)
            for view in views
        )
    )
