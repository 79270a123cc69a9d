"""`/`: one page for a newcomer. What this is, what is running, and where to go."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from backend.console.home_state import PLACES, demonstration_logins, on_this_machine, read_desk
from backend.console.web import PageRoute, console_of, language, render
from locales import translator

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/")
def home(request: Request) -> Response:
    """The first page anybody sees."""
    return _page(request, "home.html")


@router.get("/home/status")
def status(request: Request) -> Response:
    """Only the part of the page that changes, so that it can be renewed in place."""
    return _page(request, "home_status.html")


def _page(request: Request, template: str) -> Response:
    console = console_of(request)
    var = console.settings.var
    desk = read_desk(var)
    here = on_this_machine(request, console.settings.backend_host)
    urls = {"console": "/console", "api": "/openapi.json"} | {
        name: url for name, url in desk.urls.items() if name in PLACES
    }
    return render(
        request,
        template,
        t=translator(language(request, ask_browser=True)),
        desk=desk,
        urls=urls,
        logins=demonstration_logins(var) if here else [],
    )
