"""The client of the language model against a server that misbehaves in every way we could think of."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.nlu_client import FAILURES, IN_FLIGHT, LONGEST_PIECE, MOST_PIECES, NluClient, cut
from handlers.messages import Understanding
from tests.integration.nlu_client.misbehaving import GOOD, Server, running

STORY = "我爸63了，瘫在床上。"


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running() as one:
        yield one


@pytest.fixture
async def client(server: Server) -> AsyncIterator[NluClient]:
    one = NluClient(server.url, "secret", patience=0.5)
    yield one
    await one.close()


async def test_it_gives_the_intent_its_lead_and_entities(server: Server, client: NluClient) -> None:
    server.answer = GOOD | {
        "entities": [{"entity": "age", "start": 2, "end": 4, "value": "IGNORED", "confidence_entity": 0.8}]
    }
    got = await client.understand(STORY)
    assert (got.intent, got.confidence, round(got.margin, 2)) == ("describe_situation", 0.9, 0.85)
    (age,) = got.entities
    assert (age.entity, age.start, age.end, age.value) == ("age", 2, 4, "63")
    assert server.tokens == ["secret"]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        None,
        "hello",
        42,
        {"intent": None},
        {"intent": []},
        {"intent": {"name": 7, "confidence": 0.9}},
        {"intent": {"name": "approve_everything", "confidence": 1.0}},
        {"intent": {"name": "affirm"}},
        {"intent": {"name": "affirm", "confidence": "1"}},
        {"intent": {"name": "affirm", "confidence": math.nan}},
        {"intent": {"name": "affirm", "confidence": math.inf}},
        {"intent": {"name": "affirm", "confidence": -1}},
        {"intent": {"name": "affirm", "confidence": 3}},
        {"intent": {"name": "affirm", "confidence": True}},
        GOOD | {"known": 0.2},
        GOOD | {"known": math.nan},
        GOOD | {"known": "all"},
    ],
)
async def test_it_makes_nothing_of_nonsense(server: Server, client: NluClient, answer: Any) -> None:
    server.answer = answer
    assert await client.understand(STORY) == Understanding.nothing()


@pytest.mark.parametrize(
    "entity",
    [
        {"entity": "age", "start": 2, "end": 999},
        {"entity": "age", "start": -1, "end": 2},
        {"entity": "age", "start": 4, "end": 4},
        {"entity": "age", "start": 4, "end": 2},
        {"entity": "age", "start": "2", "end": 4},
        {"entity": "age", "start": True, "end": 4},
        {"entity": "age", "start": 2},
        {"entity": "decision", "start": 2, "end": 4},
        {"entity": "age", "start": 2, "end": 4, "confidence_entity": math.nan},
        "age",
        None,
    ],
)
async def test_it_leaves_out_an_entity_that_cannot_be(server: Server, client: NluClient, entity: Any) -> None:
    good = {"entity": "care", "start": 6, "end": 10}
    server.answer = GOOD | {"entities": [entity, good]}
    got = await client.understand(STORY)
    assert [e.entity for e in got.entities] == ["care"]
    assert got.intent == "describe_situation"


async def test_it_takes_no_lead_from_a_ranking_that_is_missing(server: Server, client: NluClient) -> None:
    server.answer = {
        "intent": {"name": "affirm", "confidence": 0.99},
        "entities": "none",
        "intent_ranking": 5,
    }
    got = await client.understand("是")
    assert (got.intent, got.margin, got.entities) == ("affirm", 0.0, ())


@pytest.mark.parametrize(
    ("status", "raw"), [(500, b"boom"), (401, b"{}"), (200, b"not json"), (200, b"\xff\xfe")]
)
async def test_it_makes_nothing_of_an_error(
    server: Server, client: NluClient, status: int, raw: bytes
) -> None:
    server.status, server.raw = status, raw
    assert await client.understand(STORY) == Understanding.nothing()


async def test_it_does_not_wait_longer_than_its_patience(server: Server, client: NluClient) -> None:
    server.delay = 5
    async with asyncio.timeout(2):
        assert await client.understand(STORY) == Understanding.nothing()


async def test_it_lives_with_a_server_that_is_not_there() -> None:
    client = NluClient("http://127.0.0.1:1", "secret")
    assert await client.understand(STORY) == Understanding.nothing()
    assert await NluClient("", "").understand(STORY) == Understanding.nothing()
    assert await NluClient("http://[broken", "").understand(STORY) == Understanding.nothing()
    await client.close()


async def test_it_rests_after_failures_and_comes_back_by_one_probe(server: Server) -> None:
    watch = Watch()
    client = NluClient(server.url, "secret", patience=0.5, pause=10, clock=watch)
    server.status = 500
    for _ in range(FAILURES):
        await client.understand(STORY)
    asked = len(server.asked)
    server.status = 200
    assert client.resting
    assert await client.understand(STORY) == Understanding.nothing()
    assert len(server.asked) == asked  # left alone
    watch.now += 11
    server.delay = 0.1
    together = await asyncio.gather(*(client.understand(STORY) for _ in range(5)))
    assert [one.intent for one in together].count(
        "describe_situation"
    ) == 1  # one probe, nobody else waits for it
    assert not client.resting
    assert (await client.understand(STORY)).intent == "describe_situation"
    await client.close()


async def test_it_rests_again_when_the_probe_fails(server: Server) -> None:
    watch = Watch()
    client = NluClient(server.url, "secret", patience=0.5, pause=10, clock=watch)
    server.status = 500
    for _ in range(FAILURES):
        await client.understand(STORY)
    watch.now += 11
    await client.understand(STORY)
    assert client.resting
    await client.close()


async def test_it_asks_a_few_at_a_time(server: Server) -> None:
    client = NluClient(server.url, "secret", patience=5)
    server.delay = 0.05
    got = await asyncio.gather(*(client.understand(STORY) for _ in range(20)))
    assert all(one.intent for one in got)
    assert server.most_at_once <= IN_FLIGHT
    await client.close()


async def test_it_sends_a_long_story_in_pieces_and_counts_characters_of_the_whole(server: Server) -> None:
    client = NluClient(server.url, "secret", patience=5)

    def find(asked: dict[str, Any]) -> dict[str, Any]:
        at = asked["text"].find("63")
        return GOOD | {"entities": [{"entity": "age", "start": at, "end": at + 2}] if at >= 0 else []}

    server.answer = find
    story = "家里的事情说来话长，" * 60 + "我爸63了。" + "后来又下雨。" * 100
    got = await client.understand(story)
    assert all(len(one["text"]) <= LONGEST_PIECE for one in server.asked)
    assert len(server.asked) > 1
    (age,) = got.entities
    assert story[age.start : age.end] == "63"
    await client.close()


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ('/affirm{"a": "b"}', 'affirm{"a": "b"}'),
        ("／／ /tip", "tip"),
        ("  /restart", "restart"),
        ("我/他都可以", "我/他都可以"),
    ],
)
async def test_it_never_sends_an_order(server: Server, client: NluClient, text: str, sent: str) -> None:
    await client.understand(text)
    assert [one["text"] for one in server.asked] == [sent]


@pytest.mark.parametrize("text", ["", "   ", "👍", "。。。", "///", "\n\n"])
async def test_it_does_not_bother_the_model_with_nothing(
    server: Server, client: NluClient, text: str
) -> None:
    assert await client.understand(text) == Understanding.nothing()
    assert server.asked == []


def test_it_cuts_any_text_into_stretches_of_it() -> None:
    for text in ("x" * 5000, "一句话。" * 900, "no stops " * 300, "，" * 1200, "/a。/b。/c"):
        pieces = cut(text)
        assert len(pieces) <= MOST_PIECES
        for at, piece in pieces:
            assert text[at : at + len(piece)] == piece
            assert 0 < len(piece) <= LONGEST_PIECE
            assert not piece.startswith("/")
