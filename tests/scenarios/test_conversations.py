"""Conversations as they are had: each file is read aloud, said and expected, through the real router.

The language model is off: every one of them has to work with buttons and the extractors alone.

    - say: words typed          - press: a button, by its words or kind        - start / command / stale: as named
      step: question              the step of the last message
      asks: age of self           what it asks
      says: [words]               words somewhere in this turn's messages; `never_says` for the opposite
      buttons: [words]            buttons that are there now
      facts: {age of self: 63}    stored answers; a range is [low, high]; null is "nothing stored"
      suggested: {dibao_rural: true}
    - answer: {age: "63"}         answers questions until something else is asked; what is not listed is not known
    - wait: 60                    seconds go by          - backend: down / up
    - notice: question            the backend wants something told about the first application
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from backend.eligibility.model import Range
from tests import factories
from tests.chat import Chat

FOLDER = Path(__file__).parent / "conversations"


SCENARIOS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yml"))
}


@pytest.mark.parametrize("name", SCENARIOS)
async def test_it_goes_as_written(name: str) -> None:
    scenario = SCENARIOS[name]
    chat = Chat(channel=scenario.get("channel", "telegram"))
    for number, turn in enumerate(scenario["turns"], 1):
        try:
            await _do(chat, turn)
            _check(chat, turn)
        except AssertionError as wrong:
            heard = "\n".join(f"  [{one.step}] {one.text}" for one in chat.replies)
            raise AssertionError(f"{name}, turn {number} {turn}: {wrong}\nThe desk said:\n{heard}") from wrong


async def _do(chat: Chat, turn: Mapping[str, Any]) -> None:
    if "start" in turn:
        await chat.start(**(turn["start"] or {}))
    if "say" in turn:
        await chat.say(turn["say"] * turn.get("times", 1))
    if "press" in turn:
        for words in turn["press"] if isinstance(turn["press"], list) else [turn["press"]]:
            await chat.press(words)
    if "command" in turn:
        await chat.command(turn["command"])
    if "stale" in turn:
        await chat.press_id(turn["stale"])
    if "send" in turn:
        await chat.other(turn["send"])
    if "answer" in turn:
        await factories.answer(chat, turn["answer"])
    if "wait" in turn:
        chat.clock.moment += timedelta(seconds=turn["wait"])
    if "backend" in turn:
        chat.backend.down = turn["backend"] == "down"
    if "notice" in turn:
        reference = next(iter(chat.backend.standing))
        await chat.told(chat.backend.notice(turn["notice"], reference, **turn.get("with", {})))


def _check(chat: Chat, turn: Mapping[str, Any]) -> None:
    said = chat.said
    if "step" in turn:
        assert chat.last.step == turn["step"], f"step {chat.last.step}"
    if "asks" in turn:
        assert chat.last.asks is not None, "nothing was asked"
        assert f"{chat.last.asks.fact} of {chat.last.asks.subject}" == turn["asks"]
    for words in _list(turn.get("says")):
        assert words in said, f"{words!r} was not said"
    for words in _list(turn.get("never_says")):
        assert words not in said, f"{words!r} was said"
    for words in _list(turn.get("buttons")):
        chat.button(words)
    for name, expected in turn.get("facts", {}).items():
        fact, subject = name.split(" of ")
        assert chat.facts.get((fact, subject)) == _value(expected), (
            f"{name} is {chat.facts.get((fact, subject))!r}"
        )
    if "suggested" in turn:
        assert chat.last.suggestions is not None
        found = {one.programme: one.truth for one in reversed(chat.last.suggestions)}
        found |= {one.programme: one.truth for one in chat.last.suggestions if one.truth == "true"}
        for programme, truth in turn["suggested"].items():
            assert found.get(programme) == str(truth).lower(), f"{programme} is {found.get(programme)}"
    if "filed" in turn:
        assert len(chat.backend.submissions) == turn["filed"]
    if "helped" in turn:
        assert [one.urgent or one.kind for one in chat.backend.help.values()] == turn["helped"]
    if "answered" in turn:
        assert [one.text for one in chat.backend.answers.values()] == turn["answered"]


def _value(expected: Any) -> Any:
    if isinstance(expected, list) and len(expected) == 2 and all(isinstance(one, int) for one in expected):
        return Range(*expected)
    return tuple(expected) if isinstance(expected, list) else expected


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])
