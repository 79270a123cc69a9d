"""Errors of the web chat: RFC 9457 problems in the reader's language, which never repeat what was sent."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from fastapi import Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError

from locales import DEFAULT, language_of, translator

log = structlog.get_logger()


class WebProblemError(Exception):
    """An answer that is an error. `name` is the last part of a `web.problem.*` text and of the problem's type."""

    def __init__(
        self,
        status: int,
        name: str,
        *,
        retry_after: int | None = None,
        fields: tuple[str, ...] = (),
        challenge: bool = False,
    ) -> None:
        super().__init__(name)
        self.status, self.name, self.retry_after, self.fields = status, name, retry_after, fields
        self.challenge = challenge


def reader_language(request: Request) -> str:
    """The first language of ours that the browser asks for; Chinese when it asks for none."""
    for part in request.headers.get("accept-language", "")[:200].split(","):
        found = language_of(part.split(";")[0].strip())
        if found:
            return found
    return DEFAULT


def problem(request: Request, error: WebProblemError) -> JSONResponse:
    """The problem document; `retryable` says whether the same call may go through later."""
    headers = {"Cache-Control": "no-store", "Content-Language": reader_language(request)}
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    if error.challenge:
        headers["WWW-Authenticate"] = "Bearer"
    body: dict[str, Any] = {
        "type": f"urn:onedoor:web:{error.name}",
        "title": translator(reader_language(request))(f"web.problem.{error.name}"),
        "status": error.status,
        "retryable": error.status in (408, 429, 503),
    }
    if error.fields:
        body["errors"] = [{"field": field} for field in error.fields]
    return JSONResponse(body, error.status, headers=headers, media_type="application/problem+json")


class WebRoute(APIRoute):
    """A route whose errors are problems, and which says "come back" when the database is away."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's own handler with the errors caught around it."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except WebProblemError as error:
                return problem(request, error)
            except DBAPIError as error:
                log.error("web_database_away", exc_info=error)
                return problem(request, WebProblemError(503, "away", retry_after=2))

        return handled
