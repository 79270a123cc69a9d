"""Every programme in force run once over a case: the truths, before anybody explains them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from backend.eligibility.model import HOUSEHOLD, Case, Truth
from backend.eligibility.nodes import View
from backend.eligibility.rules import Rule, Rules
from backend.eligibility.views import Views, look


@dataclass(slots=True)
class Outcomes:
    """The truths of one case. `seen[programme]` holds one per member; `truths` one per programme and subject."""

    rules: Rules
    views: Views
    on: date
    in_force: tuple[str, ...] = ()
    seen: dict[str, list[Truth]] = field(default_factory=dict)
    truths: dict[tuple[str, str], Truth] = field(default_factory=dict)

    def standing(self, programme: str) -> None:
        """Let every member's view know which programme is being looked at: it never opens itself."""
        for view in self.views.members:
            view.programme = programme

    def truth_for(self, programme: str, view: View) -> Truth:
        """The programme's truth as it concerns this member; one that is not in force is not there."""
        rule = self.rules.rules[programme]
        subject = HOUSEHOLD if rule.programme.scope == "household" else view.member
        return self.truths.get((programme, subject), False)


def run(rules: Rules, case: Case) -> Outcomes:
    """Run every programme in force, those that others build on first. Raises CaseError."""
    outcomes = Outcomes(rules, look(rules, case), case.on)
    members = outcomes.views.members
    in_force = []
    for name in rules.order:
        rule = rules.rules[name]
        programme = rule.programme
        if programme.valid_from > case.on or (
            programme.valid_to is not None and programme.valid_to < case.on
        ):
            continue
        in_force.append(name)
        outcomes.standing(name)
        seen = [_holds(rule, view) for view in members]
        outcomes.seen[name] = seen
        if programme.scope == "household":
            truth = any_of(seen, case.members_complete)
            outcomes.truths[name, HOUSEHOLD] = truth
            if programme.gives_status:
                for view in members:
                    view.granted[name] = truth
        else:
            for view, truth in zip(members, seen, strict=True):
                outcomes.truths[name, view.member] = truth
                if programme.gives_status:
                    view.granted[name] = truth
    outcomes.in_force = tuple(in_force)
    return outcomes


def any_of(seen: list[Truth], complete: bool) -> Truth:
    """True if for somebody, unknown if it may be, else false; while somebody may not be listed, not false."""
    if True in seen:
        return True
    return None if None in seen or not complete else False


def _holds(rule: Rule, view: View) -> Truth:
    """All criteria for one member."""
    found: Truth = True
    for condition in rule.conditions:
        truth = condition.test.run(view)
        if truth is False:
            return False
        if truth is None:
            found = None
    return found
