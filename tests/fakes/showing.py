"""A conversation that shows every kind of message once, for tests of what a channel makes of them.

Start, a language, for whom, a story, a question, suggestions, a receipt; `say back` repeats words in every place where
words of a resident or of the catalogue can stand.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.turns import Answer
from handlers.messages import Asks, Choice, InboundMessage, Reply, SuggestionLine, UnderstoodFact

LANGUAGE = (Choice("1.0", "中文", "go"), Choice("1.1", "English", "go"))
FOR_WHOM = (
    Choice("2.0", "给我自己", "go"),
    Choice("2.1", "给家里人或者我帮的人", "go"),
    Choice("2.2", "返回", "back"),
)
AREA = (
    Choice("3.0", "城里", "answer", "urban"),
    Choice("3.1", "农村", "answer", "rural"),
    Choice("3.2", "不知道", "dont_know"),
    Choice("3.3", "为什么问", "why"),
)
APPLY = (Choice("4.0", "就申请这一项", "go"), Choice("4.1", "找工作人员", "human"))
LINES = (
    SuggestionLine("temp_aid_emergency", "household", "true", "临时救助", "您家", "一次性", ("突发重病",)),
    SuggestionLine("dibao_rural", "household", "unknown", "农村低保", "您家", "", ("还要知道：存款",)),
    SuggestionLine("old_age_allowance", "self", "false", "高龄津贴", "您父亲", "", ("要满80岁",)),
)
HEARD = (
    UnderstoodFact("age", "father", "63了", (2, 5), 1.0, 63, shown="您父亲，年龄：63岁"),
    UnderstoodFact("household_income_month", "household", "四五百", (9, 12), 0.8, low=Decimal(400), high=Decimal(500), shown="一个月收入：400到500元"),
)  # fmt: skip
RECEIPT = {
    "reference": "3GN4-HUTX-KM3F",
    "applications": [
        {"programme": "temp_aid_emergency", "reference": "KWRF-7YHA-4YWU", "due_on": "2026-11-25", "name": "临时救助", "whom": "您家"}
    ],
}  # fmt: skip


class ShowingBrain:
    """The next message of the show; what was said last decides which."""

    async def answer(self, message: InboundMessage, state: dict[str, Any] | None) -> Answer:
        """Remember the language and every message heard."""
        lang = (state or {}).get("lang")
        if message.choice in ("1.0", "1.1") or message.text in ("中文", "English"):
            lang = "en" if message.choice == "1.1" or message.text == "English" else "zh"
        heard = [*(state or {}).get("heard", []), message.text or message.choice]
        return Answer({"lang": lang, "heard": heard}, lang, tuple(_replies(message)))


def _replies(message: InboundMessage) -> list[Reply]:
    if message.kind == "notice":
        return [Reply("status", "您的临时救助已经批准。", kind="notice")]
    if message.text.startswith("say back"):
        return _back(message.text.removeprefix("say back "))
    if message.kind == "start":
        return [Reply("language", "您好！请选一种语言。\nHello! Please choose a language.", choices=LANGUAGE)]
    if message.choice in ("1.0", "1.1") or message.text in ("中文", "English"):
        return [Reply("welcome", "这里是一门。"), Reply("reporter", "这次是帮谁问？", choices=FOR_WHOM)]
    if message.choice == "3.3":  # why: the same question again, its buttons with the ids they had
        why = "因为两边的标准不一样。"
        return [Reply("question", why, asks=Asks("residence_area", "household"), choices=AREA)]
    first = (message.choice or "").partition(".")[0]
    if first == "2":
        return [Reply("situation", "您遇到了什么难处？用自己的话说就行。")]
    if first == "3":
        return [Reply("suggestions", "全文", brief="您可以试试：", suggestions=LINES, choices=APPLY)]
    if first == "4":
        return [Reply("filed", "全文", brief="交上去了。", receipt=RECEIPT)]
    if message.text.startswith("parts"):
        one, two = Choice("5.0", "改：收入", "correct"), Choice("5.1", "都对，交上去", "file")
        long = "【家庭】\n" + "\n".join(f"第{number}行" for number in range(40))
        return [Reply("review", long, choices=(one,)), Reply("review", "都对吗？", choices=(two,))]
    return [
        Reply("understood", "全文", brief="我听到的是这些：", understood=HEARD),
        Reply("question", "住在城里还是农村？", asks=Asks("residence_area", "household"), choices=AREA),
    ]


def _back(words: str) -> list[Reply]:
    line = SuggestionLine("p", "self", "true", words, words, words, (words, words, words, words))
    fact = UnderstoodFact("f", "self", words, (0, 1), 1.0, True, shown=words)
    receipt = {"reference": words, "applications": [{"programme": "p", "reference": words, "due_on": words, "name": words, "whom": words}]}  # fmt: skip
    return [
        Reply("situation", words, brief=words, understood=(fact,), suggestions=(line,), receipt=receipt),
        Reply("question", words, kind="notice", choices=(Choice("9.0", words[:60], "answer"),)),
    ]
