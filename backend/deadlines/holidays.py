"""Days off and days worked instead in China, as published year by year by the State Council's General Office.

Add the new year's notice (it comes in November) as one more entry; `calendar.py` says until when we know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Year:
    """One year's notice: days off (weekends inside a holiday too) and weekend days worked instead."""

    off: frozenset[date]
    worked: frozenset[date]
    title: str
    number: str
    confidence: Literal["verified", "general-knowledge"]


def _days(year: int, *spans: tuple[str, str]) -> frozenset[date]:
    """Whole spans of "MM-DD" days, both ends included."""
    found: set[date] = set()
    for first, last in spans:
        day, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last}")
        while day <= end:
            found.add(day)
            day += timedelta(days=1)
    return frozenset(found)


def _each(year: int, *days: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(f"{year}-{day}") for day in days)


PUBLISHED: Mapping[int, Year] = {
    2025: Year(
        off=_days(
            2025,
            ("01-01", "01-01"),  # 元旦
            ("01-28", "02-04"),  # 春节
            ("04-04", "04-06"),  # 清明节
            ("05-01", "05-05"),  # 劳动节
            ("05-31", "06-02"),  # 端午节
            ("10-01", "10-08"),  # 国庆节、中秋节
        ),
        worked=_each(2025, "01-26", "02-08", "04-27", "09-28", "10-11"),
        title="国务院办公厅关于2025年部分节假日安排的通知",
        number="国办发明电〔2024〕12号",
        confidence="general-knowledge",
    ),
    2026: Year(
        off=_days(
            2026,
            ("01-01", "01-03"),  # 元旦
            ("02-15", "02-23"),  # 春节
            ("04-04", "04-06"),  # 清明节
            ("05-01", "05-05"),  # 劳动节
            ("06-19", "06-21"),  # 端午节
            ("09-25", "09-27"),  # 中秋节
            ("10-01", "10-07"),  # 国庆节
        ),
        worked=_each(2026, "01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
        title="国务院办公厅关于2026年部分节假日安排的通知",
        number="国办发明电〔2025〕7号",
        confidence="verified",  # days read in a reprint of the notice of 4 November 2025
    ),
}

# Years without a notice: weekends, and the holidays that fall on the same date each year
# (《全国年节及纪念日放假办法》, 2024 revision). The lunar ones are missing until the notice comes.
EVERY_YEAR = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
