"""`onedoor understand`, held to `interfaces.md`: lines in, lines out, a bad one answered in its place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from bot import cli


def run(*arguments: str, lines: list[str | bytes]) -> tuple[int, list[dict[str, Any]], str]:
    given = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "understand", *arguments],
        input=given,
        capture_output=True,
        timeout=110,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    code, out, errors = run(
        "--no-nlu",
        lines=[
            '{"id": "1", "text": "我爸63了,瘫在床上,家里一个月四五百", "lang": null, "asked": null}',
            "rubbish",
            '{"id": 2}',
            "",
            '{"id": "3", "text": "三千", "asked": "household_income_month", "asked_for": "household"}',
            '{"id": "4", "text": "x", "asked": "no_such_fact"}',
            "[1]",
            b'{"id": "5", "text": "\xff"}',
            '{"id": "6", "text": "half \\ud800 a character", "lang": "en"}',
            '{"id": "7", "text": "x", "lang": "tlh"}',
            '{"id": "8", "text": "x", "asked_for": "king"}',
            json.dumps({"id": "9", "text": "我爸63了。" + "家里困难，" * 3000}),
            '{"id": "10", "text": ""}',
            '{"id": "11", "text": "大的8岁读小学，小的3岁，两个娃儿", "on": "2022-01-01"}',
            '{"id": "12", "text": "不晓得", "asked": "age", "asked_for": "father"}',
            '{"id": "13", "text": "我家吃低保", "on": "yesterday"}',
            '{"id": {"a": 1}, "text": "我家吃低保"}',
        ],
    )
    assert (code, errors) == (0, "")
    return out


def test_it_answers_the_example_of_the_interface(answers: list[dict[str, Any]]) -> None:
    first = answers[0]
    assert {k: first[k] for k in ("id", "lang", "intent", "urgent", "not_understood")} == {
        "id": "1", "lang": "zh", "intent": "describe_situation", "urgent": None, "not_understood": [],
    }  # fmt: skip
    plain = [{k: v for k, v in fact.items() if k != "sureness"} for fact in first["facts"]]
    assert plain == [
        {"fact": "age", "who": "father", "value": 63, "words": "63了", "span": [2, 5]},
        {"fact": "self_care_ability", "who": "father", "value": "none", "words": "瘫在床上", "span": [6, 10]},
        {"fact": "household_income_month", "who": "household", "low": 400, "high": 500, "words": "一个月四五百", "span": [13, 19]},
    ]  # fmt: skip


def test_it_answers_every_line_in_its_place(answers: list[dict[str, Any]]) -> None:
    ids = [one["id"] for one in answers]
    assert ids == ["1", None, 2, "3", "4", None, None, "6", "7", "8", "9", "10", "11", "12", "13", {"a": 1}]
    bad = [one["id"] for one in answers if "error" in one]
    assert bad == [None, 2, "4", None, None, "7", "8", "13"]


def test_it_says_whether_a_question_was_answered(answers: list[dict[str, Any]]) -> None:
    by_id = {str(one["id"]): one for one in answers}
    assert by_id["3"]["answer"] == "value"
    assert by_id["3"]["facts"][0]["value"] == 3000
    assert (by_id["12"]["answer"], by_id["12"]["facts"]) == ("dont_know", [])
    assert "answer" not in by_id["1"]


def test_it_tells_children_apart_and_lists_help_received(answers: list[dict[str, Any]]) -> None:
    by_id = {str(one["id"]): one for one in answers}
    ages = [(f["who"], f["which"], f["value"]) for f in by_id["11"]["facts"] if f["fact"] == "age"]
    assert ages == [("child", 1, 8), ("child", 2, 3)]
    (aid,) = answers[-1]["facts"]
    assert (aid["fact"], aid["value"]) == ("receiving_programmes", ["dibao"])


def test_it_reads_no_more_of_a_huge_text_than_the_chat_does(answers: list[dict[str, Any]]) -> None:
    nine = next(one for one in answers if one["id"] == "9")
    assert nine["read"] == 4000
    assert nine["facts"][0]["value"] == 63


def test_it_refuses_a_day_that_is_none_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["understand", "--no-nlu", "--on", "someday"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert cli.main(["understand", "--what"]) == 2
