"""Every row of the table, and what must hold for all of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.interpretation.normalise import fold
from tests.unit.interpretation.rows import Example, examples, read, sure

ROWS = [*examples("zh"), *examples("en"), *examples("more")]
TOLD = [row for row in ROWS if row.facts]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.place)
def test_it_reads_the_row(row: Example) -> None:
    assert sure(read(row.text)) == row.facts


def test_it_has_enough_rows_and_none_twice() -> None:
    assert len(list(examples("zh"))) >= 150
    assert len(list(examples("en"))) >= 80
    assert len({row.text for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.place)
def test_it_gives_back_the_very_words(row: Example) -> None:
    for one in read(row.text).facts:
        start, end = one.span
        assert 0 <= start < end <= len(row.text)
        assert row.text[start:end] == one.words


@pytest.mark.parametrize("more", ["今天天气还可以。", "谢谢你哈！", "Thank you for your time. "])
def test_it_loses_no_fact_to_an_unrelated_sentence(more: str) -> None:
    for row in TOLD:
        end = "。" if row.text[-1] not in "。！？.!?" else ""
        assert sure(read(row.text + end + more)) == row.facts, row.place
        assert sure(read(more + row.text)) == row.facts, row.place


@pytest.mark.parametrize(
    "story",
    [
        "我隔壁邻居85岁了，瘫痪在床，得了癌症，一个月收入一万，吃着低保，有残疾证，屋头三口人。",
        "我同事的女儿10岁，得了白血病，花了二十万。",
        "My neighbour is 85, has cancer, gets dibao and earns 10000 a month. ",
        "如果我爸80岁了，瘫痪在床，家里一个月四百块，",
    ],
)
def test_it_never_gives_the_applicant_what_is_told_of_others(story: str) -> None:
    assert sure(read(story)) == frozenset()
    assert sure(read("我妈82岁。" + story)) == {"age@mother=82"}
    if "如果" not in story:
        assert sure(read(story + "我妈82岁。")) == {"age@mother=82"}


@given(st.text(max_size=60))
def test_it_folds_any_text_once_and_for_all(text: str) -> None:
    once = fold(text)
    assert fold(once.text).text == once.text
    assert len(once.at) == len(once.text)
    assert list(once.at) == sorted(once.at)


@given(
    st.lists(
        st.sampled_from(
            [row.text for row in ROWS] + ["👍", "\u200b", "，", " ", "不是", "没得", "1/0", "九九八十一"]
        ),
        max_size=4,
    ),
    st.text(max_size=12),
)
@settings(max_examples=60, deadline=None)
def test_it_reads_anything_and_stays_within_it(parts: list[str], noise: str) -> None:
    text = noise.join(parts)
    for one in read(text).facts:
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == one.words
        assert 0 < one.sureness <= 1
        assert one.value is not None or one.low is not None or one.high is not None


@pytest.mark.parametrize("row", TOLD, ids=lambda row: row.place)
def test_it_does_not_mind_zero_width_and_full_width(row: Example) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in row.text)
    hidden = "\u200b".join(wide)
    assert sure(read(hidden)) == row.facts
