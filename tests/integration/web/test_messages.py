"""Opening a conversation, saying things and reading them: once each, and only by whoever holds the token."""

from __future__ import annotations

import asyncio

import pytest

from tests.integration.web.conftest import API, Desk, Seat
from tests.waiting import until


async def test_it_opens_a_conversation_with_a_first_word_and_a_token_it_does_not_keep(desk: Desk) -> None:
    answer = await desk.client.post(API, json={"lang": None, "start": None})
    body = answer.json()
    assert answer.status_code == 201
    assert len(body["token"]) >= 43
    assert body["messages"][0]["text"] == "#1 start"
    assert answer.headers["cache-control"] == "no-store"
    with desk.database.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM conversation").all()
    assert body["token"] not in str(kept)


async def test_it_gives_messages_the_agreed_shape(seat: Seat) -> None:
    message = (await seat.say("buttons")).json()["messages"][0]
    assert {"id", "kind", "step", "text", "asks", "choices", "suggestions", "understood", "receipt"} <= set(
        message
    )
    assert message["choices"][0] == {"id": "1.0", "label": "是", "kind": "answer", "value": True}
    assert message["in_reply_to"] == "m1"
    assert message["lang"] == "zh"


async def test_it_answers_the_same_message_once(seat: Seat) -> None:
    first = await seat.say("你好", key="same")
    again = await seat.say("你好", key="same")
    other = await seat.say("something else", key="same")
    assert first.status_code == again.status_code == other.status_code == 200
    assert first.json() == again.json() == other.json()
    assert [message["text"] for message in await seat.read()] == ["#1 start", "#2 你好"]


async def test_it_answers_the_same_message_once_when_it_comes_many_times_at_once(seat: Seat) -> None:
    answers = await asyncio.gather(*(seat.say("你好", key="same") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(await seat.read()) == 2


async def test_two_yes_in_a_row_are_two_answers(seat: Seat) -> None:
    for key in ("a", "b"):
        await seat.say("是", key=key)
    assert [message["text"] for message in await seat.read()] == ["#1 start", "#2 是", "#3 是"]


async def test_it_takes_a_tapped_choice(seat: Seat) -> None:
    await seat.say("buttons")
    answer = await seat.say(choice="1.0")
    assert answer.json()["messages"][0]["text"] == "#3 chose 1.0"
    assert answer.json()["messages"][0]["chosen"] == "是"


async def test_it_gives_everything_since_a_message(seat: Seat) -> None:
    await seat.say("one")
    await seat.say("two")
    everything = await seat.read()
    assert [message["text"] for message in everything] == ["#1 start", "#2 one", "#3 two", "second"]
    assert await seat.read(after=everything[1]["id"]) == everything[2:]
    assert await seat.read(after=everything[-1]["id"]) == []


async def test_it_gives_a_reloaded_page_what_was_said(seat: Seat) -> None:
    await seat.say("one")
    await seat.say(choice="9.9")
    body = (await seat.client.get(f"{seat.url}/messages", headers=seat.headers)).json()
    assert body["said"] == [
        {"message_id": "m1", "text": "one", "done": True},
        {"message_id": "m2", "choice": "9.9", "done": True},
    ]


async def test_a_long_turn_is_acknowledged_and_its_answer_comes_later(desk: Desk, seat: Seat) -> None:
    desk.chat.wait_seconds = 0.2
    answer = await seat.say("slow")
    assert (answer.status_code, answer.json()) == (202, {"messages": []})
    await until(lambda: _texts(seat, ["#1 start", "#2 slow"]))
    desk.chat.wait_seconds = 10
    again = await seat.say("slow", key="m1")
    assert again.status_code == 200
    assert again.json()["messages"][0]["text"] == "#2 slow"


async def test_a_poison_message_gets_a_polite_word(desk: Desk, seat: Seat) -> None:
    desk.chat.wait_seconds = 0.2
    answer = await seat.say("poison")
    assert answer.status_code == 202
    last = await until(lambda: _last(seat, 2), seconds=15)
    assert last["step"] == "human"


async def _texts(seat: Seat, wanted: list[str]) -> bool:
    return [message["text"] for message in await seat.read()] == wanted


async def _last(seat: Seat, count: int) -> dict[str, object] | None:
    messages = await seat.read()
    return messages[-1] if len(messages) == count else None


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer  ", "Basic abc"])
async def test_it_asks_for_the_token(seat: Seat, token: str) -> None:
    answer = await seat.client.get(f"{seat.url}/messages", headers={"Authorization": token} if token else {})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


async def test_somebody_elses_conversation_looks_like_none(desk: Desk, seat: Seat) -> None:
    other = await desk.open()
    wrong = {"Authorization": f"Bearer {other.token}"}
    answers = [
        await desk.client.get(f"{url}/messages", headers=wrong)
        for url in (seat.url, f"{API}/{'0' * 32}", f"{API}/%00", f"{API}/1 OR 1=1")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    for path in ("messages", "attachments"):
        assert (await desk.client.post(f"{seat.url}/{path}", headers=wrong)).status_code == 404
    assert (await desk.client.get(f"{seat.url}/events", headers=wrong)).status_code == 404
    assert len(await seat.read()) == 1
