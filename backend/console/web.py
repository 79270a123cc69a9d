"""What every page needs: templates, words in the reader's language, safe headers, and errors as pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from babel.dates import format_date
from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from backend.access.passwords import Passwords
from backend.console.shown import shown
from backend.eligibility.model import Catalogue
from backend.eligibility.rules import Rules
from backend.settings import BackendSettings
from backend.tools.clock import SHANGHAI, Clock
from backend.tools.sql import Database
from locales import LANGUAGES, OWN_NAMES, Translator, language_of, text, translator

HERE = Path(__file__).parent
LANGUAGE_COOKIE = "onedoor_lang"
MOST_FORM_BYTES = 64 * 1024
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


class PageError(Exception):
    """Something the reader is told on a page of its own: `key` names its title and words, `status` is HTTP's."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


class GoTo(Exception):  # noqa: N818 - not a failure: the reader is sent elsewhere
    """Send the browser to another page of ours."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url


def not_found() -> PageError:
    """The same answer for what does not exist and for what this person may not see."""
    return PageError(404, "console.error.not_found")


@dataclass(frozen=True, slots=True)
class Console:
    """The console's own belongings, made once by `mount`."""

    settings: BackendSettings
    database: Database
    clock: Clock
    rules: Rules
    passwords: Passwords
    templates: Environment
    static: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)

    @property
    def catalogue(self) -> Catalogue:
        """The district's programmes."""
        return self.rules.catalogue

    def now(self) -> datetime:
        """The desk's time, UTC."""
        return self.clock.now()


def console_of(request: Request) -> Console:
    """The console this request belongs to."""
    console: Console = request.app.state.console
    return console


def load_static() -> dict[str, tuple[bytes, str]]:
    """Our style sheets, script and icon: name -> (content, media type). Nothing else is ever served from here."""
    files = sorted(path for path in (HERE / "static").iterdir() if path.suffix in MEDIA_TYPES)
    return {path.name: (path.read_bytes(), MEDIA_TYPES[path.suffix]) for path in files}


def make_templates(static: Mapping[str, tuple[bytes, str]]) -> Environment:
    """Jinja with autoescape everywhere, every printed value made visible, and missing names as errors."""
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    versions = {name: hashlib.sha256(content).hexdigest()[:10] for name, (content, _) in static.items()}
    templates.globals["static"] = lambda name: f"/console/static/{name}?v={versions[name]}"
    return templates


def language(request: Request, *, ask_browser: bool = False) -> str:
    """The reader's language: chosen before, else (on the home page) the browser's, else Chinese."""
    chosen = language_of(request.cookies.get(LANGUAGE_COOKIE))
    if not chosen and ask_browser:
        tags = (part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(","))
        chosen = next((found for found in map(language_of, tags) if found), None)
    return chosen or "zh"


def words(request: Request) -> Translator:
    """The translator for this reader."""
    return translator(language(request))


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page in the reader's language, with who is signed in at the top."""
    console = console_of(request)
    t = values.pop("t", None) or words(request)
    assert isinstance(t, Translator)
    seat = getattr(request.state, "seat", None)
    page = console.templates.get_template(template).render(
        t=t,
        actor=seat.actor if seat else None,
        actor_place=place_of(console, seat, t.lang) if seat else "",
        csrf=_form_secret(str(values.pop("csrf", seat.csrf if seat else ""))),
        here=values.pop("here", ""),
        other_language=other_language(request, t.lang),
        **values,
    )
    # A lone surrogate cannot be encoded; `shown` has written all of them out, so this never loses anything.
    return HTMLResponse(page.encode("utf-8", "replace"), status_code=status)


def _form_secret(secret: str) -> Markup:
    """The secret as it is: its digits must not be taken for somebody's identity number and starred."""
    return Markup(secret) if secret.isalnum() else Markup("")  # noqa: S704 - letters and digits only


def place_of(console: Console, seat: Any, lang: str) -> str:
    """Where somebody works, in words: department and town."""
    department = console.catalogue.departments.get(seat.actor.department or "")
    names = [text(names, lang) for names in (department, seat.office) if names]
    return " · ".join(names)


def other_language(request: Request, lang: str) -> dict[str, str]:
    """The link that shows this very page in the other language."""
    other = next(each for each in LANGUAGES if each != lang)
    kept = [pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] != "lang"]
    path = request.url.path if request.method == "GET" else "/console"
    return {
        "name": OWN_NAMES[other],
        "tag": "zh-Hans" if other == "zh" else other,
        "url": f"{path}?{urlencode([*kept, ('lang', other)])}",
    }


def local(at: datetime) -> datetime:
    """A stored moment on the clock of Yongchuan."""
    return at.astimezone(SHANGHAI)


def moment(at: datetime, t: Translator) -> str:
    """A stored moment as people write it, to the minute."""
    here = local(at)
    return f"{format_date(here, 'medium', locale=t.locale)} {here:%H:%M}"


class PageRoute(APIRoute):
    """A route whose answers are pages: safe headers on all of them, `?lang=` on any of them, errors in words."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's own handler, wrapped."""
        answer = super().get_route_handler()

        async def with_headers(request: Request) -> Response:
            response = change_language(request) or await _answer_or_explain(answer, request)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return with_headers


async def _answer_or_explain(
    answer: Callable[[Request], Coroutine[Any, Any, Response]], request: Request
) -> Response:
    try:
        return await answer(request)
    except GoTo as elsewhere:
        return RedirectResponse(elsewhere.url, status_code=303)
    except PageError as problem:
        return render(
            request,
            "message.html",
            status=problem.status,
            title=f"{problem.key}.title",
            words=f"{problem.key}.words",
            back="/console",
        )


def change_language(request: Request) -> Response | None:
    """A `?lang=` on any page: remember it, and show the same page without it."""
    lang = language_of(request.query_params.get("lang"))
    if request.method != "GET" or not lang:
        return None
    kept = [pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] != "lang"]
    response = RedirectResponse(request.url.path + (f"?{urlencode(kept)}" if kept else ""), status_code=303)
    response.set_cookie(
        LANGUAGE_COOKIE,
        lang,
        max_age=365 * 24 * 3600,
        httponly=True,
        samesite="lax",
        secure=console_of(request).settings.secure_cookies,
    )
    return response


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a posted form. More than 64 KB, another encoding or a NUL is refused with a page, never a 500."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_FORM_BYTES:
            raise PageError(413, "console.error.too_long")
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise PageError(415, "console.error.unreadable")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError as error:
        raise PageError(400, "console.error.unreadable") from error
    if any("\x00" in value for pair in pairs for value in pair):
        raise PageError(422, "console.error.unreadable")
    return dict(pairs)
