"""What the backend wants told, in the reader's language."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from backend import contract
from handlers.conversation import Filed, Person, Reporter
from handlers.notices import RENDERERS
from tests.chat import Chat
from tests.fakes.intake import NOW

FILED: dict[str, Any] = {
    "programme": "disability_care_subsidy", "subject": "self", "reference": "R-1-1", "department": "民政局",
    "due_on": "2026-12-23", "name": "重度残疾人护理补贴", "whom": "您父亲", "due": "2026年12月23日",
}  # fmt: skip
MORE = {
    "question": {
        "question": "q-1",
        "text": "残疾证是哪年办的？",
        "fact": "disability_level",
        "subject": "self",
    },
    "approved": {"reason": "情况属实", "amount": "每月90元"},
    "denied": {"reason": "收入超过标准"},
    "withdrawn": {"reason": "本人要求"},
    "message": {"text": "请带上户口簿 100%"},
}


def notice(kind: str, **more: Any) -> dict[str, Any]:
    """A notice as the bot's inbox holds it."""
    parameters = {
        "programme": "disability_care_subsidy",
        "subject": "self",
        "reference": "R-1-1",
        "due_on": "2026-12-23",
    }
    return {
        "id": f"n-{kind}", "kind": kind, "created_at": NOW.isoformat(),
        "contact": {"channel": "telegram", "conversation": "c1", "lang": "zh"},
        "parameters": {**parameters, **MORE.get(kind, {}), **more},
    }  # fmt: skip


def after_filing(lang: str) -> Chat:
    """A daughter who has filed for her father."""
    chat = Chat()
    chat.conversation.lang, chat.conversation.step = lang, "filed"
    reporter = Reporter("proxy", relation="father")
    chat.conversation.filed = [Filed("R-1", NOW, [FILED], reporter, [Person("spouse", "spouse")])]
    return chat


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", get_args(contract.NoticeKind))
async def test_it_tells_every_kind(kind: str, lang: str) -> None:
    chat = after_filing(lang)
    reply = await chat.told(notice(kind))
    assert reply.kind == "notice"
    assert "R-1-1" in reply.text
    assert ("您父亲" if lang == "zh" else "your father") in reply.text
    for words in MORE.get(kind, {}).values():
        assert words in reply.text or words in ("q-1", "disability_level", "self")
    # The first line is what a locked telephone shows.
    assert "补贴" not in reply.text.splitlines()[0]
    assert chat.conversation.step == ("office" if kind == "question" else "filed")


def test_it_has_a_renderer_for_each() -> None:
    assert set(RENDERERS) == set(get_args(contract.NoticeKind))


async def test_it_says_when_everything_filed_together_has_arrived() -> None:
    reply = await after_filing("zh").told(notice("received", programme=None, reference="R-1", applications=2))
    assert "2项申请都收到了" in reply.text
    assert "2026年12月23日" in reply.text


@pytest.mark.parametrize("broken", [{}, {"id": "x"}, {**notice("approved"), "kind": "brand_new"}])
async def test_it_says_something_plain_of_a_notice_it_cannot_read(broken: dict[str, Any]) -> None:
    reply = await after_filing("zh").told(broken)
    assert "进度" in reply.text


async def test_it_does_not_disturb_what_is_being_asked() -> None:
    chat = Chat()
    await chat.start()
    for words in ("中文", "同意，开始", "我自己", "一个一个问我"):
        await chat.press(words)
    before, buttons = chat.last.asks, chat.buttons
    await chat.told(notice("accepted"))
    assert chat.buttons == buttons
    await chat.told(notice("question"))
    assert chat.conversation.step == "office"
    await chat.press("1级") if "1级" in chat.buttons else await chat.press("answer")
    assert chat.last.asks == before
    (answer,) = chat.conversation.unsent or [None]
    assert answer is None  # the fake refused it (it knows no such application): said, not kept for ever


async def test_it_asks_one_question_after_the_other() -> None:
    chat = after_filing("zh")
    await chat.told(notice("question"))
    second = await chat.told(notice("question", question="q-2", text="家里几口人？", fact="household_size"))
    assert "家里几口人" in second.text
    assert chat.conversation.step_data["fact"] == "disability_level"
    await chat.say("二级")
    assert chat.conversation.step == "office"
    assert "家里几口人" in chat.last.text
    await chat.say("三口人")
    assert chat.conversation.step == "filed"
    assert chat.conversation.pending_questions == []


async def test_it_tells_the_same_question_once() -> None:
    chat = after_filing("zh")
    await chat.told(notice("question"))
    await chat.told(notice("question"))
    assert len(chat.conversation.pending_questions) == 1
