"""Counting days the way offices do, in Yongchuan's time zone. The day itself is not counted; a limit in calendar
days or months that ends on a day off ends on the next working day (Civil Code, articles 201 and 203)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from backend.deadlines.holidays import EVERY_YEAR, PUBLISHED


def is_working_day(day: date) -> bool:
    """Whether offices are open that day."""
    year = PUBLISHED.get(day.year)
    if year is None:
        return day.weekday() < 5 and (day.month, day.day) not in EVERY_YEAR
    return day in year.worked or (day.weekday() < 5 and day not in year.off)


def working_day_from(day: date) -> date:
    """That day if offices are open, else the next day they are."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; 0 is "at once": today, or the next working day."""
    day = day if count else working_day_from(day)
    for _ in range(count):
        day = working_day_from(day + timedelta(days=1))
    return day


def add_calendar_days(day: date, count: int) -> date:
    """`count` days later, moved on to a working day."""
    return working_day_from(day + timedelta(days=count))


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months later (or the month's last), moved on to a working day."""
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return working_day_from(date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])))


def known_until() -> date:
    """The last day whose holidays have been published; after it days are counted by weekends and fixed holidays."""
    return date(max(PUBLISHED), 12, 31)
