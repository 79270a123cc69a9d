"""Numbers as people write them, each with the range it stands for: "四五百" is 400 to 500, "三千多" 3000 to 4000.

`find_numbers` gives every number of a plain text (see `normalise.fold`), longest reading first, none overlapping.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import cn2an

from handlers.interpretation.english_numbers import find_english

_BIG = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "w": 10_000, "k": 1000, "亿": 100_000_000}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬幺俩仨", "一二三四五六七八九十百千万一两三")
_D = "一二两三四五六七八九"
_DIGIT = {c: n for n, c in zip((1, 2, 2, 3, 4, 5, 6, 7, 8, 9), _D, strict=True)}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the plain text, `start` to `end`. `low == high` when it is exact; an open end is `None`.

    `about` marks "左右", "about": one figure, said to be rough. `vague` marks "几百": hardly a figure at all.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    about: bool = False
    vague: bool = False

    @property
    def value(self) -> Decimal | None:
        """The figure when it is one, else None."""
        return self.low if self.low == self.high else None

    def __mul__(self, factor: Decimal | int) -> Number:
        """The same number in another unit."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Number(self.start, self.end, low, high, self.about, self.vague)


_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:万|千|百|亿|(?:w|k)(?![a-z]))"
_ZH = r"[零一二两三四五六七八九十百千万廿卅]+"
_PLAIN = rf"(?:(?:{_ARABIC})(?:\s?{_SCALE}(?:[一二三四五六七八九]|\d)?)?(?!\d|\.\d|,\d{{3}})|(?:{_ZH})(?:点[零一二三四五六七八九]+)?[万千]?)"
_TO = r"\s?(?:-|~|到|至|或|或者|/)\s?"

_RANGE = re.compile(rf"(?P<a>{_PLAIN})(?:块钱|块|元|岁)?{_TO}(?P<b>{_PLAIN})")
_PAIR = re.compile(  # 四五百, 二十七八, 三四千, 十七八, 3、4百, 七八十, 一两万
    rf"(?P<head>[零{_D}十百千万]*?[十百千万])?(?P<a>[{_D}]|\d)\s?[、,]?\s?(?P<b>[{_D}]|\d)(?P<tail>[十百千万]{{1,2}})?(?![{_D}十百千万\d])"
)
_MANY = re.compile(rf"(?P<n>{_PLAIN}|百|千|万)\s?(?P<how>多|来|几|余)(?P<tail>[万千]?)")
_BA = re.compile(r"(?P<n>百|千|万)(?P<how>把|来)")
_SOME = re.compile(
    r"(?:好|大)?几(?P<tail>[十百千万]+)|(?P<tens>[二三四五六七八九])?十几(?P<scale>[千万亿]?)|(?P<over>上|成)(?P<big>[百千万]+)(?!的?[个人次])"
)
_OLD = re.compile(rf"(?P<tens>[{_D}]十)有(?P<n>[一二三四五六七八九])(?!个)")  # 八十有三
_ONE = re.compile(_PLAIN)
_BELOW = re.compile(
    r"(?:不到|不足|没(?:有|得)?(?:到|满)|[不未]满|少于|低于|不超过|顶多|最多|至多|小于|<)\s?(?:有)?$"
)
_ABOVE = re.compile(r"(?:至少|起码|超过|多于|高于|大于|不止|不低于|>)\s?(?:有)?$")
_ABOUT = re.compile(r"(?:大概|大约|大致|差不多|约|估计|可能|也就|就|才)\s?(?:有|是)?$")
_BELOW_AFTER = re.compile(r"(?:块钱|块|元|岁)?(?:以下|以内|不到|都不到)")
_ABOVE_AFTER = re.compile(r"(?:块钱|块|元|岁)?(?:以上|往上|开外|出头(?P<just>))")
_ABOUT_AFTER = re.compile(r"(?:块钱|块|元|岁)?(?:左右|上下|的样子)")


def to_decimal(words: str) -> Decimal | None:
    """One plain numeral ("三千二", "1.2万", "63", "二〇二二", "1,200") as a number, or None.

    >>> to_decimal("三千二"), to_decimal("1.2万"), to_decimal("1,200"), to_decimal("壹仟")
    (Decimal('3200'), Decimal('12000'), Decimal('1200'), Decimal('1000'))
    """
    plain = words.translate(_FORMAL).replace(" ", "").replace(",", "")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(万|千|百|亿|w|k)?([一二三四五六七八九]|\d)?", plain)
    if match:
        number, scale, rest = Decimal(match[1]), _BIG.get(match[2] or "", 1), match[3]
        if rest and scale == 1:
            return Decimal(plain) if rest.isdigit() else None
        tail = Decimal(_DIGIT.get(rest, rest) if rest else 0) * scale / 10
        return _tidy(number * scale + tail)
    if re.fullmatch(
        r"[零一二三四五六七八九]{2,}", plain
    ):  # read digit by digit, as years and phone numbers are
        return Decimal("".join("零一二三四五六七八九".index(c).__str__() for c in plain))
    plain = re.sub(r"^([十百千万])", r"一\1", plain) if not plain.startswith("十") else plain
    try:
        return _tidy(Decimal(str(cn2an.cn2an(plain, "smart"))))
    except (ValueError, ArithmeticError, KeyError, IndexError):
        return None


def _tidy(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def unit_of(number: Decimal) -> Decimal:
    """The last place that was named: 三千 -> 1000, 1200 -> 100, 63 -> 1. It is how far "多" can reach."""
    unit = Decimal(1)
    while number and number % (unit * 10) == 0:
        unit *= 10
    return unit


def _scale_of(words: str) -> int:
    scale = 1
    for char in words:
        scale *= _BIG.get(char, 1)
    return scale


def _range(match: re.Match[str]) -> Number | None:
    a, b = match["a"], match["b"]
    last = _scale_of(re.sub(r"[^万千百十]", "", b.translate(_FORMAL))[-1:])
    low, high = to_decimal(a), to_decimal(b)
    if low is None or high is None:
        return None
    if low < high and last > 1 and _scale_of(a) == 1 and low * last < high:  # 三到四千, 3-4万
        low *= last
    return Number(match.start(), match.end(), low, high) if low < high else None


def _pair(match: re.Match[str]) -> Number | None:
    a, b = (int(_DIGIT.get(match[g], match[g])) for g in "ab")
    head, tail = match["head"] or "", match["tail"] or ""
    if match["a"].isdigit() != match["b"].isdigit() or not (b == a + 1 or (a, b) == (3, 5)):
        return None
    if match["a"].isdigit() and ("、" not in match[0] and "," not in match[0]):
        return None  # 34 is thirty-four
    if not head and not tail:
        return Number(match.start(), match.end(), Decimal(a), Decimal(b))
    base, unit = (to_decimal(head) if head else Decimal(0)), _scale_of(tail)
    if base is None:
        return None
    if head and not tail:
        unit = max(_scale_of(head[-1]) // 10, 1)
    elif head and base < unit:
        return None
    return Number(match.start(), match.end(), base + a * unit, base + b * unit)


def _many(match: re.Match[str]) -> Number | None:
    words, tail = match["n"], match["tail"]
    number = to_decimal(words)
    if number is None or number < 10:
        return None
    unit, factor = unit_of(number), _scale_of(tail)
    if match["how"] == "来":
        return Number(match.start(), match.end(), number * factor, number * factor, about=True)
    return Number(match.start(), match.end(), number * factor, (number + unit) * factor)


def _ba(match: re.Match[str]) -> Number:
    unit = Decimal(_BIG[match["n"]])
    return Number(match.start(), match.end(), unit * 8 / 10, unit * 12 / 10, about=True)


def _some(match: re.Match[str]) -> Number:
    if match["over"]:
        unit = Decimal(_scale_of(match["big"]))
        return Number(match.start(), match.end(), unit, unit * 10, vague=True)
    if match["tail"]:
        unit = Decimal(_scale_of(match["tail"]))
        return Number(match.start(), match.end(), unit * 2, unit * 9, vague=True)
    tens = Decimal(_DIGIT.get(match["tens"] or "一", 1)) * 10
    if match["scale"]:  # 十几万: of what can be divided, anything between
        unit = Decimal(_scale_of(match["scale"]))
        return Number(match.start(), match.end(), tens * unit, (tens + 10) * unit)
    return Number(match.start(), match.end(), tens + 1, tens + 9)


def _old(match: re.Match[str]) -> Number | None:
    number = to_decimal(match["tens"] + match["n"])
    return None if number is None else Number(match.start(), match.end(), number, number)


_NOT_ONE = re.compile(r"直|起|样|般|定|些|下|点|切|旦|边|路|向|共|律|再|辈子|块儿|时|心|身|度|贯")


def _one(match: re.Match[str]) -> Number | None:
    if match[0] == "一" and _NOT_ONE.match(match.string, match.end()):
        return None  # "一直" counts nothing
    number = to_decimal(match[0])
    return None if number is None else Number(match.start(), match.end(), number, number)


def _hedged(text: str, number: Number) -> Number:
    """Take "不到", "以上", "左右", "大概" around a number into it."""
    before, low, high = text[max(0, number.start - 4) : number.start], number.low, number.high
    start, end = number.start, number.end
    if match := _BELOW.search(before):
        return Number(
            start - (len(before) - match.start()), end, Decimal(0), high, number.about, number.vague
        )
    if match := _ABOVE.search(before):
        return Number(start - (len(before) - match.start()), end, low, None, number.about, number.vague)
    if match := _BELOW_AFTER.match(text, end):
        return Number(start, match.end(), Decimal(0), high, number.about, number.vague)
    if match := _ABOVE_AFTER.match(text, end):
        just = match["just"] is not None and low is not None
        top = low + unit_of(low) if just and low is not None else None
        return Number(start, match.end(), low, top, number.about, number.vague)
    if match := _ABOUT_AFTER.match(text, end):
        return Number(start, match.end(), low, high, True, number.vague)
    return Number(start, end, low, high, True, number.vague) if _ABOUT.search(before) else number


def find_numbers(text: str) -> list[Number]:
    """Every number of a plain text, in order, with the words that widen it ("不到三千" is 0 to 3000)."""
    found: list[Number] = list(find_english(text, Number))
    taken = [False] * (len(text) + 1)
    for number in found:
        taken[number.start : number.end] = [True] * (number.end - number.start)
    for number in _chinese(text):
        if not any(taken[number.start : number.end]):
            found.append(_hedged(text, number))
            taken[number.start : number.end] = [True] * (number.end - number.start)
    return sorted(found, key=lambda n: n.start)


def _chinese(text: str) -> Iterator[Number]:
    plain = text.translate(_FORMAL)
    for pattern, read in (
        (_RANGE, _range),
        (_BA, _ba),
        (_SOME, _some),
        (_MANY, _many),
        (_PAIR, _pair),
        (_OLD, _old),
        (_ONE, _one),
    ):
        for match in pattern.finditer(plain):
            number = read(match)
            if number is not None:
                yield number
