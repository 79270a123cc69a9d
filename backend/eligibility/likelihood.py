"""How likely a programme is, before everything is known: the catalogue's priors, and what the story says already."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod

from backend.eligibility.nodes import View
from backend.eligibility.outcomes import Outcomes
from backend.eligibility.rules import Condition


@dataclass(slots=True)
class Likelihood:
    """Chances of one case, each worked out once. Members go by their number."""

    outcomes: Outcomes
    _programmes: dict[tuple[str, int], float] = field(default_factory=dict)
    _criteria: dict[tuple[str, str, int], float] = field(default_factory=dict)

    def programme(self, programme: str, member: int) -> float:
        """How likely all criteria hold for this member, as if each stood for itself."""
        key = (programme, member)
        if key not in self._programmes:
            conditions = self.outcomes.rules.rules[programme].conditions
            self._programmes[key] = prod(self.criterion(programme, one, member) for one in conditions)
        return self._programmes[key]

    def criterion(self, programme: str, condition: Condition, member: int) -> float:
        """How likely one criterion holds; help that may yet be granted is as likely as its own criteria."""
        key = (programme, condition.criterion.id, member)
        if key not in self._criteria:
            self._criteria[key] = self._criterion(programme, condition, member)
        return self._criteria[key]

    def _criterion(self, programme: str, condition: Condition, member: int) -> float:
        view = self.outcomes.views.members[member]
        self.outcomes.standing(programme)
        truth = condition.test.run(view)
        if truth is not None:
            return float(truth)
        chance = self._prior(programme, condition.criterion.id, view)
        if condition.test.kind == "receives":
            for other in condition.test.programmes:
                if other != programme and view.granted.get(other, False) is None:
                    household = self.outcomes.rules.rules[other].programme.scope == "household"
                    members = range(len(self.outcomes.views.members)) if household else [member]
                    chance = max(chance, *(self.programme(other, one) for one in members))
        return chance

    def _prior(self, programme: str, criterion: str, view: View) -> float:
        """The chance of a criterion nothing is known of: the first condition that holds says, else who it is."""
        rules = self.outcomes.rules
        prior = rules.priors.get(programme, {}).get(criterion)
        if prior is None:
            return float(rules.catalogue.interview.usual)
        for test, chance in prior.given:
            if test.run(view) is True:
                return chance
        return prior.relations.get(view.relation, prior.usual)
