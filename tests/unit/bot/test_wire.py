"""Replies as JSON keep the shape in which others measure the desk (`interfaces.md`, Web chat)."""

from __future__ import annotations

import json
from decimal import Decimal

from bot.wire import message
from handlers.messages import Asks, Choice, Reply, SuggestionLine, UnderstoodFact


def test_it_has_every_key_of_a_message_even_when_there_is_nothing_to_say_for_it() -> None:
    assert message(Reply("welcome", "您好")) == {
        "kind": "reply", "step": "welcome", "text": "您好", "asks": None, "choices": [], "suggestions": None,
        "understood": None, "receipt": None,
    }  # fmt: skip


def test_it_says_for_where_we_say_subject_and_writes_amounts_as_numbers() -> None:
    reply = Reply(
        "question", "多少?", asks=Asks("household_income_month", "household"),
        choices=(Choice("7.0", "不到三百", "answer", Decimal("300")), Choice("7.1", "不知道", "dont_know")),
        suggestions=(SuggestionLine("dibao_rural", "household", "true", name="低保", reasons=("因为",)),),
        understood=(
            UnderstoodFact("household_income_month", "household", "四五百", (3, 6), 0.9, low=Decimal("400"), high=Decimal("500.5")),
            UnderstoodFact("age", "child", "8岁", (0, 2), 1.0, value=8, which=2),
        ),
        receipt={"reference": "YC-1", "applications": []}, chosen="有",
    )  # fmt: skip
    shown = json.loads(json.dumps(message(reply)))
    assert shown["asks"] == {"fact": "household_income_month", "for": "household"}
    assert shown["choices"][0] == {"id": "7.0", "label": "不到三百", "kind": "answer", "value": 300}
    assert shown["choices"][1]["value"] is None
    assert shown["suggestions"] == [
        {"programme": "dibao_rural", "for": "household", "truth": "true", "name": "低保", "reasons": ["因为"]}
    ]
    assert (shown["understood"][0]["low"], shown["understood"][0]["high"]) == (400, 500.5)
    assert "value" not in shown["understood"][0]
    assert (
        shown["understood"][1]["value"],
        shown["understood"][1]["which"],
        shown["understood"][1]["span"],
    ) == (8, 2, [0, 2])
    assert shown["chosen"] == "有"
