"""Words that are commands: exact, and never a part of a sentence."""

from __future__ import annotations

import pytest

from handlers.commands import COMMANDS, find


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/status", "status"),
        ("／status", "status"),
        ("/Status@onedoor_bot", "status"),
        ("人工", "human"),
        ("人工。", "human"),
        (" 返回 ", "back"),
        ("为啥子？", "why"),
        ("不晓得", "dont_know"),
        ("I'd rather not say", "decline"),
        ("FORGET", "forget"),
        ("ｓｔａｔｕｓ", "status"),
        ("為什麼？", "why"),
        ("進度", "status"),
        ("刪除資料", "forget"),
        ("不知道\u200b", "dont_know"),
    ],
)
def test_it_knows_the_words(text: str, command: str) -> None:
    assert find(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "the end of the month",
        "status of my father",
        "人工费要好多",
        "不知道他几岁",
        "取消了低保",
        "cancelled",
        "返回重庆以后就病了",
        "/status now",
        "/intent{'a': 'b'}",
        "/",
        "",
        "没有",
        "hi",
    ],
)
def test_it_leaves_everything_else_alone(text: str) -> None:
    assert find(text) is None


def test_it_has_a_slash_for_each() -> None:
    assert [find(f"/{one}") for one in COMMANDS] == list(COMMANDS)
