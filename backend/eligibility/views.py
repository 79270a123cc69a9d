"""A case as the rules see it: checked, merged per member, and with what follows from it worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.eligibility import values
from backend.eligibility.derived import agrees
from backend.eligibility.errors import CaseError, Problem
from backend.eligibility.model import (
    HOUSEHOLD,
    Answer,
    Case,
    Contradiction,
    FactDef,
    Member,
    Range,
    Value,
)
from backend.eligibility.nodes import View
from backend.eligibility.parse import NUMBERS
from backend.eligibility.rules import Rules
from backend.eligibility.values import Known

RECEIVED = "receiving_programmes"
SIZE = "household_size"
MOST = 10**12  # no figure of a household comes near it; beyond it somebody leant on a key
MYSELF = (Member("self", "self"),)


@dataclass(frozen=True, slots=True)
class Views:
    """What is known as seen from each member, and where statements do not agree with each other."""

    members: tuple[View, ...]
    contradictions: tuple[Contradiction, ...]
    backdated: frozenset[str]


def members_of(case: Case) -> tuple[Member, ...]:
    """The people of the case; without any it is about one person, `self`."""
    return case.members or MYSELF


def look(rules: Rules, case: Case) -> Views:
    """The case, ready for the rules. Raises CaseError with everything that is wrong with it."""
    problems: list[Problem] = []
    members = members_of(case)
    _check_people(members, problems)
    shared = _facts(rules, case.household, HOUSEHOLD, case.on, problems)
    figures, backdated = rules.figures(case.on)
    everyone: list[View] = []
    together = _received(case.household)
    for member in members:
        own = _facts(rules, member.facts, member.id, case.on, problems)
        helped = _received(member.facts)
        everyone.append(
            View(
                member=member.id,
                relation=member.relation,
                facts={**shared, **own},
                worked_out=set(),
                received=None
                if together is None and helped is None
                else (together or frozenset()) | (helped or frozenset()),
                figures=figures,
                complete=case.members_complete,
                everyone=everyone,
                number=len(everyone),
            )
        )
    if problems:
        raise CaseError(tuple(problems))
    return Views(tuple(everyone), tuple(_work_out(rules, everyone, case.on)), backdated)


def _check_people(members: tuple[Member, ...], problems: list[Problem]) -> None:
    """Every member has an id of their own."""
    ids = [member.id for member in members]
    if not all(ids) or HOUSEHOLD in ids or len(set(ids)) != len(ids):
        problems.append(Problem("persons", f"each person needs an id of their own, and not `{HOUSEHOLD}`"))


def _facts(
    rules: Rules, answers: Mapping[str, Answer], subject: str, on: date, problems: list[Problem]
) -> dict[str, Known]:
    """What was answered, checked, in the engine's own values."""
    found: dict[str, Known] = {}
    for name, answer in answers.items():
        fact = rules.catalogue.facts.get(name)
        if fact is None:
            problems.append(Problem(f"{subject}/{name}", f"unknown fact `{name}`"))
            continue
        if (fact.scope == "household") != (subject == HOUSEHOLD) and fact.type != "programme_set":
            belongs = "the household" if fact.scope == "household" else "a person"
            problems.append(Problem(f"{subject}/{name}", f"`{name}` belongs to {belongs}"))
            continue
        if answer.state != "answered" or answer.value is None:
            continue
        wrong = _wrong(rules, fact, answer.value, on)
        if wrong:
            problems.append(Problem(f"{subject}/{name}", wrong))
        elif fact.type in NUMBERS:
            low, high = values.interval(answer.value)  # type: ignore[arg-type]
            if low is None and not _may_be_below_nothing(fact):
                low = 1 if name == SIZE else 0  # "at most 400" is from 0 to 400
            found[name] = (low, high)
        elif fact.type != "programme_set":
            found[name] = answer.value  # type: ignore[assignment]
    return found


def _received(answers: Mapping[str, Answer]) -> frozenset[str] | None:
    """The help stated as received, or None when nothing was stated."""
    answer = answers.get(RECEIVED)
    if answer is None or answer.state != "answered" or not isinstance(answer.value, tuple):
        return None
    return frozenset(answer.value)


def _wrong(rules: Rules, fact: FactDef, value: Value, on: date) -> str | None:
    """Why the value cannot be one of this fact, without repeating what was said."""
    if fact.type in NUMBERS:
        return _wrong_number(fact, value)
    if fact.type == "bool":
        return None if isinstance(value, bool) else f"`{fact.id}` must be true or false"
    if fact.type == "enum":
        good = isinstance(value, str) and value in fact.allowed
        return None if good else f"`{fact.id}` must be one of {', '.join(map(str, fact.allowed))}"
    if fact.type == "date":
        good = isinstance(value, date) and value <= on
        return None if good else f"`{fact.id}` must be a day, not after the day of the case"
    catalogue = rules.catalogue
    if not isinstance(value, tuple):
        return f"`{fact.id}` must be a list of programme ids"
    unknown = [one for one in value if one not in catalogue.programmes and one not in catalogue.statuses]
    return f"`{fact.id}` names a programme that is not known here" if unknown else None


def _wrong_number(fact: FactDef, value: Value) -> str | None:
    """Why the value cannot be a number of this fact."""
    numbers: list[int | Decimal] = []
    for end in (value.low, value.high) if isinstance(value, Range) else (value,):
        if isinstance(end, int | Decimal) and not isinstance(end, bool):
            numbers.append(end)
        elif end is not None:
            return f"`{fact.id}` must be a number"
    if not numbers:
        return f"`{fact.id}`: a range needs at least one end"
    if not all(Decimal(number).is_finite() and -MOST <= number <= MOST for number in numbers):
        return f"`{fact.id}` must be a number of ordinary size"
    if numbers[0] > numbers[-1]:
        return f"`{fact.id}`: a range goes up"
    if fact.id == SIZE and numbers[0] < 1:
        return f"`{fact.id}` must be at least 1"
    if numbers[0] < 0 and not _may_be_below_nothing(fact):
        return f"`{fact.id}` must not be below 0"
    if fact.type == "int" and any(number != int(number) for number in numbers):
        return f"`{fact.id}` must be a whole number"
    if fact.allowed and not isinstance(value, Range) and numbers[0] not in fact.allowed:
        return f"`{fact.id}` must be one of {', '.join(map(str, fact.allowed))}"
    return None


def _may_be_below_nothing(fact: FactDef) -> bool:
    """Only what is left after something was taken away can be."""
    return "-" in (fact.derived or "")


def _work_out(rules: Rules, everyone: list[View], on: date) -> list[Contradiction]:
    """Put in what follows from what was stated; a stated value wins, and a disagreement is reported."""
    found: list[Contradiction] = []
    for name, derived in rules.derived.items():
        household = derived.fact.scope == "household"
        for view in everyone[:1] if household else everyone:
            stated = view.facts.get(name)
            if stated is None:
                if derived.quotient:
                    continue  # compared by multiplying; formed only where it is shown
                value = derived.work(view, on)
                if value is not None:
                    for other in everyone if household else (view,):
                        other.facts[name] = value
                        other.worked_out.add(name)
                continue
            view.facts.pop(name)
            value = derived.work(view, on)
            view.facts[name] = stated
            if value is not None and not agrees(stated, value):
                subject = HOUSEHOLD if household else view.member
                found.append(Contradiction(name, subject, outward(stated), outward(value)))
    return found


def outward(value: Known) -> Value:
    """A value of the engine as a value for people."""
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    return values.outward(value) if isinstance(value, tuple) else value
