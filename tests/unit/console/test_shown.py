"""What people wrote, made safe to look at."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from backend.console.shown import has_hidden, masked, masked_name, shown, visible

ANY_TEXT = st.text(st.characters(codec=None))  # lone surrogates too


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("普通的话，三口人。", "普通的话，三口人。"),
        ("行一\n行二\t好", "行一\n行二\t好"),
        ("a\u202eb", "a⟦U+202E⟧b"),
        ("a\u200bb", "a⟦U+200B⟧b"),
        ("a\x00b\x1b[31m", "a⟦U+0000⟧b⟦U+001B⟧[31m"),
        ("\ud800", "⟦U+D800⟧"),
        ("永\u3164川", "永⟦U+3164⟧川"),
        ("a\u200db", "a⟦U+200D⟧b"),
        ("👨‍👩‍👧 ❤️ 1️⃣", "👨‍👩‍👧 ❤️ 1️⃣"),
        ("e\u0301", "e\u0301"),
        ("z\u0301\u0302\u0303", "z\u0301\u0302⟦U+0303⟧"),
        ("\u2028x\u2029", "⟦U+2028⟧x⟦U+2029⟧"),
        ("𠮷㐂", "𠮷㐂"),
    ],
)
def test_it_writes_out_what_would_not_be_seen(written: str, seen: str) -> None:
    assert visible(written) == seen
    assert has_hidden(written) is (written != seen)


@given(ANY_TEXT)
def test_nothing_hidden_is_left_and_the_rest_stays(text: str) -> None:
    seen = visible(text)
    assert not [
        each
        for each in seen
        if unicodedata.category(each) in ("Cc", "Cs", "Co", "Cn") and each not in "\n\r\t"
    ]
    assert "\u202e" not in seen
    seen.encode()  # can be sent
    assert visible(seen) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("500118196803021234", "500***********1234"),
        ("身份证50011819680302123X。", "身份证500***********123X。"),
        ("500118680302123", "500********2123"),
        ("5001 1819 6803 0212 34", "500***************2 34"),
        ("６２２２０２１２３４５６７８９０１２３", "６２２************０１２３"),
        ("13800000001", "13800000001"),
        ("2026年11月23日 24000元", "2026年11月23日 24000元"),
        ("7KMX-4RWA-C9PT", "7KMX-4RWA-C9PT"),
    ],
)
def test_identity_and_bank_numbers_are_covered(written: str, seen: str) -> None:
    assert masked(written) == seen


@given(ANY_TEXT)
def test_covering_never_moves_a_character(text: str) -> None:
    covered = masked(text)
    assert len(covered) == len(text)
    assert all(one in (other, "*") for one, other in zip(covered, text, strict=True))


def test_only_text_is_touched() -> None:
    assert shown(3) == 3
    assert shown(None) is None
    assert shown(Markup("<b>\u202e</b>")) == Markup("<b>\u202e</b>")


@pytest.mark.parametrize(
    ("name", "seen"),
    [("洪永福", "洪**"), ("  张 三 ", "张**"), ("Hong", "H**"), ("", ""), (None, ""), (" ", "")],
)
def test_a_name_in_a_list_is_mostly_stars(name: str | None, seen: str) -> None:
    assert masked_name(name) == seen
