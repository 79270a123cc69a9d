"""The outermost layer: nothing that goes wrong inside gets out but a problem document, and every answer is counted."""

from __future__ import annotations

import time
from typing import Any

import structlog
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.api import problems
from backend.api.metrics import Figures

log = structlog.get_logger("backend.api")


class Guard:
    """An exception becomes an answer here, so that no server prints its words (they may quote what was sent)."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self.app = app
        self.figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.monotonic(), 0

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, counted)
        except HTTPException:
            raise  # too large a body: the framework answers it
        except Exception as error:
            log.exception("failed", route=_route(scope), error=type(error).__name__)
            if status:
                raise
            await problems.of_anything(error)(scope, receive, counted)
        finally:
            self.figures.answered(scope["method"], _route(scope), status, time.monotonic() - begun)


def _route(scope: Scope) -> str:
    """The route's pattern, never the path itself: paths carry references."""
    route: Any = scope.get("route")
    return str(getattr(route, "path", "none"))
