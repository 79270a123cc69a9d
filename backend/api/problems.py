"""Every error of the API as an RFC 9457 problem document: what happened and what may be done, never what was sent."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError  # noqa: A004 - SQLAlchemy's own
from starlette.exceptions import HTTPException

from backend.contract import Problem
from backend.errors import OneDoorError, UnprocessableError

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = "2"
UNAVAILABLE = (OperationalError, InterfaceError, TimeoutError)
# Only these words of a validation error are passed on; its own words may quote what was sent.
LONGEST_PLACE = 80


def problem(
    status: int,
    title: str,
    detail: str | None = None,
    *,
    retryable: bool = False,
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """A problem document as a response."""
    body = Problem(title=title, status=status, detail=detail, retryable=retryable, errors=errors or [])
    made = dict(headers or {})
    if retryable:
        made.setdefault("Retry-After", RETRY_SECONDS)
    if status == HTTPStatus.UNAUTHORIZED:
        made.setdefault("WWW-Authenticate", "Bearer")
    return Response(
        body.model_dump_json(), status_code=status, media_type=MEDIA_TYPE, headers={**made, **QUIET}
    )


QUIET = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def of_ours(error: OneDoorError) -> Response:
    """One of our own errors."""
    errors = error.errors if isinstance(error, UnprocessableError) else None
    return problem(error.status, error.title, error.detail, retryable=error.retryable, errors=errors)


def of_http(error: HTTPException) -> Response:
    """An error of the web framework: no such page, wrong method, too large."""
    phrase = HTTPStatus(error.status_code).phrase
    return problem(error.status_code, phrase, headers=dict(error.headers or {}))


def of_validation(error: RequestValidationError) -> Response:
    """A request that does not have the shape it should: where, and which kind of mistake."""
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The request does not have the right shape",
        errors=[{"where": _place(one), "problem": str(one["type"])} for one in error.errors()[:50]],
    )


def of_anything(error: Exception) -> Response:
    """Whatever else went wrong: the database is away (try again), or a mistake of ours."""
    if isinstance(error, UNAVAILABLE):
        return problem(503, "Not available at the moment", retryable=True)
    return problem(500, "Something went wrong on our side", retryable=True)


def _place(one: dict[str, Any]) -> str:
    """The place of a mistake by our own names; a key that we do not know is the sender's word and stays out."""
    place = [str(part) for part in one["loc"] if part not in ("body", "header", "query", "path")]
    if one["type"] == "extra_forbidden":
        place = [*place[:-1], "(unknown key)"]
    if one["type"] == "json_invalid":
        place = []
    return ".".join(place)[:LONGEST_PLACE] or "body"
