"""Amounts of money and the time they are for: "一个月四五百", "每年3万", "1200 a month"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from handlers.interpretation.clauses import Clause
from handlers.interpretation.numbers import Number
from handlers.interpretation.scene import Scene

Period = Literal["month", "year", "day", "quarter"] | None

_UNIT = re.compile(
    r"\s?(?:块钱|元钱|块|元|圆|(?:yuan|rmb|cny|kuai)(?![a-z])|钱)(?:左右|上下|以上|以下|以内|多)?"
)
_SIGN = re.compile(r"(?:¥|rmb|cny)\s?$")
_OTHER_UNIT = re.compile(
    r"\s?(?:多)?(?:岁|个|口|人|平|㎡|m2|级|年|月|天|号|日|次|套|斤|亩|米|公里|度|档|点|楼|栋|组|社|队|村|分|%|辆|间|层|小时|期|科|位|种|项|倍|户|代|台|头|只|名|周|"
    r"people|persons|children|kids|months?|days?|weeks?|years?|hours?|sq|metres?|meters?|km|mu|homes?|houses?|times|of us|percent|kg)"
)
_FILL = r"(?:[\u4e00-\u9fff]{0,8}?|\s)"
_BEFORE: list[tuple[Period, re.Pattern[str]]] = [
    (
        "month",
        re.compile(rf"(?:一个月|每个月|每月|(?<!\d)一月|月均|每个?月|月(?=收入|工资|薪|入)|个月){_FILL}$"),
    ),
    ("year", re.compile(rf"(?:一年(?!级)|每年|全年|年(?=收入|薪|入)|去年){_FILL}$")),
    ("day", re.compile(rf"(?:一天|每天|一日|日薪){_FILL}$")),
]
_AFTER: list[tuple[Period, re.Pattern[str]]] = [
    ("month", re.compile(r"\s?(?:/月|一个月|每个?月|一月|(?:a|per|each|every) month|/month|monthly)")),
    ("year", re.compile(r"\s?(?:/年|一年|每年|(?:a|per|each|every) year|/year|yearly)")),
    ("day", re.compile(r"\s?(?:/天|一天|每天|(?:a|per|each|every) day|/day|daily)")),
]
_MONTHLY_EN = re.compile(
    r"(?:monthly|per month|each month|every month|a month)(?: [a-z']+){0,5} ?(?:¥|rmb )?$"
)
_YEARLY_EN = re.compile(
    r"(?:yearly|annual|per year|each year|every year|a year)(?: [a-z']+){0,5} ?(?:¥|rmb )?$"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """Money said at `start` to `end` (period words included), as `number` yuan for `period`. `cash` when a unit was said."""

    start: int
    end: int
    number: Number
    period: Period
    cash: bool
    clause: Clause

    def monthly(self) -> Number | None:
        """The same per month, or None when the time is a day (who knows how many days of work)."""
        if self.period == "year":
            return _divided(self.number, 12)
        return None if self.period in ("day", "quarter") else self.number

    def yearly(self) -> Number | None:
        """The same per year."""
        if self.period == "month":
            return self.number * 12
        return None if self.period in ("day", "quarter") else self.number


def _divided(number: Number, by: int) -> Number:
    def part(value: Decimal | None) -> Decimal | None:
        return None if value is None else (value / by).quantize(Decimal("0.01")).normalize() + 0

    return Number(number.start, number.end, part(number.low), part(number.high), number.about, number.vague)


def find_amounts(scene: Scene) -> Iterator[Amount]:
    """Every number that is money, with the period said beside it in the same clause."""
    text = scene.text
    for number in scene.numbers:
        clause = scene.clause_at(number.start)
        if clause is None:
            continue
        unit = _UNIT.match(text, number.end)
        sign = _SIGN.search(text[max(0, number.start - 4) : number.start])
        if unit is None and (
            _OTHER_UNIT.match(text, number.end) and not _AFTER_PERIOD.match(text, number.end)
        ):
            continue
        if re.match(r"[月年日号天]|个月", text[number.end :]) or _date_like(text, number):
            continue
        end = unit.end() if unit else number.end
        start = number.start - (len(sign[0]) if sign else 0)
        period, p_start = _period_before(text, clause.start, start)
        if period is None:
            for name, pattern in _AFTER:
                if match := pattern.match(text, end):
                    period, end = name, match.end()
                    break
        if period is None:
            p_start = start
            head = text[clause.start : start]
            period = "month" if _MONTHLY_EN.search(head) else "year" if _YEARLY_EN.search(head) else None
        big = re.search(r"[百千万wk]|hundred|thousand", text[number.start : number.end])
        top = number.high or number.low or 0
        if unit is None and not sign and not big and top < (100 if period is None else 10):
            continue
        yield Amount(min(p_start, start), end, number, period, unit is not None or sign is not None, clause)


_AFTER_PERIOD = re.compile(r"\s?(?:/|a |per |each |every |monthly|一个月|每)")


def _date_like(text: str, number: Number) -> bool:
    return bool(
        re.search(r"(?:第|\d[-./])$", text[max(0, number.start - 2) : number.start])
        or re.match(r"[-./]\d", text[number.end :])
    )


def _period_before(text: str, clause_start: int, start: int) -> tuple[Period, int]:
    head = text[clause_start:start]
    for name, pattern in _BEFORE:
        matches = list(pattern.finditer(head)) or ([m] if (m := pattern.search(head)) else [])
        if matches:
            return name, clause_start + matches[-1].start()
    return None, start
