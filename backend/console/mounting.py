"""Put the console and the home page into the app."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request, Response

from backend.access.passwords import Passwords
from backend.console import (
    action_pages,
    application_pages,
    help_pages,
    home_pages,
    login_pages,
    work_pages,
)
from backend.console.seat import signed_in
from backend.console.web import Console, PageError, PageRoute, console_of, load_static, make_templates
from backend.eligibility.rules import Rules
from backend.settings import BackendSettings
from backend.tools.clock import Clock
from backend.tools.sql import Database

files = APIRouter(prefix="/console", include_in_schema=False)
rest = APIRouter(prefix="/console", route_class=PageRoute, include_in_schema=False)


def mount(
    app: FastAPI,
    *,
    settings: BackendSettings,
    database: Database,
    rules: Rules,
    clock: Clock,
    passwords: Passwords | None = None,
) -> None:
    """Add `/` and `/console` to `app`. Everything they need is made here, once."""
    static = load_static()
    app.state.console = Console(
        settings=settings,
        database=database,
        clock=clock,
        rules=rules,
        passwords=passwords or Passwords(),
        templates=make_templates(static),
        static=static,
    )
    for router in (
        files,
        home_pages.router,
        login_pages.router,
        work_pages.router,
        help_pages.router,
        application_pages.router,
        action_pages.router,
        rest,
    ):
        app.include_router(router)


@files.get("/static/{name}")
def static_file(request: Request, name: str) -> Response:
    """Our own style sheets, scripts and icon; their address changes with their content, so they may be kept."""
    found = console_of(request).static.get(name)
    if found is None:
        return Response(status_code=404)
    content, media_type = found
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=media_type, headers=headers)


@rest.api_route("/{anything:path}", methods=["GET", "POST"])
def nothing_here(request: Request, anything: str) -> Response:  # noqa: ARG001
    """Any other address: the login for strangers, "not found" for staff."""
    signed_in(request)
    raise PageError(404, "console.error.not_found")
