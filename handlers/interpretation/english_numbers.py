"""English number words and the small words around numbers: "sixty-three", "two thousand", "between 400 and 500"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")

_SMALL = {w: n for n, w in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"])}  # fmt: skip
_TENS = {
    w: 10 * n
    for n, w in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_WORD = "|".join(sorted([*_SMALL, *_TENS], key=len, reverse=True))
_WORDS = rf"(?:(?:{_WORD}|a)(?:[ -](?:{_WORD}))?)(?: (?:hundred|thousand|million)(?: (?:and )?(?:{_WORD})(?:[ -](?:{_WORD}))?)?)*"
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ONE = rf"(?:(?:{_FIGURE})(?: ?(?:k\b|thousand\b|hundred\b))?|(?<![a-z])(?:{_WORDS})(?![a-z]))"
_CASH = r"(?:(?:¥|rmb|yuan|cny) ?)?"
_AFTER = r"(?: ?(?:yuan|rmb|kuai|cny))?"
_BETWEEN = re.compile(rf"between {_CASH}(?P<a>{_ONE}){_AFTER} and {_CASH}(?P<b>{_ONE})")
_RANGE = re.compile(
    rf"(?:from )?(?P<a>{_ONE}){_AFTER} ?(?:-|to|or|~) ?{_CASH}(?P<b>{_ONE})(?![\d.]*[十百千万])"
)
_PLAIN = re.compile(rf"(?P<a>{_ONE})")
_FEW = re.compile(
    r"(?<![a-z])(?:a )?(?P<how>few|several|couple of|couple) (?P<unit>hundred|thousand)(?![a-z])"
)
_BELOW = re.compile(
    r"(?:less than|under|below|not even|no more than|at most|up to|fewer than|barely) (?:¥|rmb )?$"
)
_ABOVE = re.compile(r"(?:more than|over|above|at least|no less than|upwards of) (?:¥|rmb )?$")
_ABOUT = re.compile(r"(?:about|around|roughly|approximately|some|maybe|almost|nearly|only) (?:¥|rmb )?$")


def words_to_decimal(words: str) -> Decimal | None:
    """ "two thousand three hundred", "1.5k", "sixty-three", "1,200" as a number; None for a bare "a".

    >>> words_to_decimal("sixty-three"), words_to_decimal("two thousand"), words_to_decimal("1.5k")
    (Decimal('63'), Decimal('2000'), Decimal('1500'))
    """
    figure = re.fullmatch(rf"({_FIGURE})(?: ?(k|thousand|hundred))?", words)
    if figure:
        scale = {"k": 1000, "thousand": 1000, "hundred": 100}.get(figure[2] or "", 1)
        number = Decimal(figure[1].replace(",", "")) * scale
        return number.to_integral_value() if number == number.to_integral_value() else number
    total = part = 0
    for word in re.split(r"[ -]", words):
        if word in ("hundred", "thousand", "million"):
            part = max(part, 1) * {"hundred": 100, "thousand": 1000, "million": 1_000_000}[word]
            if word != "hundred":
                total, part = total + part, 0
        elif word not in ("and", "a"):
            part += _SMALL.get(word, 0) + _TENS.get(word, 0)
    return None if words == "a" else Decimal(total + part)


def find_english(text: str, make: Callable[..., T]) -> Iterator[T]:
    """Numbers that only English grammar explains (words, "400 to 500", "less than 300"); plain figures are left over."""
    taken: list[tuple[int, int]] = []
    for pattern in (_BETWEEN, _RANGE):
        for match in pattern.finditer(text):
            low, high = words_to_decimal(match["a"]), words_to_decimal(match["b"])
            if low is None or high is None or low >= high or _overlaps(match.span(), taken):
                continue
            if _scaled(match["b"]) and not _scaled(match["a"]) and low * 100 <= high:
                low *= 1000 if "hundred" not in match["b"] else 100
            taken.append(match.span())
            yield make(match.start(), match.end(), low, high)
    for match in _FEW.finditer(text):
        unit = 100 if match["unit"] == "hundred" else 1000
        top = 3 if match["how"].startswith("couple") else 9
        taken.append(match.span())
        yield make(match.start(), match.end(), Decimal(2 * unit), Decimal(top * unit), False, True)
    for match in _PLAIN.finditer(text):
        number = words_to_decimal(match["a"])
        if number is None or _overlaps(match.span(), taken):
            continue
        before = text[max(0, match.start() - 18) : match.start()]
        start, end, low, high, about = match.start(), match.end(), number, number, False
        if hedge := _BELOW.search(before):
            start, low = start - len(before) + hedge.start(), Decimal(0)
            yield make(start, end, low, high)
        elif hedge := _ABOVE.search(before):
            yield make(start - len(before) + hedge.start(), end, low, None)
        elif _ABOUT.search(before) or not match["a"][0].isdigit() or re.search(r"[a-z]", match["a"]):
            about = bool(_ABOUT.search(before))
            yield make(start, end, low, high, about)


def _scaled(words: str) -> bool:
    return bool(re.search(r"k$|thousand|hundred", words))


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < b and a < span[1] for a, b in taken)
