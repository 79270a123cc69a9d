"""Identity and bank numbers are covered, telephone numbers and amounts are not."""

from __future__ import annotations

import pytest

from handlers.masking import mask, masked


@pytest.mark.parametrize(
    "number",
    [
        "500118196803021234",
        "50011819680302123X",
        "500118 19680302 1234",
        "500118-19680302-1234",
        "５００１１８１９６８０３０２１２３４",
        "500118680302123",
        "6222021234567890123",
        "6222 0212 3456 7890 123",
    ],
)
def test_it_covers_numbers_and_keeps_places(number: str) -> None:
    text = f"我的号码是{number}，请查"
    covered = mask(text)
    assert len(covered) == len(text)
    assert covered.startswith("我的号码是＊")
    assert covered.endswith("，请查")
    assert not any(each.isdigit() for each in covered)
    assert masked(text)


@pytest.mark.parametrize(
    "text", ["13800000000", "一个月3000到4000元", "2020年11月1日", "电话023-12345678", ""]
)
def test_it_leaves_other_numbers(text: str) -> None:
    assert mask(text) == text


def test_it_is_quick_with_endless_digits() -> None:
    assert "1" not in mask("1" * 20_000)
    assert mask("1 " * 13) == "1 " * 13
