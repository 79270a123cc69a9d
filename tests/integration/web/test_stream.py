"""Server-sent events: resumed after the last id, alive while nothing happens, bounded."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import fastapi.routing
import httpx
import pytest

from bot import inbox
from bot.channels import web_stream
from tests.integration.web.conftest import Desk, Seat
from tests.waiting import until


class Listener:
    """An open stream and what came through it."""

    def __init__(self) -> None:
        self.status = 0
        self.messages: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.comments = 0
        self.ended = False
        self.headers: httpx.Headers = httpx.Headers()

    async def hear(self, address: str, seat: Seat, **headers: str) -> None:
        async with (
            httpx.AsyncClient(timeout=30) as client,
            client.stream(
                "GET", f"{address}{seat.url}/events", headers={**seat.headers, **headers}
            ) as answer,
        ):
            self.status, self.headers = answer.status_code, answer.headers
            async for line in answer.aiter_lines():
                if line.startswith("data:"):
                    self.messages.append(json.loads(line[5:]))
                elif line.startswith("id:"):
                    self.ids.append(line[3:].strip())
                elif line.startswith(":"):
                    self.comments += 1
        self.ended = True


@asynccontextmanager
async def listening(address: str, seat: Seat, **headers: str) -> AsyncIterator[Listener]:
    listener = Listener()
    task = asyncio.create_task(listener.hear(address, seat, **headers))
    try:
        yield listener
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_it_streams_what_was_said_and_what_comes(desk: Desk, seat: Seat, address: str) -> None:
    async with listening(address, seat) as stream:
        await until(lambda: len(stream.messages) == 1)
        await seat.say("two")
        await until(lambda: len(stream.messages) == 3)
    assert [message["text"] for message in stream.messages] == ["#1 start", "#2 two", "second"]
    assert stream.messages == await seat.read()
    assert stream.ids == [message["id"] for message in stream.messages]
    assert stream.headers["content-type"].startswith("text/event-stream")
    await until(lambda: desk.chat.streams.count() == 0)


async def test_it_resumes_after_the_last_event(seat: Seat, address: str) -> None:
    for text in ("one", "two"):
        await seat.say(text)
    everything = await seat.read()
    async with listening(address, seat, **{"Last-Event-ID": everything[1]["id"]}) as stream:
        await until(lambda: len(stream.messages) == 2)
    assert stream.messages == everything[2:]


async def test_a_notice_of_the_intake_arrives_by_itself(desk: Desk, seat: Seat, address: str) -> None:
    async with listening(address, seat) as stream:
        await until(lambda: len(stream.messages) == 1)
        inbox.accept_notice(desk.database, "n1", seat.id, {"kind": "approved"}, clock=desk.chat.clock)
        desk.worker.wake()
        await until(lambda: len(stream.messages) == 2)
    notice = stream.messages[1]
    assert (notice["kind"], notice["text"], notice["in_reply_to"]) == ("notice", "#2 approved", None)


async def test_the_answer_of_a_long_turn_arrives_by_stream(desk: Desk, seat: Seat, address: str) -> None:
    desk.chat.wait_seconds = 0.2
    async with listening(address, seat) as stream:
        assert (await seat.say("slow")).status_code == 202
        await until(lambda: len(stream.messages) == 2)
    assert stream.messages[1]["in_reply_to"] == "m1"


async def test_it_shows_that_it_is_alive(seat: Seat, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fastapi.routing._PING_INTERVAL == 15
    monkeypatch.setattr(fastapi.routing, "_PING_INTERVAL", 0.05)
    async with listening(address, seat) as stream:
        await until(lambda: stream.comments > 3)
    assert len(stream.messages) == 1


async def test_the_newest_streams_of_a_conversation_stay(desk: Desk, seat: Seat, address: str) -> None:
    most = desk.chat.streams.per_conversation
    listeners, tasks = [Listener() for _ in range(most + 2)], []
    for listener in listeners:
        tasks.append(asyncio.create_task(listener.hear(address, seat)))
        await until(lambda opened=listener: opened.messages)
    await until(lambda: all(listener.ended for listener in listeners[:2]))
    assert not any(listener.ended for listener in listeners[2:])
    assert desk.chat.streams.count() == most
    desk.chat.close()  # the process stops: every stream ends
    await asyncio.gather(*tasks)
    assert all(listener.ended for listener in listeners)


async def test_a_full_house_says_come_back(desk: Desk, seat: Seat, address: str) -> None:
    desk.chat.streams.in_all = 0
    answer = await seat.client.get(f"{seat.url}/events", headers=seat.headers)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")


async def test_a_stream_ends_after_a_while_so_that_none_is_forgotten(
    seat: Seat, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_stream, "LIFETIME_SECONDS", 0.2)
    monkeypatch.setattr(web_stream, "LOOK_AGAIN_SECONDS", 0.05)
    async with listening(address, seat) as stream:
        await until(lambda: stream.ended)
    assert len(stream.messages) == 1


@pytest.mark.parametrize("last", ["x", "-1", "1.5", "9" * 30, "1 OR 1"])
async def test_it_does_not_take_just_anything_as_a_last_id(seat: Seat, last: str) -> None:
    for path in ("events", "messages"):
        answer = await seat.client.get(f"{seat.url}/{path}", params={"after": last}, headers=seat.headers)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
