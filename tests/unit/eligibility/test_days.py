"""The day of the case: which programmes are in force, which row of a figure holds."""

from __future__ import annotations

from datetime import date, timedelta

from backend.eligibility import screen
from tests.rulebook import Rule, case, result, rulebook

FACTS = {"income": "household money"}
FIGURES = {"line": {date(2020, 1, 1): 500, date(2021, 7, 1): 600}}


def test_a_figure_takes_its_last_row_on_or_before_the_day() -> None:
    rules = rulebook(FACTS, {"p": "income < $line"}, figures=FIGURES)
    given = {"income": 550}
    for day, expected in [
        (date(2020, 1, 1), False),
        (date(2021, 6, 30), False),
        (date(2021, 7, 1), True),
        (date(2030, 1, 1), True),
    ]:
        found = screen(rules, case(given, {}, on=day))
        assert found.results[0].truth is expected, day
        assert found.backdated == ()


def test_before_its_first_row_a_figure_takes_the_earliest_and_says_so() -> None:
    rules = rulebook(FACTS, {"p": "income < $line"}, figures=FIGURES)
    found = screen(rules, case({"income": 450}, {}, on=date(2019, 12, 31)))
    assert found.results[0].truth is True
    assert found.backdated == ("line",)
    (decided,) = found.results[0].decided_by
    assert decided.parameters == {"line": 500}


def test_a_figure_nobody_reads_is_not_reported() -> None:
    rules = rulebook(FACTS, {"p": "income < 5"}, figures=FIGURES)
    assert screen(rules, case({}, {}, on=date(2010, 1, 1))).backdated == ()


def test_a_programme_is_there_from_its_first_to_its_last_day() -> None:
    first, last = date(2020, 1, 1), date(2020, 12, 31)
    rules = rulebook(FACTS, {"p": Rule(["income < 5"], valid_from=first, valid_to=last)})
    for day, there in [
        (first - timedelta(1), False),
        (first, True),
        (last, True),
        (last + timedelta(1), False),
    ]:
        assert len(screen(rules, case({}, {}, on=day)).results) == there, day


def test_a_programme_not_in_force_grants_nothing() -> None:
    rules = rulebook(
        FACTS,
        {
            "status": Rule(["income < 500"], gives_status=True, valid_from=date(2020, 1, 1)),
            "p": "receives('status')",
        },
    )
    given = {"income": 1, "receiving_programmes": ()}
    assert result(rules, case(given, {}, on=date(2019, 1, 1)), "p").truth is False
    assert result(rules, case(given, {}, on=date(2020, 1, 1)), "p").truth is True
