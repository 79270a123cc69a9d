"""What is missing of a result: every fact that is not known and could still change it, and the programmes it waits for.

While everybody is listed, each unknown condition under an unknown one can still turn either way, so that a plain walk over
what is unknown finds them all. While somebody may not be listed some cannot, and the closer search is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.eligibility.model import HOUSEHOLD, FactRef
from backend.eligibility.nodes import Test, View
from backend.eligibility.outcomes import Outcomes
from backend.eligibility.relevance import Found, Relevance
from backend.eligibility.views import RECEIVED


@dataclass(slots=True)
class Missing:
    """The missing facts of one case; what several programmes wait for is walked once."""

    outcomes: Outcomes
    _behind: dict[tuple[str, int], dict[FactRef, None]] = field(default_factory=dict)
    _relevance: Relevance = field(init=False)

    def __post_init__(self) -> None:
        self._relevance = Relevance(self.outcomes)

    def of(self, programme: str, subject: str) -> tuple[tuple[FactRef, ...], tuple[str, ...]]:
        """The facts, nearest first, and the programmes this one waits for."""
        members = self.outcomes.views.members
        found = Found()
        if members[0].complete:
            for index, view in enumerate(members):
                if subject in (HOUSEHOLD, view.member) and self.outcomes.seen[programme][index] is None:
                    self._walk_programme(programme, index, found)
        else:
            for part in self._relevance.of(programme, subject).values():
                found.facts.update(part.facts)
                found.behind.update(part.behind)
                found.programmes.update(part.programmes)
        found.facts.update(found.behind)
        return tuple(found.facts), tuple(found.programmes)

    def _walk_programme(self, programme: str, index: int, found: Found) -> None:
        """All unknown criteria of a programme for one member."""
        self.outcomes.standing(programme)
        view = self.outcomes.views.members[index]
        for condition in self.outcomes.rules.rules[programme].conditions:
            self._walk(condition.test, view, found)

    def _walk(self, test: Test, view: View, found: Found) -> None:
        """All that is unknown under a condition."""
        if test.run(view) is not None:
            return
        if test.kind == "leaf":
            found.facts.update(dict.fromkeys(self._relevance.leaf(test, view)))
        elif test.kind == "any":
            for member in view.everyone:
                self._walk(test.children[0], member, found)
        elif test.kind == "receives":
            if self._relevance.may_state(view):
                found.facts[FactRef(RECEIVED, HOUSEHOLD)] = None
            for programme in self._relevance.undecided(test, view):
                found.programmes[programme] = None
                found.behind.update(self._facts_behind(programme, view))
        else:
            for child in test.children:
                self._walk(child, view, found)

    def _facts_behind(self, programme: str, view: View) -> dict[FactRef, None]:
        """Whatever is missing of a programme somebody waits for."""
        household = self.outcomes.rules.rules[programme].programme.scope == "household"
        key = (programme, -1 if household else view.number)
        if key not in self._behind:
            part = Found()
            before = view.programme
            for index in range(len(self.outcomes.views.members)) if household else [view.number]:
                if self.outcomes.seen[programme][index] is None:
                    self._walk_programme(programme, index, part)
            self.outcomes.standing(before)
            self._behind[key] = {**part.facts, **part.behind}
        return self._behind[key]
