"""A field's words in the sentence they came from."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.console.evidence import MOST_AROUND, Quote, quote, sure
from backend.console.shown import masked
from locales import translator

TEXT = "我爸63了，瘫在床上。家里一个月四五百！没得人管"


def stated(words: str | None, span: tuple[int, int] | None, message: str = "m1") -> SimpleNamespace:
    start, end = span or (None, None)
    return SimpleNamespace(words=words, span_start=start, span_end=end, message=message)


@pytest.mark.parametrize(
    ("words", "span", "found"),
    [
        ("63了", (2, 5), Quote("我爸", "63了", "，瘫在床上。", True)),
        ("瘫在床上。", (6, 11), Quote("我爸63了，", "瘫在床上。", "", True)),
        ("一个月四五百", (13, 19), Quote("家里", "一个月四五百", "！", True)),
        ("没得人管", (20, 24), Quote("", "没得人管", "", True)),
        ("一个月四五百", None, Quote("家里", "一个月四五百", "！", True)),
        ("一个月四五百", (0, 3), Quote("家里", "一个月四五百", "！", True)),  # a span that points elsewhere
        ("没说过", (0, 3), Quote("", "没说过", "", False)),
        ("。", None, Quote("", "。", "", False) if TEXT.count("。") > 1 else None),
    ],
)
def test_it_finds_the_sentence(words: str, span: tuple[int, int] | None, found: Quote | None) -> None:
    given_ = quote(stated(words, span), {"m1": TEXT})  # type: ignore[arg-type]
    if found is not None:
        assert given_ == found


def test_a_button_has_no_words() -> None:
    assert quote(stated(None, None), {}) is None  # type: ignore[arg-type]


def test_words_that_stand_twice_are_not_guessed() -> None:
    assert quote(stated("四百", None), {"m1": "四百，不对，四百五"}) == Quote("", "四百", "", False)  # type: ignore[arg-type]


def test_a_message_that_is_gone_leaves_the_words() -> None:
    assert quote(stated("63了", (2, 5), "m9"), {"m1": TEXT}) == Quote("", "63了", "", False)  # type: ignore[arg-type]


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_a_quote_is_always_a_piece_of_what_was_written(text: str, start: int, end: int) -> None:
    words = text[start:end]
    if not words:
        return
    found = quote(stated(words, (start, min(end, len(text)))), {"m1": text})  # type: ignore[arg-type]
    assert found
    assert found.found
    assert found.words == masked(text)[start:end]
    before, after = found.before.removeprefix("…"), found.after.removesuffix("…")
    assert (before + found.words + after) in masked(text) or "…" in text
    assert max(len(before), len(after)) <= MOST_AROUND + 1


@pytest.mark.parametrize(
    ("sureness", "level"), [(0, 1), (0.49, 1), (0.5, 2), (0.7, 3), (0.899, 3), (0.9, 4), (1, 4)]
)
def test_how_sure_is_four_blocks_and_a_word(sureness: float, level: int) -> None:
    for lang in ("zh", "en"):
        shown = sure(sureness, translator(lang))
        assert shown.level == level
        assert shown.words
