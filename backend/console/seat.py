"""Who sits at the desk in this request: the session cookie, the form secret, and the way to the login."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request, Response

from backend.access.models import Office
from backend.access.sessions import SEEN_EVERY, csrf_token, mark_seen, same_secret, who_is
from backend.access.staff import Actor
from backend.console.web import Console, GoTo, PageError, console_of, read_form

LOGIN = "/console/login"


@dataclass(frozen=True, slots=True)
class Seat:
    """A signed-in person, their session id and the secret of its forms; `office` is the name of their town."""

    actor: Actor
    token: str
    csrf: str
    office: Mapping[str, str]


def session_cookie(console: Console) -> str:
    """The cookie's name; `__Host-` binds it to this very host and https, where there is https."""
    return "__Host-onedoor" if console.settings.secure_cookies else "onedoor_session"


def visitor_cookie(console: Console) -> str:
    """The cookie that ties the login form to the browser it was shown in; never a session id."""
    return "__Host-onedoor-visitor" if console.settings.secure_cookies else "onedoor_visitor"


def set_cookie(console: Console, response: Response, name: str, value: str) -> None:
    """A cookie for this browser session only, out of reach of scripts and of other sites' posts."""
    response.set_cookie(
        name, value, httponly=True, samesite="lax", path="/", secure=console.settings.secure_cookies
    )


def find_seat(request: Request) -> Seat | None:
    """Who is signed in, or None. Notes once a minute that the session is in use."""
    console = console_of(request)
    token = request.cookies.get(session_cookie(console), "")
    if not token or not token.isascii():
        return None
    now = console.now()
    with console.database.read() as session:
        found = who_is(session, token, now)
        if not found:
            return None
        actor, row = found
        office = session.get(Office, actor.office) if actor.office else None
    if now - row.seen_at > SEEN_EVERY:
        with console.database.write() as session:
            mark_seen(session, row.token_hash, now)
    seat = Seat(actor, token, csrf_token(token), office.name if office else {})
    request.state.seat = seat
    return seat


def signed_in(request: Request) -> Seat:
    """The person at the desk; anybody else is sent to the login and comes back here after it."""
    seat = find_seat(request)
    if seat:
        return seat
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    raise GoTo(f"{LOGIN}?next={quote(wanted, safe='')}" if request.method == "GET" else LOGIN)


SignedIn = Annotated[Seat, Depends(signed_in)]


def checked_form(seat: SignedIn, form: Annotated[dict[str, str], Depends(read_form)]) -> dict[str, str]:
    """A form sent from one of our own pages in this session; without its secret it is refused (403)."""
    if not same_secret(form.pop("csrf", ""), seat.csrf):
        raise PageError(403, "console.error.form_expired")
    return form


CheckedForm = Annotated[dict[str, str], Depends(checked_form)]


def own_path(wanted: str) -> str:
    """Where to go after the login: a page of the console, whatever the address said."""
    plain = wanted.startswith("/console") and wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    return wanted if plain and not wanted.startswith(LOGIN) and wanted[8:9] in ("", "/", "?") else "/console"
