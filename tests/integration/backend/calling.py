"""What the tests of the API share: every call with its scope, and reading problem documents."""

from __future__ import annotations

from typing import Any

from httpx import AsyncClient, Response

from backend import contract
from tests.filings import hong

ROOT = "http://127.0.0.1"
CANARY = "金丝雀500118199001010000"
CALLS = [
    ("POST", "applications", "applications:file"),
    ("GET", "applications/7KMX-4RWA-C9PT", "applications:read"),
    ("POST", "applications/7KMX-4RWA-C9PT/answers", "applications:answer"),
    ("POST", "notices/claim", "notices"),
    ("POST", "notices/n-1/acknowledge", "notices"),
    ("GET", "programmes", "programmes"),
    ("POST", "help-requests", "help"),
]


def problem(response: Response, status: int) -> contract.Problem:
    """The problem document of this response, in its shape; it repeats nothing that was sent."""
    assert response.status_code == status, f"{response.request.method} {response.status_code} {response.text}"
    assert response.headers["content-type"] == "application/problem+json"
    found = contract.Problem.model_validate_json(response.content)
    assert found.status == status
    assert CANARY not in response.text
    return found


async def file(client: AsyncClient, key: str = "k-1", **changed: Any) -> Response:
    """File Hong's story over the API."""
    return await client.post("applications", json=hong(**changed), headers={"Idempotency-Key": key})
