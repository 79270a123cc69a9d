"""The examples of `interfaces.md`, read as they stand there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backend.catalogue.load import load_catalogue
from handlers.interpretation import interpret
from handlers.interpretation.model import Interpretation
from handlers.messages import Understanding


def read(text: str, asked: str | None = None, asked_for: str | None = None) -> Interpretation:
    return interpret(
        text,
        Understanding.nothing(),
        lang=None,
        on=date(2026, 11, 23),
        catalogue=load_catalogue("yongchuan"),
        asked=asked,
        asked_for=asked_for,
    )


def test_it_reads_the_example_everybody_knows() -> None:
    got = read("我爸63了,瘫在床上,家里一个月四五百")
    assert [(f.fact, f.who, f.words, f.span) for f in got.facts] == [
        ("age", "father", "63了", (2, 5)),
        ("self_care_ability", "father", "瘫在床上", (6, 10)),
        ("household_income_month", "household", "一个月四五百", (13, 19)),
    ]
    age, care, income = got.facts
    assert age.value == 63
    assert care.value == "none"
    assert (income.value, income.low, income.high) == (None, Decimal(400), Decimal(500))
    assert got.intent == "describe_situation"


def test_it_reads_a_bare_answer_to_the_question_asked() -> None:
    got = read("三千", "household_income_month", "household")
    assert (got.answer, got.facts[0].value, got.facts[0].who) == ("value", Decimal(3000), "household")
    got = read("不晓得", "household_income_month", "household")
    assert (got.answer, got.facts) == ("dont_know", ())
    got = read("不想说", "illness_kind", "daughter")
    assert (got.answer, got.facts) == ("declined", ())
    got = read("没得", "disability_certificate", "father")
    assert (got.answer, got.facts[0].value, got.facts[0].who) == ("value", False, "father")
