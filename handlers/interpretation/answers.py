"""The answer to the question just asked: a bare "三千", "没得", "不晓得", "两个人", or a button's words typed out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from backend.eligibility.model import FactDef
from handlers.interpretation.durations import lengths, since
from handlers.interpretation.intents import by_words
from handlers.interpretation.numbers import Number, find_numbers
from handlers.interpretation.periods import find_amounts
from handlers.interpretation.programmes import names_in
from handlers.interpretation.scene import Found, Scene
from handlers.messages import FactValue

State = Literal["value", "dont_know", "declined"]

_YES = re.compile(
    r"^(?:嗯+|恩|是(?!不是|否)(?:的|啊|嘞|噻|呀|在)?|对(?:的|头|啊)?(?!不)|要得|好(?:的|嘛)?(?=$|[,。 ])|有(?!没|点问题|啥|什么)(?:的|了|啊|嘞|一个|一点|点)?|在(?:的|呀|嘞|住)?(?=$|[,。])|办(?:了|得有|过|好了|下来了)|(?:都|已经|早就|也)(?:是|有|办了|在|买了|交了|得了|住)(?:的|了)?|能(?!不能)(?:的)?|可以(?!不)|会(?!不会)|得了|需要|住(?:在)?(?:这里|永川)?的?(?=$|[,。])|参加了|交(?:了|得有)|买(?:了|得有)|登记(?:了|过)|做(?:了|过)|困难|(?:当然|肯定|确实)(?:是|有)?|没错|得行|行|"
    r"(?:yes|yeah|yep|yup|y|sure|correct|right|ok|okay|of course|true|definitely|certainly|it is|he is|she is|we are|i am|i do|we do|he does|she does|i have|we have|he has|she has|there is|we did|he did|she did|i did|they do|they are)(?![a-z]))"
)
_NO = re.compile(
    r"^(?:不(?!晓得|知道|清楚|确定|记得|想说|方便|便|愿|好说|太清楚|大清楚|止|到|足|过\d)(?:是|是的|在|要|需要|用|对|行|得行|能|会|可以|住|算|存在|急)?(?:的|了)?|没(?:有|得|办|领|在|买|交|做|住|登记|参加|遇到|去|的|问题)?(?!注意|算过|底|问过|到)(?:的|过|了|啊|嘛|嘞|噻)?|莫得(?:的|了)?|无(?=$|[,。])|否|(?:都|也|还|从来|一直|就|哪里|哪点)(?:没(?:有|得)?|莫得|不(?!晓得|知道|清楚))\S{0,4}|非|冇|得不到|"
    r"(?:no|nope|none|nothing|never|not (?:at all|really|yet|any)|n|nah|neither|it isn't|he isn't|she isn't|we aren't|i'm not|i am not|i don't|we don't|he doesn't|she doesn't|i haven't|we haven't|he hasn't|she hasn't|there isn't|there is none|don't have|he can't|she can't|i can't|cannot|can't|false|zero)(?![a-z]))"
)
_ZERO = re.compile(
    r"^(?:一分(?:钱)?(?:都|也)?|一点(?:都|也)?|啥子?(?:都|也)?|什么(?:都|也)?)(?:没(?:有|得)?|莫得)|^(?:零|0)(?:元|块|个|套|级)?$|(?:没(?:有|得)?|莫得)(?:收入|存款|积蓄|钱|房子?|房产|卧床|躺|花(?:钱)?|证|买|交)"
)
_FILL = re.compile(
    r"^(?:呃|额|嗯+[,。 ]|哦|啊|那个|这个|大概|可能|应该|就|我们?家?(?=没|有|是|不)|我(?=没|有|是|不)|他(?=没|有|是|不)|她(?=没|有|是|不)|(?:我)?(?:爸|妈|老伴|老汉儿?|女儿|儿子)(?=没|有|是|不)|医生(?=没|说|讲)|well|um+|uh|oh|so|i think|i guess|,|\s|-)+"
)
_INSTEAD_OF_NO = re.compile(
    r"^(?:不(?:对|是)?|没有?|no)[,。 ]+(?:应该)?(?:是|it's|it is)|^不是[^,。]{1,10}[,。]?\s?是"
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What the message says to the question, and the fact it gives (None for "don't know" and "rather not")."""

    state: State
    found: Found | None = None


def read_answer(scene: Scene, definition: FactDef, who: str, found: list[Found]) -> Answered | None:
    """The answer to a question about `definition` for `who`, or None when the message is about something else.

    `found` is what the message says anyway; a reading of the asked fact among it is the best answer.
    """
    text = scene.text.strip()
    direct = next((f for f in found if f.fact == definition.id and f.sure >= 0.5), None)
    if direct is not None and definition.type != "bool":
        return Answered("value", direct)
    if direct is not None and not _long_yes_no(text):
        return Answered("value", direct)
    intent = by_words(text)
    if intent == "decline_to_say" and len(text) <= 30:
        return Answered("declined")
    if intent == "dont_know" and not any(c.isdigit() for c in text) and (len(text) <= 24 or not found):
        return Answered("dont_know")
    if intent in (
        "why",
        "human",
        "back",
        "start_over",
        "check_status",
        "delete_my_data",
        "help",
        "complain",
        "ask_programmes",
        "ask_about_programme",
    ):
        return None
    start = len(text) - len(_FILL.sub("", text))
    offset = scene.text.find(text) + start
    answer = _typed(scene, definition, text[start:], offset)
    if answer is None:
        return Answered("value", direct) if direct is not None else None
    return Answered("value", answer)


def _long_yes_no(text: str) -> bool:
    return bool(_YES.match(text) or _NO.match(text))


def _typed(scene: Scene, definition: FactDef, text: str, offset: int) -> Found | None:
    kind = definition.type
    if kind == "bool":
        return _bool(definition, text, offset)
    if kind == "enum" or (definition.allowed and kind == "int" and not find_numbers(text)):
        return _enum(definition, text, offset)
    if kind == "programme_set":
        return _programmes(definition, text, offset)
    return _figure(scene, definition, text, offset)


def _bool(definition: FactDef, text: str, offset: int) -> Found | None:
    if re.search(r"\?|吗$|什么|怎么|为啥", text):
        return None
    for pattern, value in ((_NO, False), (_YES, True)):
        match = pattern.match(text)
        if match and match[0] and not _INSTEAD_OF_NO.match(text):
            return Found(
                definition.id,
                offset,
                offset + match.end(),
                value=value,
                sure=0.92 if len(text) <= 16 else 0.8,
            )
    return None


def _enum(definition: FactDef, text: str, offset: int) -> Found | None:
    labels = _labels(definition)
    short = text.strip(" ,。.!?")
    hits: list[tuple[str | int, int, int]] = []
    for label, value in labels:
        if short == label:
            return Found(definition.id, offset, offset + len(text.rstrip()), value=value, sure=0.95)
        at = text.find(label)
        if at >= 0 and not re.search(r"(?:不是|没有?|没得|not?|不)\s?$", text[:at]):
            hits.append((value, at, at + len(label)))
    hits = [
        h
        for h in hits
        if not any(
            o is not h and o[1] <= h[1] and h[2] <= o[2] and (o[2] - o[1]) > (h[2] - h[1]) for o in hits
        )
    ]
    if len({value for value, _, _ in hits}) == 1:
        value, start, end = hits[0]
        return Found(definition.id, offset + start, offset + end, value=value, sure=0.88)
    match = _NO.match(text) or _ZERO.search(text)
    nothing = next((v for v in ("none", "no_house", 0) if v in definition.allowed), None)
    if match and nothing is not None and not hits and not _INSTEAD_OF_NO.match(text):
        return Found(definition.id, offset, offset + max(match.end(), 1), value=nothing, sure=0.9)
    return None


# How people say a value when they are asked for it; on their own, without the question, these words mean too much.
_SAID: dict[str, dict[str | int, str]] = {
    "residence_area": {
        "urban": "城里 城头 城市 街上 街道 城关 居民 非农 in town city town",
        "rural": "乡下 乡头 乡坝头 乡里 村里 村头 农村 农业 农民 village countryside farm",
    },
}


def _labels(definition: FactDef) -> list[tuple[str, str | int]]:
    """Each label in each language, and its parts where a label lists several ways to say it."""
    out: list[tuple[str, str | int]] = []
    for value in definition.allowed:
        for label in definition.allowed_labels.get(str(value), {}).values():
            plain = label.lower().strip()
            parts = [plain, *(p.strip() for p in re.split(r"[、/,，()（）]| or ", plain))]
            out += [(p, value) for p in dict.fromkeys(parts) if len(p) > 1 or p in "男女"]
    for value, words in _SAID.get(definition.id, {}).items():
        out += [(word, value) for word in words.split()]
    return out


def _programmes(definition: FactDef, text: str, offset: int) -> Found | None:
    names = names_in(text)
    match = _NO.match(text) or _ZERO.match(text)
    end = offset + len(text.rstrip())
    if match and not names:
        return Found(definition.id, offset, offset + match.end(), value=(), sure=0.9)
    if names and not match and not re.search(r"没(?:有|得)|莫得|停了|not |想|申请|want", text):
        return Found(definition.id, offset, end, value=tuple(names), sure=0.85)
    return Found(definition.id, offset, end, value=(), sure=0.6) if match and len(text) <= 12 else None


def _figure(scene: Scene, definition: FactDef, text: str, offset: int) -> Found | None:
    if definition.id == "age" and re.search(r"月大|months? old", text):
        return None
    if (nought := _ZERO.match(text)) and definition.id not in ("age", "household_size"):
        nothing: FactValue = 0 if definition.type == "int" else Decimal(0)
        return Found(definition.id, offset, offset + nought.end(), value=nothing, sure=0.9)
    if definition.unit == "month" and (months := _months(scene, definition, text, offset)):
        return months
    numbers = [n for n in find_numbers(text) if n.low is not None or n.high is not None]
    money = definition.type in ("money", "money_per_month")
    if money:
        amounts = [a for a in find_amounts(scene) if a.start >= 0]
        if len(amounts) == 1:
            amount = amounts[0]
            number = amount.number
            if definition.type == "money_per_month":
                number = amount.monthly() or Number(number.start, number.end, None, None)
            elif definition.unit and "year" in definition.unit:
                number = number * 12 if amount.period == "month" else number
            return _of(definition, number, amount.start, amount.end, 0.9)
    if len(numbers) > 1:
        numbers = [n for n in numbers if not re.match(r"\s?(?:个)?(?:年|月|天|日)", text[n.end :])] or numbers
        later = re.search(r"(?:不对|不是|应该是|是)[^,。]*[,。]?", text)
        if len(numbers) > 1 and later:
            numbers = [n for n in numbers if not re.search(r"(?:不是|没有|not)\s?$", text[: n.start])]
    if len(numbers) == 1:
        n = numbers[0]
        end = n.end + (
            m.end()
            if (
                m := re.match(
                    r"\s?(?:岁|口人?|个人|人|块钱|块|元|平(?:方)?(?:米)?|套|级|个月|月|years?|yuan|people)?",
                    text[n.end :],
                )
            )
            else 0
        )
        return _of(definition, n, offset + n.start, offset + end, 0.93 if len(text) <= 14 else 0.8)
    none = _ZERO.search(text) or _NO.match(text)
    if (
        none
        and not numbers
        and definition.id not in ("age", "household_size")
        and not _INSTEAD_OF_NO.match(text)
    ):
        zero: FactValue = 0 if definition.type == "int" else Decimal(0)
        return Found(
            definition.id,
            offset,
            offset + max(none.end(), 1),
            value=zero,
            sure=0.9 if len(text) <= 12 else 0.75,
        )
    return None


def _months(scene: Scene, definition: FactDef, text: str, offset: int) -> Found | None:
    spells = list(lengths(text)) or list(since(text, scene.on))
    if len(spells) != 1:
        return None
    start, end, low, high = spells[0]
    if low == high:
        return Found(definition.id, offset + start, offset + end, value=int(low), sure=0.9)
    return Found(definition.id, offset + start, offset + end, low=low, high=high, sure=0.85)


def _of(definition: FactDef, number: Number, start: int, end: int, sure: float) -> Found | None:
    low, high = number.low, number.high
    if low is None and high is None:
        return None
    if definition.id == "age":
        if (high or low or 0) > 125:
            return None
        if low == 0 and high is not None and high > 1:
            high -= 1  # "还没满80" is not yet eighty
    if definition.allowed and (number.value is None or int(number.value) not in definition.allowed):
        return None
    if number.vague:
        sure = 0.55
    if number.value is not None:
        whole = definition.type == "int"
        if whole and number.value != number.value.to_integral_value():
            return None
        return Found(definition.id, start, end, value=int(number.value) if whole else number.value, sure=sure)
    return Found(definition.id, start, end, low=low, high=high, sure=sure)
