"""Reasons, amounts and values in plain sentences, with the person's own values, in both languages."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from random import Random  # noqa: TID251 - seeded, in tests only
from typing import Any

import pytest
from hypothesis import given, settings

from backend.catalogue.load import load_catalogue
from backend.eligibility import Rules, compile_catalogue, screen
from backend.eligibility.model import Answer, Case, Member, Range, Result
from locales import translator
from locales.reasons import amount_words, reasons, value_words
from tests.households import household, seeds
from tests.rulebook import answers

POOR: dict[str, Any] = {
    "residence_area": "rural", "household_size": 2, "household_income_month": 600, "financial_assets_per_capita": 1000,
    "vehicle_kind": "none", "houses_owned": 1, "owns_shop": False, "owns_company": False,
    "built_or_bought_house_3y": False, "costly_schooling": False, "commercial_insurance_premium_year": 0,
}  # fmt: skip


@pytest.fixture(scope="module")
def rules() -> Rules:
    return compile_catalogue(load_catalogue("yongchuan"))


def of(
    rules: Rules,
    programme: str,
    family: dict[str, Any],
    person: dict[str, Any],
    on: date = date(2020, 11, 1),
    complete: bool = True,
) -> Result:
    case = Case(on, answers(family), (Member("self", "self", answers(person)),), complete)
    return next(one for one in screen(rules, case).results if one.programme == programme)


def test_a_yes_says_the_person_s_own_figures_beside_the_limit(rules: Rules) -> None:
    result = of(rules, "dibao_rural", POOR, {"hukou_chongqing": True})
    said = reasons(rules.catalogue, result, "zh")
    assert said[0] == "人均月收入低于农村低保标准：人均月收入每月300元，低于每月496元。"
    assert "家里有人户口在重庆。" in said
    english = reasons(rules.catalogue, result, "en")
    assert "CN¥300 a month, below CN¥496 a month" in english[0]


def test_an_amount_says_since_when_its_figures_hold(rules: Rules) -> None:
    result = of(rules, "dibao_rural", POOR, {"hukou_chongqing": True})
    assert amount_words(rules.catalogue, result, "zh") == "全家每月大约392元（按2020年9月1日起的标准）"
    assert amount_words(rules.catalogue, result, "en") == (
        "about CN¥392 a month for the family (figures since September 1, 2020)"
    )
    ranged = {**POOR, "household_income_month": Range(Decimal(400), Decimal(600))}
    result = of(rules, "dibao_rural", ranged, {"hukou_chongqing": True})
    assert (amount_words(rules.catalogue, result, "zh") or "").startswith("全家每月大约392元到592元")


@pytest.mark.parametrize(
    ("programme", "family", "person"),
    [
        ("old_age_allowance", {}, {"hukou_yongchuan": True, "age": 85}),  # another district's figure
        (
            "temp_aid_emergency",
            {"emergency_kind": "fire", "basic_life_in_trouble": True},
            {"lives_in_yongchuan": True},
        ),
        (
            "medical_aid_inpatient",  # a rate nobody has confirmed
            {"receiving_programmes": ("dibao_urban",)},
            {"medical_self_paid_12m": 500, "basic_medical_insurance": "employee"},
        ),
    ],
)
def test_a_figure_that_may_not_be_shown_reads_ask_the_office(
    rules: Rules, programme: str, family: dict[str, Any], person: dict[str, Any]
) -> None:
    result = of(rules, programme, family, person, on=date(2026, 11, 23))
    assert result.truth is True
    assert amount_words(rules.catalogue, result, "zh") == "金额要看情况，具体请问街道办"
    assert amount_words(rules.catalogue, result, "en") == "The amount depends; please ask the office"


def test_only_a_yes_speaks_of_money(rules: Rules) -> None:
    assert amount_words(rules.catalogue, of(rules, "old_age_allowance", {}, {"age": 20}), "zh") is None
    assert amount_words(rules.catalogue, of(rules, "old_age_allowance", {}, {}), "zh") is None


def test_a_no_says_what_does_not_fit(rules: Rules) -> None:
    result = of(rules, "elderly_care_service_subsidy", {}, {"age": 52, "disability_level": 0})
    (said,) = reasons(rules.catalogue, result, "zh")
    assert said.endswith("这一条对不上：年龄52岁，不到60岁，残疾等级是“没有等级”。")
    result = of(rules, "disability_care_subsidy", {}, {"disability_certificate": False})
    assert reasons(rules.catalogue, result, "zh") == ["“有残疾人证”这一条对不上。"]
    assert reasons(rules.catalogue, result, "en") == ["This does not fit: “Has a disability certificate”."]


def test_cannot_tell_yet_says_what_would_settle_it(rules: Rules) -> None:
    result = of(rules, "disability_care_subsidy", {}, {"hukou_chongqing": True})
    assert reasons(rules.catalogue, result, "zh") == ["还要知道：是不是有残疾人证、残疾等级。"]
    result = of(rules, "dibao_rural", {}, {})
    (said,) = reasons(rules.catalogue, result, "zh")
    assert re.search("另外还有[0-9]+样", said)


def test_what_waits_for_another_programme_says_so_and_does_not_repeat_its_questions(rules: Rules) -> None:
    person = {"hukou_chongqing": True, "disability_certificate": True}
    result = of(rules, "disability_living_subsidy", {"receiving_programmes": ()}, person)
    (said,) = reasons(rules.catalogue, result, "zh")
    assert said == "还要看这个办不办得下来：城市居民最低生活保障、农村居民最低生活保障。"
    family = {**POOR, "receiving_programmes": ()}
    said_of_yes = reasons(rules.catalogue, of(rules, "disability_living_subsidy", family, person), "zh")
    assert "在享受低保：如果农村居民最低生活保障批下来。" in said_of_yes
    assert said_of_yes[-1] == "要先办下来：农村居民最低生活保障。"


def test_somebody_not_spoken_of_leaves_it_open(rules: Rules) -> None:
    result = of(rules, "dibao_urban", POOR, {"hukou_chongqing": True}, complete=False)
    assert result.truth is None
    assert "家里还有人没说到" in reasons(rules.catalogue, result, "zh")[0]


@pytest.mark.parametrize(
    ("fact", "value", "zh", "en"),
    [
        ("household_income_month", 400, "每月400元", "CN¥400 a month"),
        ("household_income_month", Decimal("333.33"), "每月333.33元", "CN¥333.33 a month"),
        (
            "household_income_month",
            Range(Decimal(400), Decimal(500)),
            "每月400元到500元",
            "CN¥400 to CN¥500 a month",
        ),
        ("financial_assets_per_capita", Range(Decimal(3000), None), "至少3,000元", "at least CN¥3,000"),
        ("financial_assets_per_capita", Range(None, Decimal(3000)), "最多3,000元", "at most CN¥3,000"),
        ("household_size", 1, "1人", "1 person"),
        ("household_size", 3, "3人", "3 people"),
        ("age", 61, "61岁", "61 years"),
        ("age", Range(Decimal(60), Decimal(60)), "60岁", "60 years"),
        ("bedridden_months", 2, "2个月", "2 months"),
        ("housing_area_per_capita", Decimal("20.5"), "20.5", "20.5"),
        ("rigid_expense_ratio", 60, "60%", "60%"),
        ("owns_shop", True, "是", "yes"),
        ("owns_shop", False, "不是", "no"),
        ("vehicle_kind", "none", "没有车", "No vehicle"),
        ("disability_level", 2, "二级", "Grade 2"),
        ("born", date(1968, 3, 2), "1968年3月2日", "March 2, 1968"),
        ("receiving_programmes", (), "没有享受", "nothing"),
        (
            "receiving_programmes",
            ("dibao", "dibao_rural"),
            "低保、农村居民最低生活保障",
            "Subsistence allowance, Rural",
        ),
    ],
)
def test_values_read_the_way_people_say_them(rules: Rules, fact: str, value: Any, zh: str, en: str) -> None:
    definition = rules.catalogue.facts[fact]
    assert value_words(definition, value, "zh", rules.catalogue).startswith(zh)
    assert value_words(definition, value, "en", rules.catalogue).startswith(en)


@settings(max_examples=80, deadline=None)
@given(random=seeds())
def test_every_result_has_its_words_and_none_says_yes(rules: Rules, random: Random) -> None:
    for result in screen(rules, household(random)).results:
        for lang in ("zh", "en"):
            said = [
                *reasons(rules.catalogue, result, lang),
                amount_words(rules.catalogue, result, lang) or "-",
            ]
            assert all(said)
            text = " ".join(said)
            assert not re.search(r"reason\.|amount\.|value\.|unit\.|%\(|None\b(?! of)|Range\(", text), text
            assert "eligible" not in text
            assert "符合条件" not in text


def test_both_languages_have_the_same_words() -> None:
    from babel.messages.pofile import read_po

    from locales import FOLDER

    found = {}
    for lang in ("zh_Hans", "en"):
        with (FOLDER / lang / "LC_MESSAGES" / "rules.po").open("rb") as file:
            found[lang] = {
                message.id if isinstance(message.id, str) else message.id[0]: set(
                    re.findall(r"%\((\w+)\)s", str(message.string))
                )
                for message in read_po(file)
                if message.id
            }
    assert found["zh_Hans"] == found["en"]
    assert translator("zh").has("reason.holds")


def test_what_was_kept_back_is_still_what_would_settle_it(rules: Rules) -> None:
    person = {"hukou_yongchuan": True, "age": Answer(state="declined")}
    assert reasons(rules.catalogue, of(rules, "old_age_allowance", {}, person), "zh") == ["还要知道：年龄。"]
