"""What cannot be a case is refused whole, by place, without repeating what was said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.eligibility import CaseError, Rules, screen
from backend.eligibility.model import Answer, Case, Member, Range

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("colour", True),
        ("age", 5),  # a person's
        ("residence_area", "moon"),
        ("residence_area", True),
        ("owns_shop", "yes"),
        ("owns_shop", 1),
        ("household_size", 0),
        ("household_size", -1),
        ("household_size", Decimal("2.5")),
        ("household_size", True),
        ("household_size", 10**15),
        ("household_income_month", -1),
        ("household_income_month", 3.5),
        ("household_income_month", "400"),
        ("household_income_month", Decimal("NaN")),
        ("household_income_month", Decimal("Infinity")),
        ("household_income_month", Decimal("1e999999")),
        ("household_income_month", Range(None, None)),
        ("household_income_month", Range(Decimal(5), Decimal(4))),
        ("household_income_month", Range(Decimal("NaN"), Decimal(4))),
        ("receiving_programmes", "dibao_rural"),
        ("receiving_programmes", ("no_such_programme",)),
    ],
)
def test_it_refuses_what_cannot_be(yongchuan: Rules, fact: str, value: object) -> None:
    with pytest.raises(CaseError) as refused:
        screen(yongchuan, Case(DAY, {fact: Answer(value)}))  # type: ignore[arg-type]
    assert refused.value.problems[0].place == f"household/{fact}"
    assert "400" not in str(refused.value)
    assert "moon" not in str(refused.value)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("disability_level", 7),
        ("born", date(2027, 1, 1)),
        ("born", "1968"),
        ("owns_shop", True),
        ("sex", "x"),
    ],
)
def test_it_refuses_what_cannot_be_of_a_person(yongchuan: Rules, fact: str, value: object) -> None:
    with pytest.raises(CaseError, match=f"hong/{fact}"):
        screen(yongchuan, Case(DAY, {}, (Member("hong", "self", {fact: Answer(value)}),)))  # type: ignore[arg-type]


@pytest.mark.parametrize("names", [("a", "a"), ("household",), ("",)])
def test_each_person_needs_an_id_of_their_own(yongchuan: Rules, names: tuple[str, ...]) -> None:
    with pytest.raises(CaseError, match="persons"):
        screen(yongchuan, Case(DAY, {}, tuple(Member(name, "other") for name in names)))


def test_it_names_everything_that_is_wrong_at_once(yongchuan: Rules) -> None:
    wrong = Case(
        DAY, {"colour": Answer(1), "household_size": Answer(0)}, (Member("m", "self", {"age": Answer(-1)}),)
    )
    with pytest.raises(CaseError) as refused:
        screen(yongchuan, wrong)
    assert [p.place for p in refused.value.problems] == [
        "household/colour",
        "household/household_size",
        "m/age",
    ]


def test_at_most_means_from_nothing(yongchuan: Rules) -> None:
    case = Case(DAY, {"household_size": Answer(Range(None, Decimal(4)))}, (Member("m", "self", {}),))
    assert screen(yongchuan, case).results
