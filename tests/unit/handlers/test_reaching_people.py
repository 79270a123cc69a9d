"""Urgent words and wishes for a person reach somebody, also when the intake is down, hangs or says no."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from backend import contract
from handlers import desk
from tests.chat import Chat
from tests.fakes.intake import FakeIntake


async def at_situation(backend: FakeIntake | None = None) -> Chat:
    chat = Chat(backend=backend)
    await chat.start()
    for words in ("中文", "同意，开始", "我自己"):
        await chat.press(words)
    return chat


class Hanging(FakeIntake):
    """Takes the call and never answers."""

    async def ask_for_help(self, message_id: str, request: contract.HelpRequestIn) -> None:
        """Waits for ever."""
        self.calls += 1
        await asyncio.sleep(3600)


@pytest.mark.parametrize(
    ("said", "kind", "number"),
    [
        ("我不想活了", "self_harm", "12356"),
        ("我老公打我", "violence", "110"),
        ("没饭吃了", "hunger", "12345"),
    ],
)
async def test_it_gives_the_number_first_and_tells_somebody(said: str, kind: str, number: str) -> None:
    chat = await at_situation()
    await chat.say(said)
    assert chat.replies[0].step == "human"
    assert number in chat.replies[0].text
    (request,) = chat.backend.help.values()
    assert request.urgent == kind
    assert request.transcript[-1].text == said
    assert chat.conversation.draft.urgent == kind
    assert chat.last.choices


async def test_it_speaks_of_danger_in_the_language_of_who_is_in_it() -> None:
    chat = Chat()
    await chat.say("I want to kill myself")
    assert "Your safety comes first" in chat.said


async def test_it_does_not_keep_somebody_in_danger_waiting_for_a_hanging_intake(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk, "PATIENCE", 0.05)
    chat = await at_situation(Hanging())
    async with asyncio.timeout(5):
        await chat.say("我不想活了")
    assert "12356" in chat.said
    assert len(chat.conversation.unsent) == 1
    calls = chat.backend.calls
    await chat.say("我今年63岁")
    assert chat.backend.calls == calls  # not again with every word


async def test_it_tries_again_when_nudged_and_only_once_it_went_through() -> None:
    chat = await at_situation()
    chat.backend.down = True
    await chat.say("人工")
    await chat.say("我不想活了")
    assert len(chat.conversation.unsent) == 2
    step, choices = chat.conversation.step, chat.conversation.choices
    chat.backend.down = False
    chat.clock.moment += timedelta(minutes=1)
    await chat.nudge()
    assert chat.replies == []
    assert [one.kind for one in chat.backend.help.values()] == ["human", "urgent"]
    assert chat.conversation.unsent == []
    assert (chat.conversation.step, chat.conversation.choices) == (step, choices)
    chat.clock.moment += timedelta(minutes=1)
    await chat.nudge()
    assert len(chat.backend.help) == 2


async def test_it_says_where_to_go_when_nobody_can_be_told() -> None:
    chat = await at_situation()
    chat.backend.refuse = True
    await chat.say("人工")
    assert "12345" in chat.said
    assert chat.conversation.unsent == []


async def test_it_sends_an_answer_to_the_office_later_if_need_be() -> None:
    chat = await at_situation()
    for words in ("一个一个问我",):
        await chat.press(words)
    while chat.last.step == "question":
        await chat.press("dont_know")
    for words in ("还是想申请", "临时救助", "选好了", "go", "先不说", "先不说", "file"):
        await chat.press(words)
    reference = next(iter(chat.backend.standing))
    await chat.told(
        chat.backend.notice("question", reference, question="q1", text="几口人？", fact="household_size")
    )
    chat.backend.down = True
    await chat.say("四口人")
    assert "不用再发" in chat.said
    assert chat.last.step == "filed"
    chat.backend.down = False
    chat.clock.moment += timedelta(minutes=1)
    await chat.nudge()
    (answer,) = chat.backend.answers.values()
    assert answer.text == "四口人"
    assert answer.fact is not None
    assert (answer.fact.value, answer.fact.evidence.words) == (4, "四口人")
