"""Bare answers to the question just asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.interpretation.rows import catalogue, read, sure

INCOME, SIZE, CARD, AGE = "household_income_month", "household_size", "disability_certificate", "age"


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("residence_area", "是城里的", "urban"),
        ("residence_area", "乡坝头", "rural"),
        ("residence_area", "in town", "urban"),
        (INCOME, "三千", 3000), (INCOME, "三千块", 3000), (INCOME, "大概两千五吧", 2500), (INCOME, "一年三万", 2500), (INCOME, "没得", 0), (INCOME, "没有收入", 0),
        (INCOME, "0", 0), (INCOME, "3000 yuan", 3000), (INCOME, "about two thousand", 2000), (INCOME, "nothing", 0), (INCOME, "五百块钱不到点嘛，就五百", 500),
        (SIZE, "两个人", 2), (SIZE, "三口", 3), (SIZE, "3", 3), (SIZE, "就我一个人", 1), (SIZE, "我和老伴两个", 2), (SIZE, "four", 4), (SIZE, "there are five of us", 5),
        (CARD, "没得", False), (CARD, "没办", False), (CARD, "有", True), (CARD, "有的", True), (CARD, "办了", True), (CARD, "是", True), (CARD, "嗯", True), (CARD, "不是", False),
        (CARD, "没有，一直没去办", False), (CARD, "yes", True), (CARD, "no", False), (CARD, "yes he does", True), (CARD, "not yet", False), (CARD, "莫得", False), (CARD, "办过了的", True),
        (AGE, "63", 63), (AGE, "63了", 63), (AGE, "六十三岁", 63), (AGE, "满八十", 80), (AGE, "he is 63", 63), (AGE, "sixty-three", 63), (AGE, "今年刚好七十", 70),
        ("self_care_ability", "不能", "none"), ("self_care_ability", "要人喂饭，下不了床", "none"), ("self_care_ability", "能自理", "full"),
        ("residence_area", "农村", "rural"), ("residence_area", "城镇", "urban"), ("residence_area", "农村户口", "rural"), ("residence_area", "village", "rural"),
        ("vehicle_kind", "没有", "none"), ("vehicle_kind", "摩托车", "motorcycle"), ("vehicle_kind", "没得车", "none"),
        ("emergency_kind", "车祸", "traffic"), ("emergency_kind", "没得", "none"), ("emergency_kind", "失火了", "fire"),
        ("bedridden_months", "两年", 24), ("bedridden_months", "半年", 6), ("bedridden_months", "没有", 0), ("bedridden_months", "3个月", 3), ("bedridden_months", "8", 8),
        ("disability_level", "二级", 2), ("disability_level", "没得证", 0), ("disability_level", "1", 1), ("disability_level", "grade two", 2),
        ("receiving_programmes", "没有", ()), ("receiving_programmes", "低保", ("dibao",)), ("receiving_programmes", "低保和护理补贴", ("dibao", "disability_care_subsidy")),
        ("receiving_programmes", "啥子都没得", ()), ("receiving_programmes", "none", ()),
        ("houses_owned", "一套", 1), ("houses_owned", "没得房子", 0), ("owns_shop", "没有", False), ("owns_company", "没得公司", False),
        ("lives_in_yongchuan", "在的", True), ("lives_in_yongchuan", "是的，住在何埂", True), ("lives_in_yongchuan", "不在", False), ("hukou_chongqing", "是", True),
        ("basic_life_in_trouble", "是的，揭不开锅了", True), ("basic_life_in_trouble", "还过得去", False), ("urgent_today", "不急", False), ("urgent_today", "是", True),
        ("medical_self_paid_12m", "三万多", (30000, 40000)), ("medical_self_paid_12m", "没花钱", 0), ("personal_income_month", "四五百", (400, 500)), ("financial_assets_per_capita", "没得存款", 0),
        (AGE, "还没满80", (0, 79)), ("financial_assets_per_capita", "一分都没得", 0), ("has_major_illness", "医生没说过", False), ("self_care_ability", "自己能吃饭，走路要扶", "partial"),
        ("basic_life_in_trouble", "还可以，能过", False), ("houses_owned", "有一个", 1), ("basic_medical_insurance", "没有，没交", "none"), ("household_income_month", "每个月就我妈一千二的退休金", 1200),
        ("basic_medical_insurance", "二档", "resident_tier2"), ("illness_kind", "中风", "stroke_paralysis"), ("illness_kind", "白血病", "leukaemia"),
    ],
)  # fmt: skip
def test_it_understands_the_bare_answer(asked: str, text: str, value: Any) -> None:
    who = "household" if catalogue().facts[asked].scope == "household" else "father"
    got = read(text, asked, who)
    assert got.answer == "value"
    fact = next(one for one in got.facts if one.fact == asked)
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], int):
        assert (fact.low, fact.high) == (Decimal(value[0]), Decimal(value[1]))
    else:
        assert fact.value == value
        assert isinstance(fact.value, bool) == isinstance(value, bool)
    assert text[fact.span[0] : fact.span[1]] == fact.words
    if who == "household":
        assert fact.who == "household"


@pytest.mark.parametrize(
    "asked", [INCOME, SIZE, CARD, AGE, "self_care_ability", "receiving_programmes", "bedridden_months"]
)
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("不晓得", "dont_know"), ("不知道", "dont_know"), ("我也不清楚", "dont_know"), ("记不到了", "dont_know"), ("忘了", "dont_know"), ("I don't know", "dont_know"),
        ("not sure", "dont_know"), ("晓不得", "dont_know"), ("搞不清楚", "dont_know"), ("no idea", "dont_know"),
        ("不想说", "declined"), ("不方便说", "declined"), ("这是隐私", "declined"), ("跳过", "declined"), ("I'd rather not say", "declined"), ("skip", "declined"), ("保密", "declined"),
    ],
)  # fmt: skip
def test_it_tells_dont_know_and_rather_not_from_an_answer(asked: str, text: str, answer: str) -> None:
    got = read(text, asked, "household")
    assert got.answer == answer
    assert not got.facts


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (CARD, "为什么要问这个"), (INCOME, "问这个做啥子"), (AGE, "转人工"), (SIZE, "上一步"), (CARD, "你好"), (INCOME, "今天天气好"),
        (AGE, "没有"), (SIZE, "没得"), (INCOME, "👍"), (CARD, "那个证要在哪里办？"), (AGE, "三千块"),
    ],
)  # fmt: skip
def test_it_makes_no_answer_of_something_else(asked: str, text: str) -> None:
    got = read(text, asked, "household" if asked in (INCOME, SIZE) else "father")
    assert asked not in {one.fact for one in got.facts}
    assert got.answer != "value"


def test_it_hears_more_than_the_answer() -> None:
    got = read("五个人，我妈82岁了，瘫在床上", SIZE, "household")
    assert sure(got) == {"household_size=5", "age@mother=82", "self_care_ability@mother=none"}
    assert got.answer == "value"


def test_it_gives_the_answer_to_whom_was_asked_about() -> None:
    assert sure(read("63了", AGE, "mother")) == {"age@mother=63"}
    assert sure(read("瘫了两年", "bedridden_months", "father")) >= {"bedridden_months@father=24"}
    assert sure(read("我爸63，我妈60", AGE, "father")) == {"age@father=63", "age@mother=60"}


def test_it_corrects_an_earlier_answer_and_answers_the_present_one() -> None:
    got = read("不对，家里是五个人。我爸63岁", AGE, "father")
    assert got.corrects
    assert sure(got) == {"household_size=5", "age@father=63"}


def test_it_is_unsure_of_nearly() -> None:
    (age,) = read("快70了", AGE, "mother").facts
    assert (age.value, age.sureness < 0.6) == (69, True)
