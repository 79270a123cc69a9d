"""Learning a fact or narrowing a range never turns true into false or back; what is not missing changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random  # noqa: TID251 - seeded, in tests only
from typing import Any

from hypothesis import given, settings

from backend.eligibility import Rules, screen
from backend.eligibility.model import HOUSEHOLD, Answer, Case, FactRef, Member, Range, Screening, Truth
from backend.eligibility.views import members_of
from tests.households import HOUSEHOLD as HOUSEHOLD_FACTS
from tests.households import PERSON, household, seeds

# A statement about help received is one statement for the household and its people together: once the household has said
# what it gets, a person saying more corrects it. And what was stated outright wins over what follows from other answers, so
# learning it anew is a correction as well.
CORRECTIONS = {"receiving_programmes", "income_per_capita_month", "member_major_illness", "age"}


def truths(screening: Screening) -> dict[tuple[str, str], Truth]:
    return {(one.programme, one.subject): one.truth for one in screening.results}


def unknown(case: Case) -> list[tuple[str, str]]:
    """Every fact nobody has answered, with its subject."""
    found = [(name, HOUSEHOLD) for name in HOUSEHOLD_FACTS if _open(case.household.get(name))]
    for member in members_of(case):
        found += [(name, member.id) for name in PERSON if _open(member.facts.get(name))]
    return found


def _open(answer: Answer | None) -> bool:
    return answer is None or answer.state != "answered" or answer.value is None


def learn(case: Case, fact: str, subject: str, value: Any) -> Case:
    """The same case with one answer more."""
    if subject == HOUSEHOLD:
        return replace(case, household={**case.household, fact: Answer(value)})
    members = tuple(
        Member(m.id, m.relation, {**m.facts, fact: Answer(value)}) if m.id == subject else m
        for m in members_of(case)
    )
    return replace(case, members=members)


def is_correction(case: Case, fact: str) -> bool:
    """Whether saying it now would contradict what follows from earlier answers, or add to an earlier list."""
    if fact == "receiving_programmes":
        said = [case.household, *(member.facts for member in members_of(case))]
        return any(not _open(facts.get(fact)) for facts in said)
    return fact in CORRECTIONS


@settings(max_examples=400, deadline=None)
@given(random=seeds())
def test_learning_a_fact_never_turns_an_answer_round(yongchuan: Rules, random: Random) -> None:
    now = household(random)
    for _ in range(3):
        choices = [one for one in unknown(now) if not is_correction(now, one[0])]
        if not choices:
            return
        fact, subject = random.choice(choices)
        value = (HOUSEHOLD_FACTS if subject == HOUSEHOLD else PERSON)[fact](random)
        before = screen(yongchuan, now)
        missing = {(one.programme, one.subject): set(one.missing) for one in before.results}
        now = learn(now, fact, subject, value)
        after = truths(screen(yongchuan, now))
        for key, truth in truths(before).items():
            if truth is not None:
                assert after[key] is truth, (key, fact)
            elif after[key] is not None:
                about = {FactRef(fact, subject), FactRef(fact, HOUSEHOLD)}
                assert about & missing[key], (key, fact, "was not said to be missing")


@settings(max_examples=300, deadline=None)
@given(random=seeds())
def test_narrowing_a_range_never_turns_an_answer_round(yongchuan: Rules, random: Random) -> None:
    case = household(random)
    ranges = [
        (name, subject, answer.value)
        for subject, facts in [(HOUSEHOLD, case.household), *((m.id, m.facts) for m in members_of(case))]
        for name, answer in facts.items()
        if isinstance(answer.value, Range)
    ]
    before = truths(screen(yongchuan, case))
    for fact, subject, wide in ranges:
        low = int(wide.low if wide.low is not None else 0)
        high = int(wide.high) if wide.high is not None else low + 10**5
        one, two = sorted((random.randint(low, high), random.randint(low, high)))
        narrow = Range(Decimal(one), Decimal(two))
        after = truths(screen(yongchuan, learn(case, fact, subject, narrow)))
        assert all(after[key] is truth for key, truth in before.items() if truth is not None), fact


@settings(max_examples=100, deadline=None)
@given(random=seeds())
def test_declined_don_t_know_and_absent_are_the_same_to_a_truth(yongchuan: Rules, random: Random) -> None:
    def only_said(facts: Mapping[str, Answer]) -> dict[str, Answer]:
        return {name: answer for name, answer in facts.items() if not _open(answer)}

    case = household(random)
    members = tuple(Member(m.id, m.relation, only_said(m.facts)) for m in case.members)
    bare = replace(case, household=only_said(case.household), members=members)
    assert truths(screen(yongchuan, bare)) == truths(screen(yongchuan, case))
