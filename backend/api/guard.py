"""The outermost layer: bodies have a limit, what goes wrong inside gets out as a problem document only, and every
answer is counted."""

from __future__ import annotations

import time

import structlog
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api import problems
from backend.api.metrics import Figures

log = structlog.get_logger("backend.api")


class Guard:
    """An exception becomes an answer here, so that no server prints its words (they may quote what was sent)."""

    def __init__(self, app: ASGIApp, figures: Figures, most_bytes: int) -> None:
        self.app, self.figures, self.most_bytes = app, figures, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status, taken = time.monotonic(), 0, 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.most_bytes:
                raise HTTPException(413)
            return message

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            if _says_too_long(scope, self.most_bytes):
                await problems.problem(413, "Content Too Large")(scope, receive, counted)
                return
            await self.app(scope, limited, counted)
        except Exception as error:
            log.error(
                "failed", route=_route(scope), error=type(error).__name__
            )  # its words may quote the data
            if status:
                raise
            await problems.of_anything(error)(scope, receive, counted)
        finally:
            self.figures.answered(scope["method"], _route(scope), status, time.monotonic() - begun)


def _says_too_long(scope: Scope, most: int) -> bool:
    """Whether the request itself says that it is too large; one that says nothing is counted while it comes in."""
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return any(value.isdigit() and (len(value) > 18 or int(value) > most) for value in lengths)


def _route(scope: Scope) -> str:
    """The route's pattern, never the path itself: paths carry references, and strangers ask for anything."""
    if "endpoint" not in scope:
        return "none"
    names = {str(value): f"{{{name}}}" for name, value in scope.get("path_params", {}).items()}
    if any("/" in value for value in names):
        return "other"
    return "/".join(names.get(part, part) for part in scope["path"].split("/"))
