"""The next question: the one that settles most at least cost to the person, one at a time, never in vain.

Shortlist asks only what bears on programmes whose chance, given what is known, is worth it, and stops after a few; thorough
goes on until nothing can change. Both ask about urgent programmes first, and both give the same answer for the same case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from backend.eligibility.likelihood import Likelihood
from backend.eligibility.model import HOUSEHOLD, Answer, Case, FactRef, Screening
from backend.eligibility.outcomes import Outcomes, run
from backend.eligibility.relevance import Found, Relevance
from backend.eligibility.rules import Rules
from backend.eligibility.views import members_of

FOCUS = 1.5  # how much more a question the story suggests is worth
LEAST = 0.001  # a question that may change something is worth something


@dataclass(frozen=True, slots=True)
class Open:
    """A programme that is not settled for somebody, its chance, and what could settle it: per criterion and member."""

    programme: str
    subject: str
    chance: float
    parts: Mapping[tuple[str, int], Found]


def next_question(
    rules: Rules,
    case: Case,
    screening: Screening,
    *,
    mode: Literal["shortlist", "thorough"] = "shortlist",
    asked: Collection[FactRef] = (),
    focus: Collection[FactRef] = (),
) -> FactRef | None:
    """The fact to ask for next, or None when no question is worth asking.

    `asked` are the questions put so far; none is put twice, and a shortlist has only so many. `focus` are facts (or, with
    the fact "", whole people) the story suggests. Nothing answered, declined or not known is ever asked.
    """
    if all(result.truth is not None for result in screening.results):
        return None
    outcomes = run(rules, case)
    settings = rules.catalogue.interview
    likely = Likelihood(outcomes)
    opens = _open(_relevance(outcomes, case, asked), likely, screening)
    if mode == "shortlist":
        if len(asked) >= settings.most_questions:
            return None
        opens = [one for one in opens if one.chance >= float(settings.worth_asking)]
    urgent = [one for one in opens if rules.rules[one.programme].programme.urgent]
    scores: dict[FactRef, float] = {}
    for one in urgent or opens:
        _score(rules, likely, one, scores)
    if mode == "shortlist":
        least = float(settings.worth_a_question)
        scores = {ref: worth for ref, worth in scores.items() if worth >= least}
    if not scores:
        return None
    people = [HOUSEHOLD, *(member.id for member in members_of(case))]
    facts = {name: index for index, name in enumerate(rules.catalogue.facts)}

    def rank(ref: FactRef) -> tuple[float, int, int]:
        worth = scores[ref] / _cost(rules, ref)
        if ref in focus or FactRef("", ref.subject) in focus or FactRef(ref.fact, HOUSEHOLD) in focus:
            worth *= FOCUS
        return (-round(worth, 9), people.index(ref.subject), facts[ref.fact])

    return min(scores, key=rank)


def why(rules: Rules, case: Case, ref: FactRef) -> tuple[str, ...]:
    """The programmes whose outcome this fact can still change, so that "why do you ask" is true."""
    outcomes = run(rules, case)
    relevance = Relevance(outcomes)
    found: dict[str, None] = {}
    for (programme, subject), truth in outcomes.truths.items():
        if truth is None and any(
            ref in part.facts or ref in part.behind for part in relevance.of(programme, subject).values()
        ):
            found[programme] = None
    return tuple(name for name in rules.rules if name in found)


def _relevance(outcomes: Outcomes, case: Case, asked: Collection[FactRef]) -> Relevance:
    """What may still be asked: not what was answered in any way, and not what was asked already."""
    answers: dict[FactRef, Answer] = {FactRef(fact, HOUSEHOLD): a for fact, a in case.household.items()}
    for member in members_of(case):
        answers |= {FactRef(fact, member.id): answer for fact, answer in member.facts.items()}
    facts = outcomes.rules.catalogue.facts
    put = set(asked)

    def answered(ref: FactRef) -> bool:
        answer = answers.get(ref)
        return answer is not None and (answer.state != "answered" or answer.value is not None)

    def free(ref: FactRef) -> bool:
        return facts[ref.fact].ask and ref not in put and not answered(ref)

    def refused(ref: FactRef) -> bool:
        return ref in put or answered(ref)

    return Relevance(outcomes, free, refused)


def _open(relevance: Relevance, likely: Likelihood, screening: Screening) -> list[Open]:
    """What is not settled and can be, with the chance of the likeliest member it may be settled for."""
    found = []
    for result in screening.results:
        if result.truth is None:
            parts = relevance.of(result.programme, result.subject)
            parts = {key: part for key, part in parts.items() if part.facts or part.behind}
            if parts:
                chance = max(likely.programme(result.programme, member) for _, member in parts)
                found.append(Open(result.programme, result.subject, chance, parts))
    return found


def _score(rules: Rules, likely: Likelihood, one: Open, scores: dict[FactRef, float]) -> None:
    """Add what each fact would do for this programme.

    A criterion is worth asking about for the chance that it fails, and fully when nothing else is open. Its first fact
    comes first: the later ones are often the exception ("... unless somebody is seriously ill"). What only bears on a
    programme this one waits for is counted there.
    """
    weight = float(rules.catalogue.interview.weights.get(one.programme, 1)) * max(one.chance, LEAST)
    conditions = {condition.criterion.id: condition for condition in rules.rules[one.programme].conditions}
    open_for = Counter(member for _, member in one.parts)
    worth: dict[FactRef, float] = {}
    for (criterion, member), part in one.parts.items():
        holds = likely.criterion(one.programme, conditions[criterion], member)
        settles = 1.0 if open_for[member] == 1 else max(1 - holds, LEAST)
        for place, ref in enumerate(part.facts, 1):
            worth[ref] = max(worth.get(ref, 0.0), weight * settles / place)  # not once for every member
    for ref, value in worth.items():
        scores[ref] = scores.get(ref, 0.0) + value


def _cost(rules: Rules, ref: FactRef) -> float:
    """What answering asks of a person."""
    fact, settings = rules.catalogue.facts[ref.fact], rules.catalogue.interview
    cost = float(settings.effort.get(fact.type, 1))
    return cost * float(settings.sensitive_cost.get(fact.sensitive, 1) if fact.sensitive else 1)
