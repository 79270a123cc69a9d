"""The next question: never in vain, one at a time, the same for the same case, and it ends."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random  # noqa: TID251 - seeded, in tests only

import pytest
from hypothesis import given, settings

from backend.eligibility import Rules, next_question, screen, why
from backend.eligibility.model import HOUSEHOLD, Answer, Case, FactRef, Member
from backend.eligibility.priors import Chance, Interview
from backend.eligibility.views import members_of
from tests.households import HOUSEHOLD as HOUSEHOLD_FACTS
from tests.households import PERSON, household, seeds
from tests.rulebook import Rule, case, rulebook

FACTS = {
    "a": "bool",
    "b": "bool",
    "c": "bool",
    "born": "date",
    "age": "int",
    "income": "household money",
    "each": "household money",
    "ill": "bool",
    "somebody_ill": "household bool",
}
DERIVED = {
    "age": "years_since(born)",
    "each": ("income", "household_size"),
    "somebody_ill": "any_member(ill)",
}


def book(*criteria: str, interview: Interview | None = None, **programmes: Rule) -> Rules:
    return rulebook(
        FACTS,
        {"p": Rule(criteria), **programmes},
        derived=DERIVED,
        not_asked=("born", "each"),
        interview=interview,
    )


def ask(rules: Rules, given: Case, **how: object) -> FactRef | None:
    return next_question(rules, given, screen(rules, given), **how)  # type: ignore[arg-type]


def put(given: Case, ref: FactRef, answer: Answer) -> Case:
    """The case with one answer more."""
    if ref.subject == HOUSEHOLD:
        return replace(given, household={**given.household, ref.fact: answer})
    members = tuple(
        Member(m.id, m.relation, {**m.facts, ref.fact: answer}) if m.id == ref.subject else m
        for m in members_of(given)
    )
    return replace(given, members=members)


def test_it_asks_nothing_when_nothing_can_change() -> None:
    rules = book("a")
    assert ask(rules, case({}, {"a": True})) is None
    assert ask(rules, case({}, {"a": False})) is None


@pytest.mark.parametrize("state", ["declined", "dont_know"])
def test_it_never_asks_again_what_was_not_answered(state: str) -> None:
    rules = book("a", "b")
    given = case({}, {"a": Answer(state=state)})  # type: ignore[arg-type]
    assert ask(rules, given) == FactRef("b", "p0")
    assert ask(rules, case({}, {"a": Answer(state=state), "b": True})) is None  # type: ignore[arg-type]


def test_it_asks_nothing_that_a_silence_has_made_vain() -> None:
    # (a or b) and c, with a and c kept back: b can make it neither true nor false.
    rules = book("(a OR b) AND c")
    kept = Answer(state="declined")
    assert ask(rules, case({}, {"a": kept, "c": kept})) is None
    assert ask(rules, case({}, {"a": kept})) in (FactRef("b", "p0"), FactRef("c", "p0"))


def test_half_a_quotient_is_not_asked_when_the_other_half_is_kept_back() -> None:
    rules = book("each < 500")
    assert ask(rules, case({"income": Answer(state="declined")}, {})) is None
    assert ask(rules, case({"income": 900}, {})) == FactRef("household_size", HOUSEHOLD)


def test_it_asks_for_what_may_be_said_not_for_what_is_worked_out() -> None:
    assert ask(book("age >= 60"), case({}, {})) == FactRef("age", "p0")
    first = ask(book("each < 500"), case({}, {}))
    assert first in (FactRef("income", HOUSEHOLD), FactRef("household_size", HOUSEHOLD))


def test_somebody_ill_is_asked_of_the_household_once() -> None:
    rules = book("somebody_ill")
    given = case({}, {}, {})
    assert ask(rules, given) == FactRef("somebody_ill", HOUSEHOLD)
    kept = case({"somebody_ill": Answer(state="declined")}, {}, {})
    assert ask(rules, kept) is None, "nobody is asked member by member after they declined"
    assert ask(rules, given, asked=[FactRef("somebody_ill", HOUSEHOLD)]) is None


def test_it_asks_each_member_in_turn() -> None:
    rules = book("a")
    given = case({}, {}, {})
    assert ask(rules, given) == FactRef("a", "p0")
    assert ask(rules, case({}, {"a": True}, {})) == FactRef("a", "p1")


def test_help_received_is_asked_of_the_household() -> None:
    rules = rulebook(FACTS, {"p": "receives('x')"}, statuses=["x"])
    assert ask(rules, case({}, {}, {})) == FactRef("receiving_programmes", HOUSEHOLD)
    assert ask(rules, case({"receiving_programmes": Answer(state="declined")}, {}, {})) is None


def test_urgent_programmes_come_first() -> None:
    rules = book("a", urgent=Rule(["c"], urgent=True))
    assert ask(rules, case({}, {})) == FactRef("c", "p0")
    assert ask(rules, case({}, {"c": True})) == FactRef("a", "p0")


PRIORS = Interview(
    worth_asking=Decimal("0.1"),
    most_questions=2,
    chances={"p": {"c0": Chance(Decimal("0.05"), given=(("b", Decimal("0.9")),))}},
)


def test_a_shortlist_asks_only_about_what_is_likely_given_the_story() -> None:
    rules = book("a", interview=PRIORS)
    assert ask(rules, case({}, {})) is None
    assert ask(rules, case({}, {"b": True})) == FactRef("a", "p0")
    assert ask(rules, case({}, {}), mode="thorough") == FactRef("a", "p0")


def test_a_shortlist_has_an_end() -> None:
    rules = book("a AND b AND c", interview=Interview(Decimal(0), 2))
    put_already = [FactRef("a", "p0"), FactRef("x", "p0")]
    assert ask(rules, case({}, {}), asked=put_already) is None
    assert ask(rules, case({}, {}), asked=put_already, mode="thorough") in (
        FactRef("b", "p0"),
        FactRef("c", "p0"),
    )


def test_it_prefers_what_the_story_is_about() -> None:
    rules = book("a", "b")
    assert ask(rules, case({}, {})) == FactRef("a", "p0")
    assert ask(rules, case({}, {}), focus=[FactRef("b", "p0")]) == FactRef("b", "p0")
    assert ask(book("a"), case({}, {}, {}), focus=[FactRef("", "p1")]) == FactRef("a", "p1")


def test_it_prefers_what_costs_a_person_less() -> None:
    settings = Interview(Decimal(0), 8, effort={"int": Decimal(3)})
    assert ask(book("age > 5", "a", interview=settings), case({}, {})) == FactRef("a", "p0")


@settings(max_examples=60, deadline=None)
@given(random=seeds())
def test_every_interview_is_never_in_vain_and_ends(yongchuan: Rules, random: Random) -> None:
    now = household(random)
    asked: list[FactRef] = []
    for _ in range(120):
        screening = screen(yongchuan, now)
        question = next_question(yongchuan, now, screening, mode="thorough", asked=asked)
        assert question == next_question(yongchuan, now, screening, mode="thorough", asked=asked)
        if question is None:
            break
        assert question not in asked
        assert yongchuan.catalogue.facts[question.fact].ask
        assert why(yongchuan, now, question), "nobody is asked for nothing"
        asked.append(question)
        draw = (HOUSEHOLD_FACTS if question.subject == HOUSEHOLD else PERSON).get(question.fact)
        kept_back = draw is None or random.random() < 0.2
        now = put(now, question, Answer(state="declined") if kept_back else Answer(draw(random)))  # type: ignore[misc]
    else:
        pytest.fail("an interview without an end")


@settings(max_examples=60, deadline=None)
@given(random=seeds())
def test_a_shortlist_is_short(yongchuan: Rules, random: Random) -> None:
    now = household(random)
    asked: list[FactRef] = []
    while question := next_question(yongchuan, now, screen(yongchuan, now), asked=asked):
        asked.append(question)
        now = put(now, question, Answer(state="dont_know"))
        assert len(asked) <= 8
