"""Texts cut for Telegram and buttons laid out for a phone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram_text import rows, split, units

signs = st.sampled_from([*list("王芳老伴ab ,。!\n"), "\n\n", "😀", "👨\u200d👩\u200d👧", "👍🏽", "𠮷"])


@given(st.lists(signs, max_size=300).map("".join), st.integers(min_value=12, max_value=60))
def test_it_loses_nothing_and_fits(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(units(piece) <= limit for piece in pieces)
    assert units(text) == len(text.encode("utf-16-le")) // 2


def test_it_cuts_after_a_paragraph_before_a_line_before_a_sentence() -> None:
    assert split("一二三。\n\n四五六。\n七八", 10) == ["一二三。\n\n", "四五六。\n七八"]
    assert split("一二三四五六。七八九十甲", 10) == ["一二三四五六。", "七八九十甲"]


def test_it_keeps_an_emoji_together() -> None:
    assert "👍🏽" in split("一二三四五六七👍🏽八", 9)[1]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["是", "不是"], [[0, 1]]),
        (["是", "不是", "不知道"], [[0, 1], [2]]),
        (["可以自己走路, 但需要人扶", "不能", "能"], [[0], [1, 2]]),
        ([], []),
    ],
)
def test_it_puts_two_short_buttons_or_one_long_one_in_a_row(
    labels: list[str], expected: list[list[int]]
) -> None:
    assert rows(labels) == expected
