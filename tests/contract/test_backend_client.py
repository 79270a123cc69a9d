"""The client against the real intake: notices, keys, and what it makes of failures."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from backend import contract
from backend.casework.desk import Desk
from bot.backend_client import BackendClient
from handlers.ports import BackendRefusedError, BackendUnavailableError
from tests.filings import filing

KEY = "0123456789abcdef0123456789abcdef"
CLAIM = contract.ClaimIn(worker="bot-1")


async def test_it_claims_notices_and_acknowledges_them(real: BackendClient) -> None:
    receipt = await real.submit(KEY, filing())
    notices = await real.claim_notices(CLAIM)
    assert notices
    assert {notice.kind for notice in notices} == {"received"}
    assert notices[0].contact.conversation == "chat-1"
    assert receipt.reference
    assert await real.claim_notices(contract.ClaimIn(worker="bot-2")) == []  # under bot-1's lease
    delivered = contract.AcknowledgeIn(worker="bot-1", outcome="delivered")
    for notice in notices:
        await real.acknowledge(notice.id, delivered)
        await real.acknowledge(notice.id, delivered)
    with pytest.raises(BackendRefusedError):
        await real.acknowledge("no-such-notice", delivered)


async def test_it_is_not_the_residents_fault_when_our_key_is_wrong(desk: Desk, real: BackendClient) -> None:
    stranger = BackendClient("http://127.0.0.1", "wrong", transport=real._http._transport)
    with pytest.raises(BackendUnavailableError):
        await stranger.submit(KEY, filing())


def client(answer: Any) -> BackendClient:
    def handle(request: httpx.Request) -> httpx.Response:
        result = answer(request) if callable(answer) else answer
        if isinstance(result, Exception):
            raise result
        assert isinstance(result, httpx.Response)
        return result

    return BackendClient("http://intake", "k", transport=httpx.MockTransport(handle))


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("cut"), httpx.Response(500),
        httpx.Response(502, text="<html>"), httpx.Response(503, json={"title": "away", "status": 503, "retryable": True}),
        httpx.Response(429), httpx.Response(409, json={"title": "still running", "status": 409, "retryable": True}),
        httpx.Response(200, text="not json"), httpx.Response(200, json={"something": "else"}), httpx.Response(301),
    ],
)  # fmt: skip
async def test_it_says_unavailable_when_nothing_is_known(answer: Any) -> None:
    intake = client(answer)
    with pytest.raises(BackendUnavailableError) as failure:
        await intake.submit(KEY, filing())
    assert "洪" not in str(failure.value)
    await intake.close()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(422, json={"title": "no", "status": 422}),
        httpx.Response(404),
        httpx.Response(400, text="?"),
    ],
)
async def test_it_says_refused_when_a_repeat_would_not_help(answer: httpx.Response) -> None:
    intake = client(answer)
    with pytest.raises(BackendRefusedError) as refusal:
        await intake.submit(KEY, filing())
    assert refusal.value.problem.status == answer.status_code
    await intake.close()


async def test_it_tries_once_more_when_the_intake_is_just_restarting() -> None:
    tries: list[str] = []

    def restarting(request: httpx.Request) -> httpx.Response | Exception:
        tries.append(request.headers["Idempotency-Key"])
        return httpx.ConnectError("refused") if len(tries) == 1 else httpx.Response(201, json={
            "reference": "YC-1", "received_at": "2026-11-23T02:00:00Z", "applications": []})  # fmt: skip

    intake = client(restarting)
    assert (await intake.submit(KEY, filing())).reference == "YC-1"
    assert tries == [KEY, KEY]
    await intake.close()


async def test_it_keeps_the_reference_inside_its_place_in_the_address() -> None:
    seen: list[str] = []

    def look(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path.decode())
        return httpx.Response(404)

    intake = client(look)
    with pytest.raises(BackendRefusedError):
        await intake.applications("../help-requests?x=1#y")
    assert seen == ["/api/v1/applications/..%2Fhelp-requests%3Fx%3D1%23y"]
    await intake.close()
