"""The fake Bot API keeps Telegram's promises, with python-telegram-bot 22 as the client that relies on them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.request import HTTPXRequest

from tests.fakes.bot_api.app import create_app
from tests.fakes.servers import served

pytestmark = pytest.mark.slow
TOKEN = "1000:simulator"
WANG = 10001


@pytest.fixture
def api() -> Iterator[str]:
    with served(create_app(TOKEN)) as address:
        yield address


@pytest.fixture(autouse=True)
def durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


def make_bot(api: str, token: str = TOKEN, seconds: float = 5) -> Bot:
    request = HTTPXRequest(read_timeout=seconds)
    return Bot(
        token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=request,
        get_updates_request=HTTPXRequest(),
    )


@pytest.fixture
async def bot(api: str) -> AsyncIterator[Bot]:
    async with make_bot(api) as bot:
        yield bot


@pytest.fixture
async def http(api: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=api, trust_env=False) as http:
        yield http


async def say(http: httpx.AsyncClient, text: str, user: int = WANG) -> dict[str, Any]:
    answer = await http.post(f"/_user/{user}/say", json={"text": text})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def fault(http: httpx.AsyncClient, **settings: Any) -> None:
    assert (await http.post("/_fault/method", json=settings)).status_code == 200


async def transcript(http: httpx.AsyncClient, who: str = "bot") -> list[dict[str, Any]]:
    return [line for line in (await http.get("/_transcript")).json() if line["who"] == who]


async def test_it_is_a_bot_with_a_name(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.is_bot, me.id) == (True, 1000)


async def test_it_gives_updates_until_they_are_confirmed(bot: Bot, http: httpx.AsyncClient) -> None:
    for text in ("一", "二", "三"):
        await say(http, text)
    first = await bot.get_updates()
    again = await bot.get_updates(offset=first[0].update_id)
    assert [u.message.text for u in again if u.message] == ["一", "二", "三"]
    assert first[0].message is not None
    assert first[0].message.date.year >= 2026  # seconds, not milliseconds
    rest = await bot.get_updates(offset=first[1].update_id + 1)
    assert [u.message.text for u in rest if u.message] == ["三"]
    assert await bot.get_updates(offset=first[2].update_id + 1) == ()
    assert await bot.get_updates(offset=first[0].update_id) == ()  # confirmed is gone


async def test_it_waits_for_news(bot: Bot, http: httpx.AsyncClient) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.2)
    await say(http, "喂")
    assert [u.message.text for u in await poll if u.message] == ["喂"]


async def test_it_lets_only_one_poll(api: str, bot: Bot) -> None:
    async with make_bot(api) as second:
        first_poll = asyncio.create_task(bot.get_updates(timeout=5))
        await asyncio.sleep(0.2)
        await second.get_updates(timeout=0)
        with pytest.raises(Conflict):
            await first_poll


async def test_it_repeats_and_reorders_to_order(bot: Bot, http: httpx.AsyncClient) -> None:
    for number in range(4):
        await say(http, str(number))
    await http.post("/_fault/updates", json={"duplicate": 2, "shuffle": 5})
    batch = await bot.get_updates()
    assert len(batch) == 8
    assert len({u.update_id for u in batch}) == 4
    assert [u.update_id for u in batch] != sorted(u.update_id for u in batch)


async def test_it_sends_edits_and_answers_buttons(bot: Bot, http: httpx.AsyncClient) -> None:
    await say(http, "/start window-3")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("是", callback_data="1.0")]])
    sent = await bot.send_message(WANG, "要吗?", reply_markup=keyboard)
    pressed = (await http.post(f"/_user/{WANG}/press", json={"label": "是"})).json()
    update: Update = (await bot.get_updates())[-1]
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.id) == ("1.0", pressed["callback_query_id"])
    assert await bot.answer_callback_query(update.callback_query.id)
    edited = await bot.edit_message_text("✓ 是", WANG, sent.message_id)
    assert getattr(edited, "reply_markup", 1) is None
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("✓ 是", WANG, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("x", WANG, 1)
    await http.post("/_fault/limits", json={"query_seconds": 0})
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(update.callback_query.id)
    kinds = [line["kind"] for line in await transcript(http)]
    assert kinds == ["message", "callback_answer", "edit"]


@pytest.mark.parametrize(
    ("text", "fits"), [("字" * 4096, True), ("字" * 4097, False), ("😀" * 2048, True), ("😀" * 2049, False)]
)
async def test_it_counts_text_in_utf16_units(
    bot: Bot, http: httpx.AsyncClient, text: str, fits: bool
) -> None:
    await say(http, "hi")
    if fits:
        assert (await bot.send_message(WANG, text)).text == text
    else:
        with pytest.raises(BadRequest, match=r"(?i)too long"):
            await bot.send_message(WANG, text)


async def test_it_refuses_what_telegram_refuses(bot: Bot, http: httpx.AsyncClient) -> None:
    with pytest.raises(Forbidden, match=r"(?i)initiate"):
        await bot.send_message(WANG, "hello")
    await say(http, "hi")
    with pytest.raises(BadRequest, match=r"(?i)parse entities"):
        await bot.send_message(WANG, "5_000 元", parse_mode="Markdown")
    with pytest.raises(BadRequest, match=r"(?i)empty"):
        await bot.send_message(WANG, " ")
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "二" * 22}]]}
    with pytest.raises(BadRequest, match=r"(?i)BUTTON_DATA_INVALID"):
        await bot.send_message(WANG, "x", api_kwargs={"reply_markup": keyboard})
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(5, "x")
    await http.post(f"/_user/{WANG}/block", json={})
    with pytest.raises(Forbidden, match=r"(?i)blocked"):
        await bot.send_message(WANG, "x")


async def test_it_turns_wrong_tokens_away(api: str) -> None:
    async with httpx.AsyncClient(base_url=api, trust_env=False) as http:
        assert (await http.get("/bot1000:wrong/getMe")).status_code == 401
        assert (await http.get("/botnonsense/getMe")).status_code == 404
    stranger = make_bot(api, "1000:wrong")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_it_slows_down_who_sends_too_fast_to_one_chat_only(bot: Bot, http: httpx.AsyncClient) -> None:
    await say(http, "hi")
    await say(http, "hi", 10002)
    for _ in range(5):
        await bot.send_message(WANG, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(WANG, "x")
    assert await bot.send_message(10002, "y")


async def test_it_breaks_before_and_after_the_effect_to_order(api: str, http: httpx.AsyncClient) -> None:
    await say(http, "hi")
    async with make_bot(api, seconds=0.5) as bot:
        await fault(http, kind="cut_before", method="sendMessage")
        with pytest.raises(NetworkError) as before:
            await bot.send_message(WANG, "before")
        await fault(http, kind="cut_after", method="sendMessage")
        with pytest.raises(NetworkError) as after:
            await bot.send_message(WANG, "after")
        await fault(http, kind="latency_after", method="sendMessage", seconds=1.5)
        with pytest.raises(TimedOut) as late:
            await bot.send_message(WANG, "late")
        await fault(http, kind="html", method="sendMessage")
        with pytest.raises(NetworkError) as html:
            await bot.send_message(WANG, "html")
    causes = [type(caught.value.__cause__).__name__ for caught in (before, after, late, html)]
    assert causes[0] in ("RemoteProtocolError", "ReadError")
    assert causes[1] in ("RemoteProtocolError", "ReadError")
    assert causes[2:] == ["ReadTimeout", "TelegramError"]
    assert [line["text"] for line in await transcript(http)] == ["after", "late"]
    assert [f["hits"] for f in (await http.get("/_fault")).json()] == [1, 1, 1, 1]


async def test_it_keeps_commands_by_language_and_files(bot: Bot, http: httpx.AsyncClient) -> None:
    await bot.set_my_commands([BotCommand("start", "开始")], language_code="zh")
    assert (await bot.get_my_commands(language_code="zh"))[0].description == "开始"
    await http.post(f"/_user/{WANG}/send", json={"kind": "document", "content": {"file_size": 10}})
    await http.post(
        f"/_user/{WANG}/send", json={"kind": "document", "content": {"file_size": 21 * 1024 * 1024}}
    )
    small, big = (u.message.document for u in await bot.get_updates() if u.message)
    assert small is not None
    assert big is not None
    assert len(await (await small.get_file()).download_as_bytearray()) == 10
    with pytest.raises(BadRequest, match=r"(?i)too big"):
        await big.get_file()
    sent = await bot.send_document(WANG, b"paper", filename="回执.pdf", caption="给您")
    assert sent.document is not None


@pytest.mark.parametrize(
    "kind",
    [
        "photo",
        "voice",
        "video",
        "audio",
        "animation",
        "video_note",
        "sticker",
        "document",
        "location",
        "contact",
        "dice",
        "poll",
        "venue",
        "story",
        "game",
    ],
)
async def test_it_makes_updates_that_ptb_understands(bot: Bot, http: httpx.AsyncClient, kind: str) -> None:
    await http.post(f"/_user/{WANG}/send", json={"kind": kind})
    (update,) = await bot.get_updates()
    assert update.effective_message is not None
    assert update.effective_message.effective_attachment is not None


async def test_it_makes_albums_edits_groups_and_blocks(bot: Bot, http: httpx.AsyncClient) -> None:
    await http.post(f"/_user/{WANG}/album", json={"count": 3, "backwards": True})
    album = await bot.get_updates()
    assert len({u.message.media_group_id for u in album if u.message}) == 1
    assert [u.update_id for u in album] == sorted((u.update_id for u in album), reverse=True)
    said = await say(http, "四口人")
    await http.post(f"/_user/{WANG}/edit", json={"message_id": said["message_id"], "text": "五口人"})
    await http.post(f"/_user/{WANG}/block", json={})
    await http.post(f"/_user/{WANG}/group", json={"kind": "channel"})
    kinds = [next(k for k in u.to_dict() if k != "update_id") for u in await bot.get_updates()][3:]
    assert kinds == ["message", "edited_message", "my_chat_member", "my_chat_member"]


async def test_it_pushes_to_a_webhook_with_its_secret_until_it_is_taken(
    bot: Bot, http: httpx.AsyncClient
) -> None:
    taken: list[tuple[str | None, int]] = []
    refusals = [503, 503]

    async def hook(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        secret = dict(scope["headers"]).get(b"x-telegram-bot-api-secret-token")
        body = (await receive())["body"]
        status = refusals.pop() if refusals else 200
        if status == 200:
            taken.append((secret.decode() if secret else None, len(body)))
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    with served(hook) as address:  # type: ignore[arg-type]
        await bot.set_webhook(address, secret_token="s3")
        with pytest.raises(Conflict):
            await bot.get_updates()
        await say(http, "hi")
        for _ in range(100):
            if taken:
                break
            await asyncio.sleep(0.05)
        await bot.delete_webhook()
    assert [secret for secret, _ in taken] == ["s3"]
    assert (await http.get("/_state")).json()["pending"] == []
