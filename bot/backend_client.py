"""The intake over HTTP: the conversation's `IntakeBackend`, and the notices that `bot.delivery` claims.

Every call may be repeated: a filing by its submission id, everything else by the id of the message it came from. No
answer, an answer in time's place, 5xx: BackendUnavailableError. A 4xx that is about the request: BackendRefusedError.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
import structlog
from pydantic import TypeAdapter, ValidationError

from backend import contract
from handlers.ports import BackendRefusedError, BackendUnavailableError

TIMEOUT = httpx.Timeout(8.0, connect=2.0)
# About us or the moment, not about what the resident asked for: our key, too many calls, a call still running.
PASSING = frozenset({401, 403, 408, 425, 429})
APPLICATIONS = TypeAdapter(list[contract.ApplicationStatus])
CLAIM = TypeAdapter(contract.Claim)
RECEIPT = TypeAdapter(contract.Receipt)
T = TypeVar("T")
log = structlog.get_logger()


class BackendClient:
    """Speaks with the intake at `url` (without `/api/v1`) under the bot's key."""

    def __init__(self, url: str, key: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._http = httpx.AsyncClient(
            base_url=url.rstrip("/") + "/api/v1/",
            headers={"Authorization": f"Bearer {key}"},
            timeout=TIMEOUT,
            transport=transport,
            trust_env=False,  # the intake is our own; a proxy for the outside is not for it
        )

    async def close(self) -> None:
        """Give back the connections."""
        await self._http.aclose()

    async def submit(self, submission_id: str, submission: contract.SubmissionIn) -> contract.Receipt:
        """File once: the same `submission_id` with the same body always gives the same receipt."""
        body = submission.model_dump(mode="json")
        return _read(RECEIPT, await self._call("POST", "applications", body, key=submission_id))

    async def applications(self, reference: str) -> list[contract.ApplicationStatus]:
        """Where each application of a submission (or the one application) with this reference stands."""
        return _read(APPLICATIONS, await self._call("GET", f"applications/{quote(reference, safe='')}"))

    async def answer(self, message_id: str, reference: str, answer: contract.AnswerIn) -> None:
        """Hand a caseworker's question its answer; repeatable by `message_id`."""
        path = f"applications/{quote(reference, safe='')}/answers"
        await self._call("POST", path, answer.model_dump(mode="json"), key=message_id)

    async def ask_for_help(self, message_id: str, request: contract.HelpRequestIn) -> None:
        """Open an urgent or "a person, please" task; repeatable by `message_id`."""
        await self._call("POST", "help-requests", request.model_dump(mode="json"), key=message_id)

    async def claim_notices(self, claim: contract.ClaimIn) -> list[contract.Notice]:
        """Take notices that wait to be told, for as long as the lease says."""
        return _read(CLAIM, await self._call("POST", "notices/claim", claim.model_dump(mode="json"))).notices

    async def acknowledge(self, notice: str, outcome: contract.AcknowledgeIn) -> None:
        """Say that a notice was delivered, or why it could not be; repeatable."""
        path = f"notices/{quote(notice, safe='')}/acknowledge"
        await self._call("POST", path, outcome.model_dump(mode="json"))

    async def _call(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, key: str | None = None
    ) -> httpx.Response:
        headers = {"Idempotency-Key": key} if key else {}
        try:
            try:
                response = await self._http.request(method, path, json=body, headers=headers)
            except (httpx.ConnectError, httpx.RemoteProtocolError):  # restarting: once more, at once
                response = await self._http.request(method, path, json=body, headers=headers)
        except httpx.HTTPError as exc:
            raise BackendUnavailableError(type(exc).__name__) from exc
        if response.is_success:
            return response
        raise _error(response)


def _error(response: httpx.Response) -> Exception:
    status = response.status_code
    try:
        problem = contract.Problem.model_validate_json(response.content)
    except ValidationError:
        problem = contract.Problem(title=_phrase(status), status=status)
    if status in PASSING:
        log.error("backend_turned_us_away", code=status)
    if 400 <= status < 500 and status not in PASSING and not problem.retryable:
        return BackendRefusedError(problem)
    return BackendUnavailableError(f"status {status}")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def _read(shape: TypeAdapter[T], response: httpx.Response) -> T:
    try:
        return shape.validate_json(response.content)
    except ValidationError as exc:
        raise BackendUnavailableError("an answer in another shape") from exc
