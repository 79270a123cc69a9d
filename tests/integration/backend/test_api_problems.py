"""Every error of the API is a problem document that repeats nothing it was sent. On SQLite: none gets to a database."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from backend.access.clients import SCOPES, add_client, revoke_keys
from backend.casework.desk import Desk
from backend.casework.models import Application
from backend.outbox.models import OutboxRow
from backend.tools.sql import Database
from tests.filings import hong, said
from tests.integration.backend.calling import CALLS, CANARY, ROOT, file, problem
from tests.integration.backend.conftest import NOW

BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"' + CANARY.encode() + b'"',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"on": ' + b"9" * 5000 + b"}",
    *(
        json.dumps(body).encode()
        for body in (
            {CANARY: 1},
            hong(story=CANARY + "\x00"),
            hong(story="\ud800" + CANARY),
            hong(urgent=CANARY),
            hong(on=CANARY),
            hong(facts=[said("age", CANARY, value=3)]),
            hong(facts=[{**said("age", "self", value=3), CANARY: 1}]),
            hong(facts=[said("age", "self", value=10**400)]),
            hong(facts=[said("age", "self", value=float("nan"))]),
            hong(items=[{"programme": "no_such", "subject": "self", "truth": "true"}]),
            hong(items=[]),
        )
    ),
]
ADDRESSES = [
    ("GET", "nothing", 404),
    ("GET", f"applications/{CANARY}", 404),
    ("GET", "applications/%00", 404),
    ("GET", "applications/%ED%A0%80", 404),
    ("GET", "applications/" + "7" * 5000, 422),
    ("DELETE", "applications", 405),
    ("GET", "notices/claim", 405),
    ("POST", "notices/%00/acknowledge", 422),
    ("POST", "notices/n-unknown/acknowledge", 404),
    ("GET", "programmes?limit=0", 422),
    ("GET", "programmes?limit=" + "9" * 30, 422),
    ("GET", "programmes?after=%00", 422),
]


@pytest.fixture
def intake_database(sqlite_intake: Database) -> Database:
    return sqlite_intake


async def test_it_wants_a_key_with_the_right_scope(client: AsyncClient, desk: Desk) -> None:
    del client.headers["Authorization"]
    for method, path, scope in CALLS:
        nobody = await client.request(method, path)
        problem(nobody, 401)
        assert nobody.headers["www-authenticate"] == "Bearer"
        for credentials in ("Bearer od_wrong", "Basic Ym90OmJvdA==", "Bearer", f"Bearer {CANARY}".encode()):
            problem(await client.request(method, path, headers={"Authorization": credentials}), 401)
        with desk.database.write() as session:
            narrow = add_client(session, "narrow", [one for one in SCOPES if one != scope], NOW)
        problem(await client.request(method, path, headers={"Authorization": f"Bearer {narrow}"}), 403)


async def test_it_turns_a_revoked_key_away(client: AsyncClient, desk: Desk) -> None:
    assert (await client.get("programmes")).status_code == 200
    with desk.database.write() as session:
        assert revoke_keys(session, "bot", NOW) == 1
    problem(await client.get("programmes"), 401)


async def test_it_answers_wrong_addresses_with_a_problem(client: AsyncClient) -> None:
    for method, path, status in ADDRESSES:
        body = {"json": {"worker": "w", "outcome": "delivered"}} if method == "POST" else {}
        problem(await client.request(method, path, **body), status)


async def test_it_answers_broken_bodies_with_a_problem_and_keeps_nothing(
    client: AsyncClient, desk: Desk
) -> None:
    headers = {"Idempotency-Key": "k-1", "Content-Type": "application/json"}
    for body in BODIES:
        response = await client.post("applications", content=body, headers=headers)
        assert response.status_code in (400, 422), body[:80]
        problem(response, response.status_code)
    with desk.database.read() as session:
        assert session.scalars(select(Application)).all() == []
        assert session.scalars(select(OutboxRow)).all() == []
    assert (await file(client)).status_code == 201, "the key is still free"


async def test_it_wants_an_idempotency_key_it_can_keep(client: AsyncClient) -> None:
    problem(await client.post("applications", json=hong()), 422)
    for key in ("", "x" * 81, "金丝雀".encode(), "a b", "a\tb"):
        headers = {"Idempotency-Key": key}
        problem(await client.post("applications", json=hong(), headers=headers), 422)  # type: ignore[arg-type]


async def test_it_wants_a_reason_for_what_cannot_be_delivered(client: AsyncClient) -> None:
    for reason in (None, "  "):
        body = {"worker": "w", "outcome": "undeliverable", "reason": reason}
        problem(await client.post("notices/n-1/acknowledge", json=body), 422)


async def test_it_stops_reading_a_body_that_is_too_long(client: AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 50_000_000:
            sent += 65_536
            yield b" " * 65_536

    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}
    problem(await client.post("applications", content=endless(), headers=headers), 413)
    assert sent < 3_000_000, "it read on and on"
    problem(await client.post("applications", content=b" " * 1_100_000, headers=headers), 413)
    nearly = json.dumps(hong()).encode() + b" " * 900_000
    assert (await client.post("applications", content=nearly, headers=headers)).status_code == 201


async def test_it_says_try_again_when_the_database_is_away(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError(CANARY, {"name": CANARY}, Exception(CANARY))

    monkeypatch.setattr("backend.api.caller.find_caller", away)
    response = await client.get("programmes")
    assert problem(response, 503).retryable
    assert int(response.headers["retry-after"]) > 0


async def test_it_keeps_its_own_mistakes_to_itself(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def mistake(*_: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr("backend.casework.service.submit", mistake)
    assert problem(await file(client), 500).retryable
    said_aloud = capsys.readouterr()
    assert CANARY not in said_aloud.out + said_aloud.err


def test_it_never_quotes_values_in_statement_errors(desk: Desk) -> None:
    with pytest.raises(OperationalError) as failed, desk.database.write() as session:
        session.execute(text("insert into nothing_here values (:name)"), {"name": CANARY})
    assert CANARY not in str(failed.value)


async def test_it_describes_itself(client: AsyncClient) -> None:
    described = (await client.get(f"{ROOT}/openapi.json")).json()
    assert described["openapi"].startswith("3.1")
    for method, path, _ in CALLS:
        pattern = path.replace("7KMX-4RWA-C9PT", "{reference}").replace("n-1", "{notice}")
        call = described["paths"][f"/api/v1/{pattern}"][method.lower()]
        assert call["responses"]["422"]["content"].keys() == {"application/problem+json"}
        assert call["security"]
    creating = described["paths"]["/api/v1/applications"]["post"]
    assert [one["name"] for one in creating["parameters"]] == ["Idempotency-Key"]
    assert "洪" not in json.dumps(described, ensure_ascii=False)
    page = await client.get(f"{ROOT}/docs")
    assert "<script" not in page.text
    assert "//" not in page.text


async def test_it_says_how_it_is(client: AsyncClient, desk: Desk, app: FastAPI) -> None:
    assert (await client.get(f"{ROOT}/healthz")).json() == {"status": "ok"}
    ready = (await client.get(f"{ROOT}/readyz")).json()
    assert ready["status"] == "ready"
    assert ready["warnings"] == ["holiday calendar ends on 2026-12-31"]
    await file(client)
    figures = (await client.get(f"{ROOT}/metrics")).text
    assert "onedoor_notices_open 1.0" in figures
    assert 'onedoor_applications{status="submitted"} 2.0' in figures
    assert 'onedoor_requests_total{method="POST",route="/api/v1/applications",status="201"} 1.0' in figures
    assert "洪" not in figures
    reference = (await file(client)).json()["reference"]
    for path in (f"applications/{reference}", f"nothing/{reference}", f"{ROOT}/console/{reference}/x"):
        await client.get(path)
    figures = (await client.get(f"{ROOT}/metrics")).text
    assert 'route="/api/v1/applications/{reference}",status="200"' in figures
    assert reference not in figures
    with desk.database.write() as session:
        session.execute(text("update alembic_version set version_num = '0001_people_and_access'"))
    problem(await client.get(f"{ROOT}/readyz"), 503)
