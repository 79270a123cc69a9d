"""What must not break the web chat: each a clear problem in the right language, and nothing lost or done."""

from __future__ import annotations

import asyncio
import json
import socket
from urllib.parse import urlsplit

import pytest
from sqlalchemy.exc import OperationalError

from bot.channels import web_limits, web_mail
from bot.channels.web_limits import Buckets, Rate
from bot.channels.web_problems import WebProblemError
from tests.integration.web.conftest import API, Desk, Seat


async def post(seat: Seat, content: bytes) -> tuple[int, dict[str, object]]:
    answer = await seat.client.post(f"{seat.url}/messages", content=content, headers=seat.headers)
    body = answer.json()
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert body["status"] == answer.status_code
        assert body["title"]
        assert not body["title"].startswith("web.")
    return answer.status_code, body


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"{'a': 1}", b"[" * 30_000, b'{"message_id": NaN', b"1" * 5000],
)
async def test_what_is_not_json_is_said_to_be_so(seat: Seat, content: bytes) -> None:
    assert (await post(seat, content))[0] == 400
    assert len(await seat.read()) == 1


@pytest.mark.parametrize(
    "body",
    [
        None, [], 1, "text", {}, {"message_id": "a"}, {"text": "a"}, {"message_id": "a", "text": 1},
        {"message_id": "a", "text": None, "choice": None}, {"message_id": "a", "text": "a", "choice": "1.0"},
        {"message_id": "", "text": "a"}, {"message_id": "a b", "text": "a"}, {"message_id": "x" * 101, "text": "a"},
        {"message_id": "甲", "text": "a"}, {"message_id": "a", "text": "a", "txet": "b"}, {"message_id": "a", "choice": ""},
        {"message_id": "a", "choice": "x" * 101}, {"message_id": "a", "choice": ["1.0"]}, {"message_id": 5, "text": "a"},
        {"message_id": "a", "text": "a\x00b"}, {"message_id": "a", "choice": "\x00"}, {"message_id": float("nan"), "text": "a"},
    ],
)  # fmt: skip
async def test_what_has_the_wrong_shape_names_the_field(seat: Seat, body: object) -> None:
    status, problem = await post(seat, json.dumps(body).encode())
    assert status == 422
    assert problem["errors"]
    assert len(await seat.read()) == 1


@pytest.mark.parametrize(
    "opening", [{"lang": "fr"}, {"start": "a b"}, {"start": "x" * 65}, {"language": "zh"}, []]
)
async def test_a_wrong_opening_opens_nothing(desk: Desk, opening: object) -> None:
    assert (await desk.client.post(API, json=opening)).status_code == 422
    with desk.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM conversation").scalar() == 0


async def test_it_speaks_the_readers_language(seat: Seat) -> None:
    async def title(language: str) -> str:
        headers = {**seat.headers, "Accept-Language": language}
        answer = await seat.client.post(f"{seat.url}/messages", content=b"{", headers=headers)
        return str(answer.json()["title"])

    assert await title("en-GB,en;q=0.8") == "The request body is not JSON."
    assert await title("zh-TW") == await title("fr,zh;q=0.5") == await title("") == "没看懂发来的内容。"


@pytest.mark.parametrize("text", ["我" * 4000, "𠮷" * 4000, "😀" * 4000])
async def test_it_takes_four_thousand_characters_of_any_kind(seat: Seat, text: str) -> None:
    escaped = json.dumps({"message_id": "a", "text": text}).encode()
    status, body = await post(seat, escaped)
    assert status == 200
    assert body["messages"][0]["text"] == "#2 " + text  # type: ignore[index]
    assert (await post(seat, json.dumps({"message_id": "b", "text": text + "x"}).encode()))[0] == 413


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("", "text"), ("   ", "   "), ("\ud83d", "\ufffd"), ("\ud83d\ude00", "😀"), ("a\ud800b", "a\ufffdb"),
        ("\u202egnp.exe", "\u202egnp.exe"), ("{0.__class__} {{7*7}} %(x)s %s", "{0.__class__} {{7*7}} %(x)s %s"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"), ("'; DROP TABLE inbox;--", "'; DROP TABLE inbox;--"),
    ],
)  # fmt: skip
async def test_words_are_kept_as_they_are(seat: Seat, sent: str, kept: str) -> None:
    status, body = await post(seat, json.dumps({"message_id": "a", "text": sent}).encode())
    assert status == 200
    assert body["messages"][0]["text"] == "#2 " + kept  # type: ignore[index]


async def test_a_large_body_is_refused_before_it_is_read(seat: Seat, address: str) -> None:
    host, port = urlsplit(address).netloc.split(":")
    head = f"POST {seat.url}/messages HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {seat.token}\r\n"

    async def answer(rest: str, chunks: int) -> bytes:
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write((head + rest).encode())
        try:
            for _ in range(chunks):
                writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
                await writer.drain()
        except OSError:
            pass
        line = await asyncio.wait_for(reader.readline(), 5)
        writer.close()
        return line

    assert b" 413 " in await answer("Content-Length: 10000000\r\n\r\n", 0)
    assert b" 413 " in await answer("Transfer-Encoding: chunked\r\n\r\n", 3)


async def test_a_body_that_does_not_come_is_not_waited_for(
    seat: Seat, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_limits, "BODY_SECONDS", 0.1)
    host, port = urlsplit(address).netloc.split(":")
    reader, writer = await asyncio.open_connection(host, int(port), family=socket.AF_INET)
    writer.write(
        f"POST {seat.url}/messages HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {seat.token}\r\nContent-Length: 9\r\n\r\n{{".encode()
    )
    assert b" 408 " in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


async def test_it_says_come_back_when_the_database_is_away(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("select secret words", {}, Exception("disk"))

    monkeypatch.setattr(web_mail, "find_seat", away)
    answer = await seat.say("你好")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.json()["retryable"] is True
    assert "secret" not in answer.text


async def test_too_many_requests_are_told_when_to_come_back(desk: Desk, seat: Seat) -> None:
    desk.chat.limits.messages = Buckets(Rate(2, 0.1))
    answers = [await seat.say("x", key=f"k{at}") for at in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["retry-after"]) >= 1
    other = await desk.open()
    assert (await other.say("x")).status_code == 200


def test_buckets_fill_again_and_forget_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(web_limits.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(web_limits, "MOST_KNOWN", 2)
    buckets = Buckets(Rate(1, 0.5))
    buckets.take("a")
    with pytest.raises(WebProblemError) as refused:
        buckets.take("a")
    assert refused.value.retry_after == 3
    now[0] = 2.0
    buckets.take("a")
    for key in ("b", "c", "d"):
        buckets.take(key)
    assert len(buckets._known) == 2
