"""People the tests speak of. Hong and Zhang are the published stories; figures not in them are made up.

Each is what such a person would answer: fact -> the words they would type when asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.chat import Chat

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Persona:
    """Somebody with a story and answers; what is not in `answers` they do not know."""

    name: str
    lang: str
    opening: tuple[str, ...]  # buttons pressed and words typed until the desk asks what happened
    story: str
    answers: Answers


HONG: Final = Persona(
    name="洪大爷",
    lang="zh",
    opening=("中文", "同意，开始", "我是信息员，帮居民上报", "!洪大爷", "知道，也同意"),
    story="洪某出院后瘫痪在床，生活不能自理，52岁，农村户口，家里两口人，一个月收入600块，日子过不下去了",
    answers={
        "residence_area": "农村",
        "household_size": "2个人",
        "household_income_month": "600",
        "emergency_kind": "突发重病",
        "basic_life_in_trouble": "有困难",
        "hukou_chongqing": "是",
        "hukou_yongchuan": "是",
        "lives_in_yongchuan": "是",
        "age": "52",
        "disability_certificate": "没办",
        "receiving_programmes": "都没有",
        "financial_assets_per_capita": "1000",
        "vehicle_kind": "没有车",
        "houses_owned": "1套",
        "owns_shop": "没有",
        "owns_company": "没有",
        "built_or_bought_house_3y": "没有",
        "costly_schooling": "没有",
        "commercial_insurance_premium_year": "0",
        "member_major_illness": "有",
        "has_major_illness": "说过",
        "bedridden_months": "2个月",
        "medical_self_paid_12m": "24000",
        "basic_medical_insurance": "居民医保一档",
    },
)

ZHANG: Final = Persona(
    name="张某",
    lang="zh",
    opening=("中文", "同意，开始", "我自己"),
    story="我女儿10岁得了白血病，看病花了十二万，家里三口人，一个月一千二，我捐了骨髓干不了重活",
    answers={
        "residence_area": "城镇",
        "household_size": "3个人",
        "household_income_month": "1200",
        "emergency_kind": "突发重病",
        "basic_life_in_trouble": "有困难",
        "hukou_chongqing": "是",
        "hukou_yongchuan": "是",
        "lives_in_yongchuan": "是",
        "age": "40",
        "disability_certificate": "没办",
        "receiving_programmes": "都没有",
        "financial_assets_per_capita": "0",
        "vehicle_kind": "没有车",
        "houses_owned": "1套",
        "owns_shop": "没有",
        "owns_company": "没有",
        "built_or_bought_house_3y": "没有",
        "costly_schooling": "没有",
        "commercial_insurance_premium_year": "0",
        "member_major_illness": "有",
        "has_major_illness": "说过",
        "bedridden_months": "0",
        "medical_self_paid_12m": "120000",
        "basic_medical_insurance": "居民医保一档",
    },
)


async def tell(chat: Chat, persona: Persona) -> None:
    """Open the chat and tell the story; the desk has said back what it understood."""
    await chat.start()
    for words in persona.opening:
        if words.startswith("!"):
            await chat.say(words[1:])
        else:
            await chat.press(words)
    await chat.say(persona.story)


async def answer(chat: Chat, answers: Answers, *, most: int = 40) -> None:
    """Answer question after question until the desk asks something else; what is not known is not known."""
    for _ in range(most):
        if chat.last.step == "doubt":
            await chat.press("confirm")
        elif chat.last.step == "question" and chat.last.asks is not None:
            words = answers.get(chat.last.asks.fact)
            if words is None:
                await chat.press("dont_know")
            else:
                await chat.say(words)
        else:
            return
    raise AssertionError(f"still asking after {most} questions: {chat.last.text!r}")


async def to_review(chat: Chat, persona: Persona) -> None:
    """From an open chat to the pre-filled application."""
    await tell(chat, persona)
    await chat.press("confirm")
    await answer(chat, persona.answers)
    await chat.press("就申请")
    await chat.press("go")
    while chat.last.step == "details":
        await chat.press("decline")


async def to_filed(chat: Chat, persona: Persona) -> None:
    """From an open chat to the receipt."""
    await to_review(chat, persona)
    await chat.press("file")
