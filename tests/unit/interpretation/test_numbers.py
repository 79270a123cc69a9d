"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from handlers.interpretation.durations import lengths, since
from handlers.interpretation.normalise import fold
from handlers.interpretation.numbers import find_numbers, to_decimal
from tests.unit.interpretation.rows import ON


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("四五百", 400, 500), ("三千多", 3000, 4000), ("千把", 800, 1200), ("1.2万", 12000, 12000), ("壹仟", 1000, 1000),
        ("三千二", 3200, 3200), ("不到三千", 0, 3000), ("三千以上", 3000, None), ("至少两千", 2000, None), ("两千左右", 2000, 2000),
        ("400 to 500", 400, 500), ("400-500", 400, 500), ("四百到五百", 400, 500), ("一千二三", 1200, 1300), ("二十七八", 27, 28),
        ("十七八", 17, 18), ("3、4百", 300, 400), ("七八十", 70, 80), ("一两万", 10000, 20000), ("十几", 11, 19), ("十几万", 100000, 200000), ("二十几万", 200000, 300000), ("十几千", 10000, 20000), ("三万五千六", 35600, 35600),
        ("3万5", 35000, 35000), ("1200多", 1200, 1300), ("三到四千", 3000, 4000), ("3-4千", 3000, 4000), ("三五百", 300, 500), ("廿五", 25, 25),
        ("1,200", 1200, 1200), ("less than 300", 0, 300), ("more than 300", 300, None), ("sixty-three", 63, 63), ("two thousand", 2000, 2000),
        ("1.5k", 1500, 1500), ("between 400 and 500", 400, 500), ("八十有三", 83, 83), ("１２３", 123, 123), ("二〇二二", 2022, 2022), ("两万八", 28000, 28000),
        ("a few hundred", 200, 900), ("好几千", 2000, 9000), ("万把", 8000, 12000), ("一千零五十", 1050, 1050), ("两百五", 250, 250), ("八九万", 80000, 90000),
    ],
)  # fmt: skip
def test_it_reads_the_number(text: str, low: int, high: int | None) -> None:
    (number,) = find_numbers(fold(text).text)
    assert (number.low, number.high) == (Decimal(low), None if high is None else Decimal(high))
    assert (number.start, number.end) == (0, len(fold(text).text))


@pytest.mark.parametrize(
    "number", [*range(1, 120), 150, 205, 310, 999, 1001, 1010, 1100, 2500, 9999, 10001, 12000, 35000, 100000]
)
def test_it_reads_back_every_plain_numeral(number: int) -> None:
    digits = "零一二三四五六七八九"

    def small(n: int) -> str:
        out, zero = "", False
        for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, n = divmod(n, value)
            if digit:
                out += ("零" if zero and out else "") + digits[digit] + unit
            zero = not digit and bool(out)
        return out

    high, low = divmod(number, 10000)
    words = (small(high) + "万" if high else "") + (
        ("零" if high and 0 < low < 1000 else "") + small(low) if low else ""
    )
    assert to_decimal(words) == number
    assert to_decimal(str(number)) == number


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("两年", 24, 24), ("半年", 6, 6), ("一年半", 18, 18), ("三个月", 3, 3), ("两年零三个月", 27, 27), ("一年多", 12, 24), ("两个多月", 2, 3),
        ("大半年", 6, 7), ("half a year", 6, 6), ("two years", 24, 24), ("6 months", 6, 6), ("十天", 0, 0), ("a year and a half", 18, 18),
    ],
)  # fmt: skip
def test_it_reads_a_length_of_time_in_months(text: str, low: int, high: int) -> None:
    ((_, _, a, b),) = lengths(fold(text).text)
    assert (a, b) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("去年三月", 20, 20), ("今年三月", 8, 8), ("上个月", 1, 1), ("二〇二二年三月", 56, 56), ("2024年12月", 23, 23), ("since March", 8, 8), ("前年", 23, 34)],
)  # fmt: skip
def test_it_reads_since_when_in_months(text: str, low: int, high: int) -> None:
    ((_, _, a, b),) = since(fold(text).text, ON)
    assert (a, b) == (low, high)


@pytest.mark.parametrize("text", ["三年级", "2024年3月", "上半年", "下半年"])
def test_it_does_not_take_a_school_year_or_a_date_for_a_length(text: str) -> None:
    assert list(lengths(fold(text).text)) == []
