"""What a message is beside its facts: a correction, a wish, what nobody understood, and what the model may add."""

from __future__ import annotations

import time

import pytest

from handlers.interpretation import interpret
from handlers.interpretation.model import KnownPerson
from handlers.messages import Entity, Understanding
from tests.unit.interpretation.rows import ON, catalogue, read, sure, written


@pytest.mark.parametrize(
    "text",
    ["不对，是五个人", "说错了，我爸64岁", "不是四个人，是五个人", "更正一下，一个月八百块收入", "No, five people, not four", "sorry, my father is 64, not 63", "不，五口人", "我妈82岁，不是我"],
)  # fmt: skip
def test_it_hears_a_correction(text: str) -> None:
    assert read(text).corrects


@pytest.mark.parametrize(
    "text", ["我爸63了", "不是车祸，我爸63岁", "no car", "我不是本地人，我妈82岁", "没有残疾证"]
)
def test_it_makes_no_correction_of_a_denial(text: str) -> None:
    assert not read(text).corrects


@pytest.mark.parametrize("text", ["不是", "没有", "不，没得", "no, he doesn't", "不对"])
def test_it_takes_a_no_to_a_question_for_an_answer(text: str) -> None:
    got = read(text, "disability_certificate", "father")
    assert got.answer == "value"
    assert not got.corrects


def test_it_lists_what_it_could_not_use() -> None:
    got = read("我爸63了，他最爱养画眉鸟，瘫在床上")
    assert got.not_understood == ("他最爱养画眉鸟",)
    assert read("谢谢！").not_understood == ()


def test_it_speaks_of_the_applicant_when_nobody_is_named() -> None:
    def told(text: str, *people: KnownPerson) -> set[str]:
        got = interpret(text, Understanding.nothing(), lang="zh", on=ON, catalogue=catalogue(), people=people)
        return {written(one) for one in got.facts}

    father = KnownPerson("self", "father")
    assert told("63了，瘫了两年", father) >= {"bedridden_months@father=24", "self_care_ability@father=none"}
    assert told("他没得残疾证", father) == {"disability_certificate@father=false"}
    assert told("瘫了两年") >= {"bedridden_months@self=24"}
    assert told("我52岁", father) == {"age@self=52"}


def test_it_reads_the_story_of_the_district() -> None:
    """S18: discharged, paralysed in bed, cannot care for himself, low income; reported by an officer."""
    got = sure(read("村里有个男的，52岁，刚出院，瘫痪在床，生活不能自理，家里两个人，一个月五六百"))
    assert got >= {"age@other=52", "self_care_ability@other=none", "household_size=2", "household_income_month=500~600", "emergency_kind=sudden_illness"}  # fmt: skip
    got = sure(
        read(
            "A man of 52 in our village was just discharged from hospital, paralysed in bed, cannot care for himself"
        )
    )
    assert "self_care_ability@other=none" in got


def test_it_asks_about_an_illness_only_the_model_saw() -> None:
    text = "我爸得了硬皮病，63岁"
    seen = Understanding("describe_situation", 0.9, 0.8, (Entity("illness", 4, 7, "硬皮病", 0.9),))
    got = interpret(text, seen, lang="zh", on=ON, catalogue=catalogue())
    assert {written(one): one.sureness < 0.6 for one in got.facts} == {
        "has_major_illness@father=true": True,
        "age@father=63": False,
    }
    assert got.intent == "describe_situation"


@pytest.mark.parametrize(
    ("understanding", "intent"),
    [
        (Understanding("apply", 0.9, 0.8), "apply"),
        (Understanding("apply", 0.5, 0.4), None),
        (Understanding("apply", 0.9, 0.1), None),
        (Understanding("approve_me", 1.0, 1.0), None),
    ],
)
def test_it_takes_a_wish_from_the_model_only_when_sure(
    understanding: Understanding, intent: str | None
) -> None:
    got = interpret("那就弄嘛这个东西", understanding, lang="zh", on=ON, catalogue=catalogue())
    assert got.intent == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [("转人工", "human"), ("为什么要问这个", "why"), ("我要申请低保", "apply"), ("查一下进度", "check_status"), ("把我的资料删了", "delete_my_data"), ("go back", "back"), ("你好", "greet"), ("I want to talk to a person", "human")],
)  # fmt: skip
def test_it_hears_plain_wishes_without_the_model(text: str, intent: str) -> None:
    assert read(text).intent == intent


@pytest.mark.parametrize(
    "piece", ["9", "一", "我", "十百千万", "9,", "没有", "瘫痪在床", "什么补贴都", "my old ", "one hundred and ", "我爸63了瘫在床上家里一个月四五百", "户口在", "不不"]
)  # fmt: skip
def test_it_is_not_kept_busy_by_endless_texts(piece: str) -> None:
    text = (piece * 4000)[:4000]
    started = time.process_time()
    read(text, "household_income_month", "household")
    assert (
        time.process_time() - started < 8
    )  # seconds of this thread; it takes two at most on a quiet machine
