"""Random households of the district: everything the eight first programmes read, near the limits that matter.

Hypothesis draws one seed and the household follows from it: a hundred small draws a household would cost more time than
the rules they test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random  # noqa: TID251 - seeded, in tests only
from typing import Any

from hypothesis import strategies as st

from backend.eligibility.model import Answer, Case, Member, Range

Draw = Callable[[Random], Any]


def one_of(*values: Any) -> Draw:
    """One of these."""
    return lambda random: random.choice(values)


def number(*likely: int) -> Draw:
    """A number near the limits that matter: exact, as a range, or with an open end."""

    def point(random: Random) -> int:
        return random.choice(likely) + random.choice((0, 0, 0, -1, 1, random.randint(0, 900)))

    def draw(random: Random) -> Any:
        low, high = sorted((max(point(random), 0), max(point(random), 0)))
        how = random.random()
        if how < 0.6:
            return low
        if how < 0.8:
            return Range(Decimal(low), Decimal(high))
        return Range(Decimal(low), None) if how < 0.9 else Range(None, Decimal(high))

    return draw


def size(random: Random) -> Any:
    """From one to five people, sometimes as a range."""
    low = random.randint(1, 4)
    return low if random.random() < 0.7 else Range(Decimal(low), Decimal(low + random.randint(0, 3)))


def received(random: Random) -> tuple[str, ...]:
    """None, one or two kinds of help, some of which open others."""
    known = (
        "dibao_urban", "dibao_rural", "dibao_single_person", "tekun_support", "orphan_basic_living",
        "edu_college_grant", "disability_care_subsidy", "rigid_expenditure_household",
    )  # fmt: skip
    return tuple(random.sample(known, random.choice((0, 0, 1, 2))))


YES_NO = one_of(True, False)
HOUSEHOLD: Mapping[str, Draw] = {
    "residence_area": one_of("urban", "rural"),
    "household_size": size,
    "household_income_month": number(0, 496, 620, 992, 1240, 1260, 1540, 3000),
    "income_per_capita_month": number(300, 496, 620, 630, 770),
    "financial_assets_per_capita": number(0, 5952, 7440, 15120, 18480, 50000),
    "member_major_illness": YES_NO,
    "vehicle_kind": one_of("none", "disability_scooter", "motorcycle", "car"),
    "vehicle_value": number(0, 30000),
    "houses_owned": number(0, 1, 2),
    "housing_area_per_capita": number(13, 39),
    "owns_shop": YES_NO,
    "owns_company": YES_NO,
    "built_or_bought_house_3y": YES_NO,
    "costly_schooling": YES_NO,
    "commercial_insurance_premium_year": number(0, 5952, 7440, 9240),
    "emergency_kind": one_of("none", "sudden_illness", "fire", "other"),
    "basic_life_in_trouble": YES_NO,
    "receiving_programmes": received,
}
PERSON: Mapping[str, Draw] = {
    "hukou_chongqing": YES_NO,
    "hukou_yongchuan": YES_NO,
    "lives_in_yongchuan": YES_NO,
    "born": lambda random: date(1925, 1, 1) + timedelta(days=random.randrange(88 * 365)),
    "age": number(10, 59, 60, 61, 79, 80, 90),
    "has_major_illness": YES_NO,
    "bedridden_months": number(0, 5, 6),
    "disability_certificate": YES_NO,
    "disability_level": one_of(0, 1, 2, 3, 4),
    "disability_type": one_of("none", "visual", "hearing", "physical", "mental"),
    "medical_self_paid_12m": number(0, 1, 20000),
    "basic_medical_insurance": one_of("none", "resident_tier1", "employee"),
    "receiving_programmes": received,
}
USUAL = {
    "hukou_chongqing": True, "hukou_yongchuan": True, "vehicle_kind": "none", "houses_owned": 1, "owns_shop": False,
    "owns_company": False, "built_or_bought_house_3y": False, "costly_schooling": False,
    "commercial_insurance_premium_year": 0, "financial_assets_per_capita": 1000,
}  # fmt: skip
SILENT = (Answer(state="declined"), Answer(state="dont_know"), Answer(None))
DAYS = (date(2014, 1, 1), date(2018, 5, 1), date(2020, 11, 1), date(2023, 1, 1), date(2026, 11, 23))


def answers(random: Random, facts: Mapping[str, Draw], usual: bool) -> dict[str, Answer]:
    """Some facts said, some kept back, some never spoken of; `usual` fills in what is so for most poor families."""
    found: dict[str, Answer] = {}
    for name, draw in facts.items():
        how = random.random()
        if usual and name in USUAL and how < 0.85:
            found[name] = Answer(USUAL[name])
        elif how < 0.6:
            found[name] = Answer(draw(random))
        elif how < 0.7:
            found[name] = random.choice(SILENT)
    return found


def household(random: Random) -> Case:
    """Nobody listed to three listed, on a day that matters."""
    usual = random.random() < 0.6
    relations = ("self", "spouse", "daughter")[: random.randint(0, 3)]
    return Case(
        random.choice(DAYS),
        answers(random, HOUSEHOLD, usual),
        tuple(
            Member(f"m{i}", relation, answers(random, PERSON, usual)) for i, relation in enumerate(relations)
        ),
        random.random() < 0.8,
    )


def seeds() -> st.SearchStrategy[Random]:
    """A source of households that hypothesis can repeat."""
    return st.integers(0, 2**32).map(Random)
