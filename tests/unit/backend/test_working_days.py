"""Days are counted the way offices count them, with the published holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.deadlines.calendar import (
    add_calendar_days,
    add_months,
    add_working_days,
    is_working_day,
    known_until,
    working_day_from,
)
from backend.deadlines.holidays import PUBLISHED
from backend.tools.clock import local_day


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2026-11-23", True),  # a Monday
        ("2026-11-22", False),  # a Sunday
        ("2026-10-10", True),  # a Saturday worked for the national holiday
        ("2026-10-05", False),  # a Monday inside it
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2025-01-26", True),
        ("2025-05-05", False),
        ("2027-01-01", False),  # no notice yet, but the same every year
        ("2027-05-04", True),
    ],
)
def test_it_knows_when_offices_are_open(day: str, open_: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is open_


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-11-23", 0, "2026-11-23"),  # at once
        ("2026-11-22", 0, "2026-11-23"),  # at once, filed on a Sunday
        ("2026-11-23", 1, "2026-11-24"),
        ("2026-11-20", 1, "2026-11-23"),  # over a weekend
        ("2026-09-24", 1, "2026-09-28"),  # over the Mid-Autumn Festival
        ("2026-09-30", 3, "2026-10-10"),  # over the national holiday, with its worked Saturday
        ("2026-02-13", 2, "2026-02-24"),  # the Saturday before the Spring Festival is worked
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_it_counts_working_days(start: str, count: int, due: str) -> None:
    assert add_working_days(date.fromisoformat(start), count) == date.fromisoformat(due)


def test_it_moves_the_end_of_other_limits_to_a_working_day() -> None:
    assert add_calendar_days(date(2026, 11, 23), 6) == date(2026, 11, 30)  # the 29th is a Sunday
    assert add_calendar_days(date(2026, 11, 23), 3) == date(2026, 11, 26)
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)  # a Saturday, but worked
    assert add_months(date(2026, 11, 30), 3) == date(2027, 3, 1)  # 28 February 2027 is a Sunday
    assert add_months(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_it_counts_like_somebody_with_a_calendar_on_the_wall() -> None:
    """Adding n working days lands on the n-th open day after, for every day of two years."""
    day = date(2025, 1, 1)
    while day < date(2026, 11, 1):
        due = add_working_days(day, 7)
        between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
        assert sum(is_working_day(one) for one in between) == 7
        assert is_working_day(due)
        day += timedelta(days=1)


@pytest.mark.parametrize("year", sorted(PUBLISHED))
def test_it_has_a_notice_that_makes_sense_for_each_year(year: int) -> None:
    notice = PUBLISHED[year]
    assert all(day.year == year for day in notice.off | notice.worked)
    assert all(day.weekday() >= 5 for day in notice.worked), "only weekend days are worked instead"
    assert not notice.off & notice.worked
    weekdays_off = sum(day.weekday() < 5 for day in notice.off)
    # Statutory days off (13 since 2025) plus the weekdays given in exchange for worked weekend days, less those
    # statutory days that fall on a weekend.
    assert 11 <= weekdays_off - len(notice.worked) <= 13


def test_it_takes_the_day_in_yongchuan_not_in_utc() -> None:
    assert local_day(datetime(2026, 11, 22, 16, 30, tzinfo=UTC)) == date(2026, 11, 23)
    assert working_day_from(local_day(datetime(2026, 11, 20, 16, 0, tzinfo=UTC))) == date(2026, 11, 23)


def test_it_says_until_when_it_knows() -> None:
    assert known_until() == date(2026, 12, 31)
