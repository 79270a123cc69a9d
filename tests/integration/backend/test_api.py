"""The API's calls as the bot makes them, on both databases."""

from __future__ import annotations

import asyncio

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from backend import contract
from backend.access.clients import SCOPES, add_client
from backend.access.staff import Actor
from backend.casework import service
from backend.casework.desk import Desk
from backend.casework.models import Application, HelpTask
from backend.intake.models import Submission
from tests.filings import said
from tests.integration.backend.calling import CANARY, file, problem
from tests.integration.backend.conftest import NOW

HELP = {
    "kind": "human",
    "contact": {"channel": "web", "conversation": "c-1", "lang": "zh"},
    "transcript": [],
}


async def test_it_files_and_tells_where_it_stands(client: AsyncClient) -> None:
    filed = await file(client)
    assert filed.status_code == 201
    receipt = contract.Receipt.model_validate_json(filed.content)
    again = await file(client)
    assert (again.status_code, again.content) == (201, filed.content)
    standing = await client.get(f"applications/{receipt.reference}")
    assert [one["status"] for one in standing.json()] == ["submitted", "submitted"]
    one = await client.get(f"applications/{receipt.applications[0].reference.lower()}")
    assert one.json() == standing.json()[:1]


async def test_it_refuses_the_same_key_with_another_body(client: AsyncClient, desk: Desk) -> None:
    await file(client)
    refused = problem(await file(client, story=CANARY), 422)
    assert "Idempotency-Key" in refused.title
    assert not refused.retryable
    with desk.database.read() as session:
        assert len(session.scalars(select(Application)).all()) == 2


@pytest.mark.slow
async def test_it_makes_one_case_of_a_filing_posted_a_hundred_times(client: AsyncClient, desk: Desk) -> None:
    """Twenty at once, five times each."""

    async def one_client() -> list[Response]:
        return [await file(client) for _ in range(5)]

    answers = [one for many in await asyncio.gather(*(one_client() for _ in range(20))) for one in many]
    assert {one.status_code for one in answers} == {201}
    assert len({one.content for one in answers}) == 1
    with desk.database.read() as session:
        assert len(session.scalars(select(Application)).all()) == 2
        assert len(session.scalars(select(Submission)).all()) == 1


async def test_it_carries_a_question_there_and_the_answer_back(
    client: AsyncClient, desk: Desk, salma: Actor
) -> None:
    reference = (await file(client)).json()["applications"][1]["reference"]
    service.take(desk, salma, reference)
    question = service.ask_question(
        desk, salma, reference, "几口人？", fact="household_size", subject="household"
    )
    claim = {"worker": "w-1", "limit": 10, "lease_seconds": 60}
    claimed = contract.Claim.model_validate_json((await client.post("notices/claim", json=claim)).content)
    assert [notice.kind for notice in claimed.notices] == ["received", "in_review", "question"]
    for notice in claimed.notices:
        done = await client.post(
            f"notices/{notice.id}/acknowledge", json={"worker": "w-1", "outcome": "delivered"}
        )
        assert done.status_code == 204
    answer = {
        "question": question,
        "text": "五口",
        "fact": said("household_size", "household", "五口", value=5),
    }
    for _ in range(2):
        answered = await client.post(
            f"applications/{reference}/answers", json=answer, headers={"Idempotency-Key": "m-7"}
        )
        assert answered.status_code == 204
    assert (await client.get(f"applications/{reference}")).json()[0]["status"] == "in_review"
    answer["text"] = CANARY
    problem(
        await client.post(
            f"applications/{reference}/answers", json=answer, headers={"Idempotency-Key": "m-7"}
        ),
        422,
    )


async def test_it_opens_a_task_for_a_person_once(client: AsyncClient, desk: Desk) -> None:
    headers = {"Idempotency-Key": "m-1"}
    first = await client.post("help-requests", json=HELP, headers=headers)
    again = await client.post("help-requests", json=HELP, headers=headers)
    assert (first.status_code, first.content) == (201, again.content)
    with desk.database.read() as session:
        assert session.scalars(select(HelpTask.reference)).one() == first.json()["reference"]


async def test_it_pages_the_programmes(client: AsyncClient) -> None:
    whole = (await client.get("programmes")).json()
    assert whole["next"] is None
    pages, after = [], {}
    while after is not None:
        page = (await client.get("programmes", params={"limit": 3, **after})).json()
        pages += page["programmes"]
        after = {"after": page["next"]} if page["next"] else None
    assert pages == whole["programmes"]
    assert "temp_aid_emergency" in [programme["id"] for programme in pages]
    assert all(programme["name"]["zh"] and programme["name"]["en"] for programme in pages)


async def test_it_does_not_show_one_client_the_cases_of_another(client: AsyncClient, desk: Desk) -> None:
    reference = (await file(client)).json()["reference"]
    with desk.database.write() as session:
        other = add_client(session, "another", list(SCOPES), NOW)
    theirs = {"Authorization": f"Bearer {other}"}
    unknown = await client.get("applications/7KMX-4RWA-C9PT", headers=theirs)
    foreign = await client.get(f"applications/{reference}", headers=theirs)
    assert problem(foreign, 404) == problem(unknown, 404), "foreign and unknown look alike"
    claim = await client.post("notices/claim", json={"worker": "w"}, headers=theirs)
    assert claim.json() == {"notices": []}


async def test_it_keeps_every_character_people_type(client: AsyncClient, desk: Desk) -> None:
    """Hidden, stacked and rare characters come back as they went in, on both databases; the console shows them."""
    odd = "\u202e倒写\u200b零宽 𠮷 👨‍👩‍👧 e\u0301\u0301\u0301 {0} {{7*7}} %(x)s <b>'\"; -- \r\n\t\x01"
    assert (await file(client, story=odd)).status_code == 201
    with desk.database.read() as session:
        assert session.scalars(select(Submission.story)).one() == odd
