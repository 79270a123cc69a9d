"""How old somebody is: "63了", "六十三岁", "八十多", "82-year-old", "in her 80s", "1958年生的"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from handlers.interpretation.numbers import Number
from handlers.interpretation.people import HOUSEHOLD
from handlers.interpretation.scene import Found, Scene

_AFTER = re.compile(
    r"\s?(?:周)?岁(?:半|多|了|大)?(?:了)?|\s?[- ]?years?[- ]?olds?|\s?[- ]?y(?:rs?)?/?o(?![a-z])|\s?yrs? old|\s?years of age"
)
_MONTHS_OLD = re.compile(r"\s?个?多?月(?:大|的娃|的孩|的婴)|[- ]months?[- ]old")
_BEFORE = re.compile(
    r"(?:今年|年纪|年龄|岁数|虚岁|周岁|实岁|满|年满|刚满|已经|都|才|快|我|爸|妈|老汉儿?|老伴儿?|爷|婆|奶|公|娘|爹|妻|夫|母亲|父亲|儿子?|女儿|老婆|老公|爱人|他|她|"
    r"人|大的|小的|娃儿?|孩子|(?<![a-z])age[d:]?|turned|turning|is|am|are|was|he's|she's|i'm|man|woman|male|female|男|女)\s?(?:今年|都|已经|也|才|刚|快|有|满|:|,|now|already|just|only|about|almost|nearly)*\s?$"
)
_NOT_AGE = re.compile(
    r"\s?(?:块|元|钱|百|千|万|个|口|人|平|级|年|月|天|号|日|次|套|斤|亩|米|公里|度|档|点|楼|栋|组|社|队|村|路|分|%|辆|间|层|时|期|科|位|种|项|倍|户(?!籍|口)|代|岁以[上下]|名|兄|姊|姐|妹|儿|女|孩|母|老[大二三]?|起|家|头|只|"
    r"yuan|rmb|kuai|cny|k(?![a-z])|people|persons|of|child|kid|son|daughter|month|day|week|year(?!s?[- ]old)|hour|bed|room|times|percent|sq|metre|meter|wife|brother|sister|member|or|and a half|in |more|new|house|home|%|time|grade|level|to|mu)"
)
_IS = re.compile(r"(?<!there )(?:is|'s|am|i'm|are)(?: only| just| now)?\s?$")
_NEARLY = re.compile(r"(?:快|快要|马上|差不多|将近|almost|nearly|turning|about to be)\s?(?:满|到|有)?\s?$")
_BARE_END = re.compile(r"\s?(?:多)?了?\s?(?=$|[,。;!?、\s]|的|[\u4e00-\u9fff])|(?=$|[^a-z0-9])")
_EIGHTIES = re.compile(
    r"(?:in (?:his|her|my|their) (?:(?:early|mid|late)[- ])?)(?P<n>[2-9]0)'?s|(?<![a-z])(?P<w>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)(?![a-z])"
)
_WORDS = dict(
    zip(
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"],
        range(20, 100, 10),
        strict=True,
    )
)
_BORN = re.compile(
    r"(?P<y>19\d\d|20[0-2]\d)(?:年|[-./])(?:(?P<m>1[0-2]|0?[1-9])(?:月|[-./]))?(?:(?P<d>3[01]|[12]\d|0?[1-9])[日号]?)?\s?(?:生|出生|的人)|born (?:in |on )?(?P<ey>19\d\d|20[0-2]\d)(?:-(?P<em>\d\d)-(?P<ed>\d\d))?"
)


def find_ages(scene: Scene) -> Iterator[Found]:
    """Ages said outright, as whole years or a range of years, and birth dates."""
    text = scene.text
    births = [m.span() for m in _BORN.finditer(text)]
    for match in _BORN.finditer(text):
        yield from _born(scene, match)
    for match in _EIGHTIES.finditer(text):
        low = Decimal(match["n"] or _WORDS[match["w"]])
        yield Found("age", match.start(), match.end(), low=low, high=low + 9, sure=0.85)
    for number in scene.numbers:
        if any(a <= number.start < b for a, b in births) or not _possible(number):
            continue
        if found := _age(text, number) or _alone(scene, number):
            yield found


def _possible(number: Number) -> bool:
    top = number.high if number.high is not None else number.low
    return top is not None and 0 <= top <= 120 and top == top.to_integral_value() and not number.vague


def _alone(scene: Scene, number: Number) -> Found | None:
    """A number between two pauses after somebody was named ("王某，57，...", "Our son, 8, ...", "人老了，88了")."""
    clause = scene.clause_at(number.start)
    value = number.value
    if clause is None or value is None:
        return None
    rest = scene.words(clause).replace(scene.text[number.start : number.end].strip(), "", 1).strip()
    named = [
        m
        for m in scene.people
        if m.end <= clause.start and m.start >= clause.sentence_start and m.who != HOUSEHOLD
    ]
    if rest not in ("", "了") or not named or (clause.end == clause.sentence_end and not rest):
        return None
    close = not re.search(r"\w", re.sub("[男女]", "", scene.text[named[-1].end : clause.start]))
    child = named[-1].who in ("son", "daughter", "child", "grandchild")
    if not (0 if child and close else 16 if close else 50) <= value <= 110:
        return None
    return Found(
        "age", number.start, clause.end if rest else number.end, value=int(value), sure=0.8 if close else 0.65
    )


def _age(text: str, number: Number) -> Found | None:
    before, end = text[max(0, number.start - 22) : number.start], number.end
    after = _AFTER.match(text, end) or re.compile(r"(?<=岁)(?:以上|左右|出头)?").match(text, end)
    sure = 0.92
    if _MONTHS_OLD.match(text, end):
        return None
    if after is None:
        if _NOT_AGE.match(text, end) or not _BEFORE.search(before):
            return None
        top = number.high if number.high is not None else number.low
        said = re.search(r"今年|age|turned|满|了", before[-6:] + text[end : end + 1]) or (
            _IS.search(before) and re.match(r"(?:\s?(?:$|[.,;!?。])| and| but| now)", text[end:])
        )
        if top is None or (top < 16 and not said):
            return None
        after, sure = _BARE_END.match(text, end), 0.85
        if after is None:
            return None
    end = max(after.end(), number.end)
    start = number.start
    low, high = number.low, number.high
    if (
        low is not None
        and high is None
        and re.search(r"(?:over|past|above)\s", text[start:end])
        and _IS.search(before)
    ):
        return Found("age", start, end, low=low, sure=0.8)
    if re.match(r"以[上下]|以内", text[end:]) or low is None or high is None or low == 0 < high:
        return None  # "60岁以上" speaks of a rule, not of a person
    if re.search(r"since (?:he|she|i|they) turned\s?$", before) and low is not None:
        return Found("age", start, end, low=low, sure=0.7)
    if _NEARLY.search(before):
        return Found("age", start, end, value=int(low) - 1, sure=0.5)
    if number.about:
        sure = 0.7
    if re.search(r"虚岁\s?$", before):
        sure = 0.55  # counted the old way, a year or two more than full years
    if low == high:
        return Found("age", start, end, value=int(low), sure=sure)
    if "多" in text[number.start : number.end] and high % 10 == 0:
        high -= 1  # "七十多" is still short of eighty
    return Found("age", start, end, low=low, high=high, sure=min(sure, 0.88))


def _born(scene: Scene, match: re.Match[str]) -> Iterator[Found]:
    year = int(match["y"] or match["ey"])
    month, day = match["m"] or match["em"], match["d"] or match["ed"]
    if month and day:
        yield Found(
            "born",
            match.start(),
            match.end(),
            value=f"{year:04d}-{int(month):02d}-{int(day):02d}",
            sure=0.9,
            lasting=True,
        )
        passed = (scene.on.month, scene.on.day) >= (int(month), int(day))
        yield Found(
            "age",
            match.start(),
            match.end(),
            value=scene.on.year - year - (not passed),
            sure=0.88,
            lasting=True,
        )
        return
    high = Decimal(scene.on.year - year)
    if 0 <= high <= 120:
        yield Found("age", match.start(), match.end(), low=high - 1, high=high, sure=0.8, lasting=True)
