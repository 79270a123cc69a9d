"""The intake's web process: API, console, home page, health and figures.

python -m uvicorn backend.app:create_app --factory
"""

from __future__ import annotations

import sys

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from backend import models
from backend.api import problems, router
from backend.api.guard import Guard
from backend.api.health import router as health
from backend.api.metrics import Figures
from backend.errors import OneDoorError
from backend.parts import Parts, put_together, read_settings
from backend.tools import logs

MOST_BYTES = 1024 * 1024
SHORTEST_SECRET = 32
__all__ = ["create_app", "models"]


def create_app(parts: Parts | None = None) -> FastAPI:
    """The whole application. Without `parts` they are put together from the settings; a setting that is missing or
    cannot be right stops the start with one clear line."""
    if parts is None:
        logs.set_up("backend")
        parts = _from_settings()
    app = FastAPI(
        title="OneDoor intake",
        version="1",
        summary="One door for social assistance: file once, follow every step.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.parts = parts
    figures = app.state.figures = Figures(parts.database, parts.clock)
    app.add_middleware(Guard, figures=figures, most_bytes=MOST_BYTES)
    app.add_exception_handler(OneDoorError, _ours)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.include_router(router)
    app.include_router(health)
    _mount_console(app, parts)
    return app


def _from_settings() -> Parts:
    settings = read_settings()
    if len(settings.secret_key.get_secret_value()) < SHORTEST_SECRET:
        sys.exit(
            f"onedoor backend: set ONEDOOR_SECRET_KEY to at least {SHORTEST_SECRET} random characters "
            "(see .env.example)"
        )
    return put_together(settings)


def _mount_console(app: FastAPI, parts: Parts) -> None:
    from backend.console import mount

    mount(app, settings=parts.settings, database=parts.database, rules=parts.rules, clock=parts.clock)


def _ours(_request: Request, error: Exception) -> Response:
    assert isinstance(error, OneDoorError)
    return problems.of_ours(error)


def _validation(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problems.of_validation(error)


def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problems.of_http(error)
