"""Whatever is sent, in whatever order: never an exception, always a way forward, and no accepted answer lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.flow import STEPS
from handlers.messages import Entity, Understanding
from tests.chat import Chat

SAID = (
    "中文|English|是|不是|没有|好|对|不知道|不想说|为什么|返回|人工|进度|材料|我的资料|删除资料|取消|语言|帮助|申请|你好|谢谢|"
    "我爸63岁，瘫在床上|我女儿得了白血病|家里四口人，一个月四五百|不对，是五口人|三千|0|2|83|农村|城镇|我不想活了|没饭吃了|"
    "我自己|我是信息员|我妈|洪大爷|13800000000|500118196803021234|张三|一级|低保|邻居家一个月两万|%s %(x)s {0}|👍|  |"
    "/start|/status|/human|/forget|/cancel|/language|/apply|/documents|/mydata|/back|/x|／help|yes|no|skip|I am 82 years old"
)
WORDS = SAID.split("|")
NOTICES = ("received", "accepted", "in_review", "question", "approved", "denied", "withdrawn", "message")

taps = st.tuples(st.just("tap"), st.integers(0, 11))
said = st.tuples(st.just("say"), st.sampled_from(WORDS) | st.text(max_size=40))
rest = st.sampled_from(
    [
        ("start", None),
        ("stale", "1.0"),
        ("stale", "x"),
        ("send", "attachment"),
        ("send", "other"),
        ("down", True),
        ("down", False),
    ]
)
notices = st.tuples(st.just("notice"), st.sampled_from(NOTICES))
# Mostly taps, so that long conversations reach the late steps too.
inputs = st.lists(taps | taps | taps | said | rest | notices, max_size=35)


async def _do(chat: Chat, what: str, how: Any) -> None:
    if what == "tap":
        choices = chat.conversation.choices
        await chat.press_id(choices[how % len(choices)].id if choices else "0.0")
    elif what == "say":
        await chat.say(how)
    elif what == "start":
        await chat.start()
    elif what == "stale":
        await chat.press_id(how)
    elif what == "send":
        await chat.other(how)
    elif what == "down":
        chat.backend.down = how
    elif chat.backend.standing:
        more = {"question": "q1", "text": "几口人？", "fact": "household_size"} if how == "question" else {}
        await chat.told(chat.backend.notice(how, next(iter(chat.backend.standing)), **more))


@settings(max_examples=60, deadline=None)
@given(inputs)
async def test_it_can_always_go_on(sent: list[tuple[str, Any]]) -> None:
    chat = Chat()
    await chat.start()
    for what, how in sent:
        before = set(chat.facts)
        drafts = (len(chat.conversation.filed), chat.conversation.consented)
        step = chat.conversation.step
        await _do(chat, what, how)
        conversation = chat.conversation
        assert chat.replies
        assert all(one.text.strip() for one in chat.replies)
        assert conversation.step in STEPS
        # A way forward: a button that counts, or words that the step takes.
        assert conversation.choices
        assert all(len(one.choices) <= 8 for one in chat.replies)
        ids = [one.id for one in conversation.choices]
        assert len(set(ids)) == len(ids)
        assert all(one.isascii() and len(one) <= 60 for one in ids)
        assert not any("500118196803021234" in line.text for line in conversation.transcript)
        # An accepted answer goes away only by filing, by deleting, or by "I did not say that".
        ended = drafts != (len(conversation.filed), conversation.consented)
        if not ended and step not in ("cancel", "forget", "question"):
            assert before <= set(chat.facts) or step == "filed"


entities = st.builds(
    Entity,
    entity=st.text(max_size=12),
    start=st.integers(-5, 60),
    end=st.integers(-5, 60),
    value=st.text(max_size=12),
)
understandings = st.builds(
    Understanding,
    intent=st.sampled_from(["affirm", "deny", "human", "delete_my_data", "withdraw", "start_over", "apply", "why", "back",
                            "check_status", "change_language", "dont_know", "nonsense", None]),
    confidence=st.floats(0, 1),
    margin=st.floats(0, 1),
    entities=st.lists(entities, max_size=3).map(tuple),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS) | st.text(max_size=60), understandings), max_size=12))
async def test_it_files_and_deletes_nothing_from_words(sent: list[tuple[str, Understanding]]) -> None:
    chat = Chat()
    await chat.start()
    for words in ("中文", "同意，开始", "我自己", "一个一个问我"):
        await chat.press(words)
    await chat.press("answer")
    stored = len(chat.facts)
    for words, understanding in sent:
        await chat.say(words, understanding)
        assert chat.conversation.step in STEPS
        assert not chat.backend.submissions
        assert len(chat.facts) >= stored or chat.conversation.step != "consent"
