"""Which facts can still change a truth.

An unknown condition within an AND matters only while the AND can still turn out either way, and so on up to the programme.
Two questions are asked of it: whatever is not known (`missing`), and what may still be asked (`next_question`), where what
somebody declined or does not know is stuck for good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from backend.eligibility.model import HOUSEHOLD, FactRef
from backend.eligibility.nodes import Test, View
from backend.eligibility.outcomes import Outcomes
from backend.eligibility.views import RECEIVED

Can = tuple[bool, bool]  # whether it can turn out true, and false
OPEN: Can = (True, True)


@dataclass(slots=True)
class Found:
    """What can still change a truth, in the order met, and the programmes it waits for."""

    facts: dict[FactRef, None] = field(default_factory=dict)
    behind: dict[FactRef, None] = field(default_factory=dict)  # of the programmes it waits for
    programmes: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Relevance:
    """Looks for what can change an outcome. `free(ref)`: whether this may become known at all."""

    outcomes: Outcomes
    free: Callable[[FactRef], bool] = lambda _: True
    refused: Callable[[FactRef], bool] = lambda _: False
    # What was worked out already. A condition belongs to one programme, so that its own id and the member's are enough.
    _cans: dict[tuple[str, int], Can] = field(default_factory=dict)
    _tests: dict[tuple[int, int], Can] = field(default_factory=dict)
    _leaves: dict[tuple[int, int], list[FactRef]] = field(default_factory=dict)
    _ways: dict[tuple[str, int], tuple[bool, list[FactRef]]] = field(default_factory=dict)
    _behind: dict[tuple[str, int, bool, bool], dict[FactRef, None]] = field(default_factory=dict)

    # ---- whole programmes

    def of(self, programme: str, subject: str) -> dict[tuple[str, int], Found]:
        """What can change this programme for this subject: per criterion and (number of the) member."""
        members = self.outcomes.views.members
        found: dict[tuple[str, int], Found] = {}
        for index, want in self._wants(programme, subject):
            self.outcomes.standing(programme)
            rule = self.outcomes.rules.rules[programme]
            cans = [self.can(condition.test, members[index]) for condition in rule.conditions]
            for position, condition in enumerate(rule.conditions):
                others = cans[:position] + cans[position + 1 :]
                turn = (want[0] and all(can[0] for can in others), want[1])
                part = Found()
                self._search(condition.test, members[index], turn, part)
                if part.facts or part.behind or part.programmes:
                    found[condition.criterion.id, index] = part
                self.outcomes.standing(programme)
        return found

    def _wants(self, programme: str, subject: str) -> list[tuple[int, Can]]:
        """The members whose truth the subject's truth hangs on, and which way each could turn it."""
        members = self.outcomes.views.members
        if subject != HOUSEHOLD:
            return [(i, OPEN) for i, view in enumerate(members) if view.member == subject]
        cans = [self._can_programme(programme, index) for index in range(len(members))]
        wants = []
        for index in range(len(members)):
            others_fall = all(can[1] for i, can in enumerate(cans) if i != index) and members[0].complete
            if self.outcomes.seen[programme][index] is None:
                wants.append((index, (True, others_fall)))
        return wants

    def _can_programme(self, programme: str, index: int) -> Can:
        """How a programme can turn out for one member."""
        key = (programme, index)
        if key not in self._cans:
            view = self.outcomes.views.members[index]
            before = view.programme
            self.outcomes.standing(programme)
            cans = [self.can(c.test, view) for c in self.outcomes.rules.rules[programme].conditions]
            self.outcomes.standing(before)
            self._cans[key] = (all(can[0] for can in cans), any(can[1] for can in cans))
        return self._cans[key]

    def _can_be_granted(self, programme: str, view: View) -> Can:
        """How a programme that gives a status can turn out for this member."""
        if self.outcomes.rules.rules[programme].programme.scope == "person":
            return self._can_programme(programme, view.number)
        cans = [self._can_programme(programme, index) for index in range(len(self.outcomes.views.members))]
        return any(can[0] for can in cans), all(can[1] for can in cans) and view.complete

    # ---- conditions

    def can(self, test: Test, view: View) -> Can:
        """How a condition can turn out, given what may still become known."""
        key = (id(test), id(view))
        found = self._tests.get(key)
        if found is None:
            found = self._tests[key] = self._can(test, view)
        return found

    def _can(self, test: Test, view: View) -> Can:
        truth = test.run(view)
        if truth is not None:
            return truth, not truth
        if test.kind == "not":
            true, false = self.can(test.children[0], view)
            return false, true
        if test.kind in ("and", "or"):
            cans = [self.can(child, view) for child in test.children]
            if test.kind == "and":
                return all(can[0] for can in cans), any(can[1] for can in cans)
            return any(can[0] for can in cans), all(can[1] for can in cans)
        if test.kind == "any":
            cans = [self.can(test.children[0], member) for member in view.everyone]
            return any(can[0] for can in cans), all(can[1] for can in cans) and view.complete
        if test.kind == "receives":
            asked = self.may_state(view)
            cans = [self._can_be_granted(programme, view) for programme in self.undecided(test, view)]
            return asked or any(can[0] for can in cans), (asked or view.received is not None) and all(
                can[1] for can in cans
            )
        return OPEN if self.leaf(test, view) else (False, False)

    def undecided(self, test: Test, view: View) -> list[str]:
        """The programmes a `receives` waits for."""
        return [p for p in test.programmes if p != view.programme and view.granted.get(p, False) is None]

    def may_state(self, view: View) -> bool:
        """Whether the help received may still be stated."""
        return view.received is None and self.free(FactRef(RECEIVED, HOUSEHOLD))

    def leaf(self, test: Test, view: View) -> list[FactRef]:
        """The facts that could settle a comparison; none when one that it needs can never be known."""
        key = (id(test), id(view))
        if key not in self._leaves:
            self._leaves[key] = self._find_leaf(test, view)
        return self._leaves[key]

    def _find_leaf(self, test: Test, view: View) -> list[FactRef]:
        refs: list[FactRef] = []
        for fact in test.facts:
            known, found = self.ways(fact, view)
            if not known:
                return []
            refs += found
        for fact in test.of_members:
            for member in view.everyone:
                refs += self.ways(fact, member)[1]
        for counted in test.counted:
            for member in view.everyone:
                part = Found()
                if counted.run(member) is None:
                    self._search(counted, member, self.can(counted, member), part)
                refs += part.facts
        return refs

    def ways(self, fact: str, view: View) -> tuple[bool, list[FactRef]]:
        """Whether the fact is or can become known, and by learning what."""
        key = (fact, id(view))
        if key not in self._ways:
            self._ways[key] = self._find_ways(fact, view)
        return self._ways[key]

    def _find_ways(self, fact: str, view: View) -> tuple[bool, list[FactRef]]:
        rules = self.outcomes.rules
        definition, derived = rules.catalogue.facts[fact], rules.derived.get(fact)
        value = view.facts.get(fact)
        ref = FactRef(fact, HOUSEHOLD if definition.scope == "household" else view.member)
        if value is not None and not (isinstance(value, tuple) and value[0] != value[1]):
            return True, []
        own = self.free(ref)
        if value is not None and fact not in view.worked_out:
            return True, [ref] if own else []
        own = own and (definition.ask or derived is None)
        refs = [ref] if own else []
        known = own or value is not None
        if derived and not self.refused(ref):
            parts = [self.ways(part, view) for part in derived.facts]
            if all(part[0] for part in parts):
                refs += [found for part in parts for found in part[1]]
                for member in view.everyone:
                    refs += [found for part in derived.of_members for found in self.ways(part, member)[1]]
                known = known or bool(refs) or bool(parts)
        return known, refs

    # ---- the search, from a condition down to facts

    def _search(self, test: Test, view: View, want: Can, found: Found) -> None:
        """Gather what could turn this condition the way that matters above it."""
        if test.run(view) is not None or not (want[0] or want[1]):
            return
        if test.kind == "not":
            self._search(test.children[0], view, (want[1], want[0]), found)
        elif test.kind in ("and", "or", "any"):
            pairs = (
                [(test.children[0], member) for member in view.everyone]
                if test.kind == "any"
                else [(child, view) for child in test.children]
            )
            cans = [self.can(child, one) for child, one in pairs]
            for position, (child, one) in enumerate(pairs):
                others = cans[:position] + cans[position + 1 :]
                if test.kind == "and":
                    turn = (want[0] and all(can[0] for can in others), want[1])
                else:
                    falls = all(can[1] for can in others) and (test.kind == "or" or view.complete)
                    turn = (want[0], want[1] and falls)
                self._search(child, one, turn, found)
        elif test.kind == "receives":
            self._search_receives(test, view, want, found)
        elif self.can(test, view) == OPEN:
            found.facts.update(dict.fromkeys(self.leaf(test, view)))

    def _search_receives(self, test: Test, view: View, want: Can, found: Found) -> None:
        """Help that may still be stated, and whatever can change the programmes that would grant it."""
        can = self.can(test, view)
        if not (want[0] and can[0]) and not (want[1] and can[1]):
            return
        if self.may_state(view):
            found.facts[FactRef(RECEIVED, HOUSEHOLD)] = None
        undecided = self.undecided(test, view)
        cans = {programme: self._can_be_granted(programme, view) for programme in undecided}
        stated = view.received is not None or self.may_state(view)
        for programme in undecided:
            others = all(can[1] for other, can in cans.items() if other != programme)
            turn = (want[0], want[1] and others and stated)
            if not any(w and c for w, c in zip(turn, cans[programme], strict=True)):
                continue
            found.programmes[programme] = None
            self._search_programme(programme, view, turn, found)

    def _search_programme(self, programme: str, view: View, want: Can, found: Found) -> None:
        """Whatever can turn a programme that somebody waits for."""
        rule = self.outcomes.rules.rules[programme]
        members = self.outcomes.views.members
        household = rule.programme.scope == "household"
        indexes = range(len(members)) if household else [view.number]
        before = view.programme
        for index in indexes:
            if self.outcomes.seen[programme][index] is not None:
                continue
            turn = want
            if household:
                rest = all(self._can_programme(programme, i)[1] for i in indexes if i != index)
                turn = (want[0], want[1] and rest and view.complete)
            found.behind.update(self._facts_behind(programme, index, turn))
        self.outcomes.standing(before)

    def _facts_behind(self, programme: str, index: int, want: Can) -> dict[FactRef, None]:
        """The facts that could turn a programme for one member; those of the programmes behind it as well."""
        key = (programme, index, *want)
        if key in self._behind:
            return self._behind[key]
        self.outcomes.standing(programme)
        view = self.outcomes.views.members[index]
        tests = [condition.test for condition in self.outcomes.rules.rules[programme].conditions]
        cans = [self.can(test, view) for test in tests]
        part = Found()
        for position, test in enumerate(tests):
            others = cans[:position] + cans[position + 1 :]
            self._search(test, view, (want[0] and all(can[0] for can in others), want[1]), part)
            self.outcomes.standing(programme)
        self._behind[key] = {**part.facts, **part.behind}
        return self._behind[key]
