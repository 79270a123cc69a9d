"""Several keyboards in one turn, and a server on this machine behind somebody's proxy settings."""

from __future__ import annotations

from typing import Any

import pytest

from backend.tools.sql import Database
from bot.turns import Answer
from handlers.messages import Choice, InboundMessage, Reply
from tests.bot_harness import BotUnderTest, Sim
from tests.fakes.echo import EchoBrain

pytestmark = pytest.mark.slow


class Review(EchoBrain):
    """Shows a review of three messages with buttons under each, whatever is said."""

    async def answer(self, message: InboundMessage, state: dict[str, Any] | None) -> Answer:
        answer = await super().answer(message, state)
        chosen = {"1.0": "改名字", "1.2": "交上去"}.get(message.choice or "")
        labels = ("改名字", "改电话", "交上去")
        replies = [
            Reply("review", f"{i}", choices=(Choice(f"1.{i}", label, "correct"),))
            for i, label in enumerate(labels)
        ]
        first = Reply("review", "0", choices=replies[0].choices, chosen=chosen)
        return Answer(answer.state, "zh", (first, *replies[1:]))


async def test_it_takes_every_button_of_the_last_turn_away_and_marks_the_one_pressed(
    database: Database, api: str, sim: Sim
) -> None:
    bot = BotUnderTest(database, api, Review())
    await bot.start()
    try:
        await sim.say("show")
        await sim.hears(3)
        await sim.press("改名字")
        await sim.hears(6)
        edits = await sim.transcript("bot", "edit")
        assert sorted(edit["text"] for edit in edits) == ["0\n\n✓ 改名字", "1", "2"]
        assert all(edit["buttons"] == [] for edit in edits)
    finally:
        await bot.stop()


async def test_it_goes_straight_to_a_server_on_this_machine(
    database: Database, api: str, sim: Sim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    bot = BotUnderTest(database, api)
    await bot.start()
    try:
        await sim.say("hi")
        assert await sim.hears(1) == ["#1 hi"]
    finally:
        await bot.stop()
