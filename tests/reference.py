"""A slow, literal reading of "Meaning, exactly" for the eight first programmes, written from the definition and the policy
sheet without a look at the engine: no expression is parsed here, every programme is spelt out in Python.

A number is a pair (low, high); None is not known. `screened(case)` gives {(programme, subject): truth}.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from backend.eligibility.model import Case, Range

Truth = bool | None
Known = Callable[[str], Any]
INFINITY = Fraction(10**30)

FIGURES: Mapping[str, list[tuple[date, str]]] = {
    "urban": [
        (date(2017, 4, 1), "500"),
        (date(2018, 1, 1), "546"),
        (date(2019, 9, 1), "580"),
        (date(2020, 9, 1), "620"),
        (date(2021, 9, 1), "636"),
        (date(2022, 9, 1), "717"),
        (date(2023, 9, 1), "735"),
        (date(2024, 9, 1), "750"),
        (date(2025, 7, 1), "770"),
    ],
    "rural": [
        (date(2017, 4, 1), "350"),
        (date(2018, 1, 1), "410"),
        (date(2019, 9, 1), "440"),
        (date(2020, 9, 1), "496"),
        (date(2021, 9, 1), "515"),
        (date(2022, 9, 1), "581"),
        (date(2023, 9, 1), "600"),
        (date(2024, 9, 1), "610"),
        (date(2025, 7, 1), "630"),
    ],
    "asset_months": [(date(2013, 11, 1), "12"), (date(2023, 1, 1), "24")],
    "asset_exempt_cap": [(date(2023, 1, 1), "50000")],
    "vehicle_exempt_value": [(date(2023, 1, 1), "30000")],
    "housing_min_area": [(date(2013, 11, 1), "13")],
    "insurance_premium_months": [(date(2017, 1, 1), "12")],
}
BEGAN = {
    "dibao_urban": date(2016, 5, 1),
    "dibao_rural": date(2016, 5, 1),
    "temp_aid_emergency": date(2014, 10, 3),
    "old_age_allowance": date(2010, 1, 1),
    "elderly_care_service_subsidy": date(2015, 1, 1),
    "disability_living_subsidy": date(2016, 1, 1),
    "disability_care_subsidy": date(2016, 1, 1),
    "medical_aid_inpatient": date(2014, 5, 1),
}


def figure(name: str, on: date) -> Fraction:
    """The last row on or before the day, else the earliest."""
    rows = FIGURES[name]
    return Fraction(([value for day, value in rows if day <= on] or [rows[0][1]])[-1])


# ---- Kleene


def both(*truths: Truth) -> Truth:
    if any(truth is False for truth in truths):
        return False
    return None if any(truth is None for truth in truths) else True


def either(*truths: Truth) -> Truth:
    if any(truth is True for truth in truths):
        return True
    return None if any(truth is None for truth in truths) else False


def not_(truth: Truth) -> Truth:
    return None if truth is None else not truth


# ---- closed ranges


def pair(value: Any) -> tuple[Fraction, Fraction]:
    """A stated number or range; an open end of something that cannot be below 0 is 0, or has no end."""
    if isinstance(value, Range):
        low = Fraction(0) if value.low is None else Fraction(value.low)
        return low, INFINITY if value.high is None else Fraction(value.high)
    return Fraction(value), Fraction(value)


def below(a: Any, limit: Fraction) -> Truth:
    """a < limit."""
    if a is None:
        return None
    if a[1] < limit:
        return True
    return False if a[0] >= limit else None


def at_most(a: Any, limit: Fraction) -> Truth:
    """a <= limit."""
    if a is None:
        return None
    if a[1] <= limit:
        return True
    return False if a[0] > limit else None


def among(a: Any, numbers: Iterable[int]) -> Truth:
    """a IN (...): unknown unless one point or wholly outside."""
    if a is None:
        return None
    if a[0] == a[1]:
        return a[0] in [Fraction(number) for number in numbers]
    return None if any(a[0] <= number <= a[1] for number in numbers) else False


def is_one_of(value: Any, words: Iterable[str]) -> Truth:
    return None if value is None else value in words


# ---- the programmes


def dibao(area: str, know: Known, on: date) -> Truth:
    line = figure(area, on)
    income, size = know("household_income_month"), know("household_size")
    each = know("income_per_capita_month")
    if each is not None:
        poor = below(each, line)
    elif income is None or size is None:
        poor = None
    elif income[1] < line * size[0]:
        poor = True
    else:
        poor = False if income[0] >= line * size[1] else None
    assets = know("financial_assets_per_capita")
    return both(
        know("hukou_chongqing"),
        is_one_of(know("residence_area"), [area]),
        poor,
        either(
            at_most(assets, line * figure("asset_months", on)),
            both(know("member_major_illness"), at_most(assets, figure("asset_exempt_cap", on))),
        ),
        either(
            is_one_of(know("vehicle_kind"), ["none", "disability_scooter"]),
            at_most(know("vehicle_value"), figure("vehicle_exempt_value", on)),
        ),
        either(
            at_most(know("houses_owned"), Fraction(1)),
            at_most(know("housing_area_per_capita"), 3 * figure("housing_min_area", on)),
        ),
        not_(know("owns_shop")),
        not_(know("owns_company")),
        not_(know("built_or_bought_house_3y")),
        not_(know("costly_schooling")),
        below(know("commercial_insurance_premium_year"), line * figure("insurance_premium_months", on)),
    )


def temp_aid_emergency(know: Known) -> Truth:
    kinds = ["sudden_illness", "accident", "fire", "traffic", "job_loss", "violence", "other"]
    return both(
        either(know("hukou_yongchuan"), know("lives_in_yongchuan")),
        is_one_of(know("emergency_kind"), kinds),
        know("basic_life_in_trouble"),
    )


def elderly_care_service_subsidy(know: Known, receives: Callable[..., Truth]) -> Truth:
    age = know("age")
    sixty = not_(below(age, Fraction(60)))
    kinds = ["physical", "intellectual", "mental", "visual", "multiple"]
    severe = both(among(know("disability_level"), [1, 2]), is_one_of(know("disability_type"), kinds))
    bedridden = not_(below(know("bedridden_months"), Fraction(6)))
    return both(
        know("hukou_chongqing"),
        receives("dibao_urban", "dibao_rural", "dibao_single_person", "tekun_support"),
        either(not_(below(age, Fraction(80))), both(sixty, either(severe, bedridden))),
    )


def medical_aid_inpatient(know: Known, receives: Callable[..., Truth]) -> Truth:
    return both(
        receives(
            "tekun_support", "orphan_basic_living", "defacto_unattended_child", "hiv_child_basic_living",
            "dibao_urban", "dibao_rural", "dibao_single_person", "dibao_marginal_household",
            "anti_poverty_monitoring", "rigid_expenditure_household",
        ),
        not_(at_most(know("medical_self_paid_12m"), Fraction(0))),
        not_(is_one_of(know("basic_medical_insurance"), ["none"])),
    )  # fmt: skip


def screened(case: Case) -> dict[tuple[str, str], Truth]:
    """Every programme in force for every subject."""
    on = case.on
    house = {name: plain(answer) for name, answer in case.household.items()}
    people = [(m.id, {name: plain(answer) for name, answer in m.facts.items()}) for m in case.members]
    people = people or [("self", {})]
    for _, facts in people:
        if facts.get("age") is None and facts.get("born") is not None:
            born = facts["born"]
            years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
            facts["age"] = (Fraction(years), Fraction(years))
    if house.get("member_major_illness") is None:
        ill = either(*(facts.get("has_major_illness") for _, facts in people))
        house["member_major_illness"] = None if ill is False and not case.members_complete else ill
    found: dict[tuple[str, str], Truth] = {}

    def know(facts: Mapping[str, Any]) -> Known:
        return lambda name: {**house, **facts}.get(name)

    for area in ("urban", "rural"):
        truth = either(*(dibao(area, know(facts), on) for _, facts in people))
        found[f"dibao_{area}", "household"] = None if truth is False and not case.members_complete else truth
    truth = either(*(temp_aid_emergency(know(facts)) for _, facts in people))
    found["temp_aid_emergency", "household"] = None if truth is False and not case.members_complete else truth

    for name, facts in people:

        def receives(*wanted: str, facts: Mapping[str, Any] = facts) -> Truth:
            stated = [house.get("receiving_programmes"), facts.get("receiving_programmes")]
            if any(one in wanted for some in stated if some is not None for one in some):
                return True
            granted = [
                found[one, "household"]
                for one in ("dibao_urban", "dibao_rural")
                if one in wanted and BEGAN[one] <= on
            ]
            if True in granted:
                return True
            return None if stated == [None, None] or None in granted else False

        knows = know(facts)
        found["old_age_allowance", name] = both(
            knows("hukou_yongchuan"), not_(below(knows("age"), Fraction(80)))
        )
        found["elderly_care_service_subsidy", name] = elderly_care_service_subsidy(knows, receives)
        found["disability_living_subsidy", name] = both(
            knows("hukou_chongqing"),
            knows("disability_certificate"),
            receives("dibao_urban", "dibao_rural", "dibao_single_person"),
        )
        found["disability_care_subsidy", name] = both(
            knows("hukou_chongqing"),
            knows("disability_certificate"),
            among(knows("disability_level"), [1, 2]),
        )
        found["medical_aid_inpatient", name] = medical_aid_inpatient(knows, receives)
    return {key: truth for key, truth in found.items() if BEGAN[key[0]] <= on}


def plain(answer: Any) -> Any:
    """What was answered, as this file has it; everything else is not known."""
    if answer.state != "answered" or answer.value is None:
        return None
    value = answer.value
    number = isinstance(value, int | Decimal | Range) and not isinstance(value, bool)
    return pair(value) if number else value
