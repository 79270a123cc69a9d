"""How long and since when: "瘫了两年", "半年", "三个月前", "去年三月"; months are what the facts count in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from handlers.interpretation.numbers import Number, find_numbers
from handlers.interpretation.periods import find_amounts
from handlers.interpretation.scene import Found, Scene

_LYING = re.compile(
    r"(?<![偏面脑])瘫痪?|躺|卧床|卧病|下不了床|下不到床|起不了床|不能下床|bedridden|in bed|bed[- ]bound|paraly[sz]ed"
)
_HALF_YEAR = re.compile(r"(?P<n>大?半年|half a year)(?P<more>多)?")
_LENGTH = re.compile(
    r"\s?(?:(?P<ym>年半)|(?P<y>年)(?P<more>多)?|(?P<m>个(?:多|来)?月|个半月)(?P<mmore>多)?|(?P<en>years?|yrs?|months?|weeks?)(?![a-z]|[ -]olds?)(?P<half> and a half)?|(?P<w>个?(?:星期|礼拜)|周)|(?P<d>天|日))"
)
_A_YEAR = re.compile(r"(?<![a-z])(?<!half )an? (year|month)( and a half)?(?![a-z])")
_SINCE = re.compile(
    r"(?P<year>(?:19|20)\d\d年|今年|去年|前年|大前年|二零[零一二三四五六七八九]{2}年)(?:的)?(?P<month>\d{1,2}月|[一二三四五六七八九十]{1,2}月|年初|年底|上半年|下半年)?|"
    r"(?P<last>上个?月|上上个月|(?<!\d)这个月)|(?<![a-z])(?:since|in) (?P<enmonth>january|february|march|april|may|june|july|august|september|october|november|december)?\s?(?P<enyear>(?:19|20)\d\d|last year)?"
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def months_of(text: str, number: Number) -> tuple[Decimal, Decimal, int] | None:
    """A length of time that starts with `number`, in months (low, high), and where its words end."""
    match = _LENGTH.match(text, number.end)
    if match is None or number.low is None or number.high is None:
        return None
    low, high = number.low, number.high
    english = (match["en"] or "")[:1]
    if match["ym"]:
        low, high = low * 12 + 6, high * 12 + 6
    elif match["y"] or english == "y":
        low, high = low * 12, high * 12 + (12 if match["more"] else 0)
        if match["half"]:
            low, high = low + 6, high + 6
    elif match["m"] or english == "m":
        more = match["mmore"] or "多" in (match["m"] or "")
        high = high + (1 if more else 0)
    elif match["w"] or english == "w":
        low, high = (
            (low / 4).to_integral_value(rounding="ROUND_FLOOR"),
            (high / 4).to_integral_value(rounding="ROUND_FLOOR"),
        )
    else:
        low, high = (
            (low / 30).to_integral_value(rounding="ROUND_FLOOR"),
            (high / 30).to_integral_value(rounding="ROUND_FLOOR"),
        )
    return low, high, match.end()


def lengths(text: str) -> Iterator[tuple[int, int, Decimal, Decimal]]:
    """Every length of time in a plain text: start, end, and months from low to high."""
    for match in _HALF_YEAR.finditer(text):
        if re.search(r"(?<![床以])[上下]$", text[: match.start()]):
            continue
        yield match.start(), match.end(), Decimal(6), Decimal(7 if match["more"] or "大" in match["n"] else 6)
    for match in _A_YEAR.finditer(text):
        months = Decimal(12 if match[1] == "year" else 1) + (6 if match[2] and match[1] == "year" else 0)
        yield match.start(), match.end(), months, months
    spells: list[tuple[int, int, Decimal, Decimal]] = []
    for number in find_numbers(text):
        school_or_date = re.match(r"\s?年(?:级|纪|\d|[一二三四五六七八九十]+月)", text[number.end :])
        if school_or_date or (number.high or 0) > 100:
            continue
        if found := months_of(text, number):
            spells.append((number.start, found[2], found[0], found[1]))
    joined: list[tuple[int, int, Decimal, Decimal]] = []
    for spell in spells:
        if joined and re.fullmatch(r"(?:零|又|加)?|,? and ", text[joined[-1][1] : spell[0]]):  # 两年零三个月
            start, _, low, high = joined.pop()
            joined.append((start, spell[1], low + spell[2], high + spell[3]))
        else:
            joined.append(spell)
    yield from joined


def since(text: str, on: date) -> Iterator[tuple[int, int, Decimal, Decimal]]:
    """Every "since then" in a plain text as months up to `on`: start, end, low, high."""
    for match in _SINCE.finditer(text):
        span = _year_month(match, on)
        if span is None:
            continue
        (year, first, last) = span
        high = (on.year - year) * 12 + on.month - first
        low = (on.year - year) * 12 + on.month - last
        if 0 <= high <= 1200:
            yield match.start(), match.end(), Decimal(max(low, 0)), Decimal(high)


def _year_month(match: re.Match[str], on: date) -> tuple[int, int, int] | None:
    if match["last"]:
        back = {"上上": 2, "上个": 1, "上月": 1, "这个": 0}[match["last"][:2]]
        index = on.year * 12 + on.month - 1 - back
        return index // 12, index % 12 + 1, index % 12 + 1
    if match["year"]:
        words = match["year"].rstrip("年")
        near = {"今": 0, "去": 1, "前": 2, "大前": 3}
        if words in near:
            year = on.year - near[words]
        elif words.isdigit():
            year = int(words)
        else:
            year = int("".join(str("零一二三四五六七八九".index(c)) if c != "二" else "2" for c in words))
        return (year, *_part(match["month"]))
    if match["enyear"] or match["enmonth"]:
        month = _MONTHS.index(match["enmonth"]) + 1 if match["enmonth"] else 0
        year = on.year - 1 if match["enyear"] == "last year" else int(match["enyear"] or on.year)
        if not match["enyear"] and month > on.month:
            year -= 1
        return (year, month, month) if month else (year, 1, 12)
    return None


def _part(month: str | None) -> tuple[int, int]:
    named = {"年初": (1, 3), "年底": (11, 12), "上半年": (1, 6), "下半年": (7, 12)}
    if month is None:
        return 1, 12
    if month in named:
        return named[month]
    numbers = find_numbers(month)
    value = int(numbers[0].low or 0) if numbers else 0
    return (value, value) if 1 <= value <= 12 else (1, 12)


def find_durations(scene: Scene) -> Iterator[Found]:
    """Months somebody has been lying in bed."""
    text = scene.text
    spells = [(a, b, low, high, 0.88) for a, b, low, high in lengths(text)]
    spells += [(a, b, low, high, 0.7) for a, b, low, high in since(text, scene.on)]
    money = [(a.start, a.end) for a in find_amounts(scene)]
    for start, end, low, high, sure in spells:
        if any(a <= start < b for a, b in money):
            continue  # "瘫在床上，一个月四五百": the month is the money's
        clause = scene.clause_at(start)
        if clause is None:
            continue
        words = scene.words(clause)
        lying = list(_LYING.finditer(words))
        before = scene.text[clause.sentence_start : clause.start]
        near = lying[-1] if lying else None
        if near is None:
            if not (
                _LYING.search(before[-8:])
                and re.fullmatch(r"(?:已经|都|差不多|快|有|了|\s|for)*", text[clause.start : start])
            ):
                continue
            a = start
        else:
            a = min(clause.start + near.start(), start)
            if re.search(
                r"(?:住院|出院|结婚|工作|打工|死|去世)",
                text[min(a, start) : max(end, clause.start + near.end())],
            ):
                continue
        b = max(end, clause.start + near.end()) if near else end
        if low == high:
            yield Found("bedridden_months", a, b, value=int(low), sure=sure)
        else:
            yield Found("bedridden_months", a, b, low=low, high=high, sure=sure)
