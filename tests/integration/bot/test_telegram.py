"""The Telegram channel end to end, against the fake Bot API server: every kind of update, buttons, long texts."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from backend.tools.sql import Database
from bot.store import ConversationRow, InboxRow, OutboundRow
from tests.bot_harness import ANNA, HONG, WANG, BotUnderTest, Sim
from tests.waiting import until

pytestmark = pytest.mark.slow


def rows(database: Database) -> list[InboxRow]:
    with database.read() as session:
        return list(session.scalars(select(InboxRow).order_by(InboxRow.id)))


async def settled(database: Database, count: int) -> list[InboxRow]:
    def all_done() -> list[InboxRow] | None:
        found = rows(database)
        return found if len(found) >= count and all(row.done_at or row.dead_at for row in found) else None

    found = await until(all_done)
    assert found is not None
    return found


async def test_it_answers_each_chat_in_order(bot: BotUnderTest, sim: Sim) -> None:
    for number in range(3):
        await sim.say(str(number))
        await sim.say(str(number), HONG)
    await sim.hears(6)
    for chat in (WANG, HONG):
        assert await sim.texts(chat) == ["#1 0", "#2 1", "#3 2"]


async def test_it_sets_commands_in_each_language_and_confirms_what_it_stored(
    bot: BotUnderTest, sim: Sim
) -> None:
    await sim.say("hi")
    await sim.hears(1)
    commands = (await sim.state())["commands"]
    assert {"default:", "default:zh", "default:en"} <= set(commands)
    assert commands["default:en"][0] == {"command": "start", "description": "Start, or carry on"}
    await until(lambda: _nothing_pending(sim))


async def _nothing_pending(sim: Sim) -> bool:
    return (await sim.state())["pending"] == []


async def test_it_turns_an_answered_question_into_what_was_chosen(bot: BotUnderTest, sim: Sim) -> None:
    await sim.say("buttons please")
    await sim.hears(1)
    await sim.press("不是")
    assert (await sim.hears(2))[1] == "#2 chose 1.1"
    (answer,) = await until(lambda: sim.transcript("bot", "callback_answer"))
    assert answer["after"] < 1
    (edit,) = await sim.transcript("bot", "edit")
    assert (edit["text"], edit["buttons"]) == ("要吗?\n\n✓ 是", [])


async def test_it_takes_the_buttons_away_when_the_answer_was_typed(bot: BotUnderTest, sim: Sim) -> None:
    await sim.say("buttons please")
    await sim.hears(1)
    await sim.say("不要")
    await sim.hears(2)
    (edit,) = await sim.transcript("bot", "edit")
    assert (edit["text"], edit["buttons"]) == ("要吗?", [])


async def test_it_goes_on_when_the_press_is_too_old_to_be_answered(bot: BotUnderTest, sim: Sim) -> None:
    await sim.fault("limits", query_seconds=0)
    await sim.say("buttons please")
    await sim.hears(1)
    await sim.press("是")
    assert (await sim.hears(2))[1] == "#2 chose 1.0"


async def test_it_goes_on_when_the_question_cannot_be_edited(bot: BotUnderTest, sim: Sim) -> None:
    await sim.fault(
        kind="error", method="editMessageText", code=400, description="Bad Request: message to edit not found"
    )
    await sim.say("buttons please")
    await sim.hears(1)
    await sim.press("是")
    assert (await sim.hears(2))[1] == "#2 chose 1.0"


async def test_it_sends_long_texts_in_pieces_that_make_up_the_whole(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    story = ("我家的事说来话长。" * 60 + "\n\n") * 5 + "😀" * 500
    assert len(story) > 3000
    await sim.say(story)
    await until(lambda: _said(sim, story))


async def _said(sim: Sim, story: str) -> bool:
    return "".join(await sim.texts()) == f"#1 {story}"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("voice", "听不懂语音"), ("audio", "听不懂语音"), ("video_note", "听不懂语音"), ("location", "没有保存您的位置"),
        ("venue", "没有保存您的位置"), ("contact", "还不需要电话"), ("photo", "#1 attachment"), ("document", "#1 attachment"),
        ("video", "#1 attachment"), ("sticker", "#1 other"), ("animation", "#1 other"), ("dice", "#1 other"), ("poll", "#1 other"),
        ("game", "#1 other"), ("story", "#1 other"),
    ],
)  # fmt: skip
async def test_it_answers_whatever_people_send(
    bot: BotUnderTest, sim: Sim, database: Database, kind: str, expected: str
) -> None:
    content = {"mime_type": "video/mp4"} if kind == "animation" else {}
    await sim.act(WANG, "send", kind=kind, content=content)
    assert expected in (await sim.hears(1))[0]
    (row,) = await settled(database, 1)
    assert row.dead_at is None


async def test_it_answers_a_row_of_stickers_once(bot: BotUnderTest, sim: Sim, database: Database) -> None:
    for _ in range(3):
        await sim.act(WANG, "send", kind="sticker")
    found = await settled(database, 3)
    assert [row.no_reply for row in found] == [None, "one more sticker", "one more sticker"]
    assert len(await sim.hears(1)) == 1


async def test_it_refuses_somebody_elses_contact(bot: BotUnderTest, sim: Sim) -> None:
    await sim.act(WANG, "send", kind="contact", content={"user_id": 5})
    assert "别人的电话" in (await sim.hears(1))[0]


async def test_it_leaves_an_answer_alone_when_the_message_is_edited(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    said = await sim.say("四口人")
    await sim.hears(1)
    await sim.act(WANG, "edit", message_id=said["message_id"], text="五口人")
    assert "直接发一条新消息" in (await sim.hears(2))[1]
    with database.read() as session:
        (conversation,) = session.scalars(select(ConversationRow)).all()
        assert len((conversation.state or {})["heard"]) == 1
    assert [
        row.payload.get("edited_message", row.payload.get("message"))["text"] for row in rows(database)
    ] == ["四口人", "五口人"]


async def test_it_does_not_take_a_forwarded_message_for_an_answer(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    await sim.say("他身份证 500118...", forwarded_from="邻居")
    assert "转发" in (await sim.hears(1))[0]
    with database.read() as session:
        assert session.scalars(select(ConversationRow.state)).all() == [None]


async def test_it_takes_an_album_as_one_message(bot: BotUnderTest, sim: Sim, database: Database) -> None:
    await sim.act(WANG, "album", count=10, backwards=True)
    found = await settled(database, 10)
    assert len(await sim.hears(1)) == 1
    assert sorted(row.no_reply or "" for row in found) == ["", *["part of an album"] * 9]


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_it_says_nothing_personal_in_a_group(
    bot: BotUnderTest, sim: Sim, database: Database, kind: str
) -> None:
    group = await sim.act(WANG, "group", kind=kind)
    for text in (
        "/start",
        "/status",
        "/apply@onedoor_simulator_bot",
        "我爸63了",
        "@onedoor_simulator_bot 你好",
    ):
        await sim.say(text, chat_id=group["id"])
    await settled(database, 6)
    await until(lambda: _all_sent(database))
    said = await sim.texts()
    assert set(said) <= {
        text for text in said if "t.me/onedoor_simulator_bot?start=group" in text and "私" in text
    }
    assert len(said) == (0 if kind == "channel" else 5)
    with database.read() as session:
        assert session.scalars(select(ConversationRow.state)).all() == [None]


def _all_sent(database: Database) -> bool:
    with database.read() as session:
        return all(status == "sent" for status in session.scalars(select(OutboundRow.status)))


async def test_it_notices_when_somebody_blocks_it_and_comes_back(
    bot: BotUnderTest, sim: Sim, database: Database
) -> None:
    await sim.say("hi")
    await sim.hears(1)
    await sim.act(WANG, "block")
    await until(lambda: _unreachable(database) == ["blocked"])
    await sim.act(WANG, "unblock")
    await until(lambda: _unreachable(database) == [None])


def _unreachable(database: Database) -> list[str | None]:
    with database.read() as session:
        return list(session.scalars(select(ConversationRow.unreachable_reason)))


@pytest.mark.parametrize(
    "update",
    [
        {"brand_new_thing": {"x": 1}},
        {"message": "not an object"},
        {"message": {"chat": {"id": 10001, "type": "private"}}},
        {"message": {"message_id": 1, "date": "soon", "chat": {"id": 10001, "type": "private"}, "from": 7, "text": 5}},
        {"callback_query": {"id": "1", "from": {"id": 1, "is_bot": False, "first_name": "x"}, "chat_instance": "1"}},
        {"message": {"message_id": 1, "date": 1790000000, "chat": {"id": 10001, "type": "private"}, "sender_chat": {"id": 1, "type": "channel"}}},
        {"poll": {"id": "1"}},
    ],
)  # fmt: skip
async def test_it_keeps_what_it_cannot_read_and_goes_on(
    bot: BotUnderTest, sim: Sim, database: Database, update: dict[str, Any]
) -> None:
    await sim.say("before", ANNA)
    await sim.http.post("/_raw", json=update)
    await sim.say("after", ANNA)
    found = await settled(database, 3)
    assert await sim.hears(2, ANNA) == ["#1 before", "#2 after"]
    assert found[1].payload.items() >= update.items()
    assert found[1].dead_at is None


@pytest.mark.parametrize("tag", [None, "zh-hans", "zh-CN", "zh-TW", "zh"])
async def test_it_never_falls_to_english_for_chinese(bot: BotUnderTest, sim: Sim, tag: str | None) -> None:
    name = "\u202e王\u200b"
    await sim.http.post("/_user", json={"id": 777, "first_name": name, "language_code": tag})
    await sim.act(777, "send", kind="voice")
    assert "听不懂语音" in (await sim.hears(1))[0]


async def test_it_shows_that_it_is_typing_when_a_turn_takes_long(bot: BotUnderTest, sim: Sim) -> None:
    bot.worker.brain.seconds = 1.6  # type: ignore[attr-defined]
    await sim.say("think")
    await sim.hears(1)
    assert [line["text"] for line in await sim.transcript("bot", "action")] == ["typing"]
