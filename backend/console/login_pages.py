"""Login, logout, and the page about oneself."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from backend.access.login import TooManyTriesError, change_password, log_in
from backend.access.sessions import (
    csrf_token,
    end_all_sessions,
    end_session,
    is_this,
    new_token,
    open_sessions,
    same_secret,
)
from backend.console.seat import (
    LOGIN,
    CheckedForm,
    SignedIn,
    find_seat,
    own_path,
    session_cookie,
    set_cookie,
    visitor_cookie,
)
from backend.console.web import Console, PageError, PageRoute, console_of, moment, read_form, render, words

SHORTEST_PASSWORD = 10
router = APIRouter(prefix="/console", route_class=PageRoute, include_in_schema=False)


@router.get("/login")
def login_page(request: Request) -> Response:
    """The login form; somebody already signed in goes straight to work."""
    if find_seat(request):
        return RedirectResponse("/console", status_code=303)
    return _login_form(request, next_page=own_path(request.query_params.get("next", "")))


@router.post("/login")
def login(request: Request, form: Annotated[dict[str, str], Depends(read_form)]) -> Response:
    """Check login and password; begin a session under a new id."""
    console = console_of(request)
    visitor = request.cookies.get(visitor_cookie(console), "")
    if not visitor or not same_secret(form.get("csrf", ""), csrf_token(visitor)):
        raise PageError(403, "console.error.form_expired")
    name, next_page = form.get("login", "")[:100], own_path(form.get("next", ""))
    try:
        token = log_in(
            console.database,
            console.passwords,
            login=name,
            password=form.get("password", ""),
            address=request.client.host if request.client else "",
            now=console.now(),
        )
    except TooManyTriesError:
        return _login_form(
            request, next_page=next_page, name=name, problem="console.login.too_many", status=429
        )
    if not token:
        return _login_form(request, next_page=next_page, name=name, problem="console.login.wrong", status=401)
    old = request.cookies.get(session_cookie(console), "")
    if old and old.isascii():
        with console.database.write() as session:
            end_session(session, old, console.now())
    response = RedirectResponse(next_page, status_code=303)
    set_cookie(console, response, session_cookie(console), token)
    response.delete_cookie(visitor_cookie(console), path="/", secure=console.settings.secure_cookies)
    return response


@router.post("/logout")
def logout(request: Request, seat: SignedIn, _form: CheckedForm) -> Response:
    """End this session."""
    console = console_of(request)
    with console.database.write() as session:
        end_session(session, seat.token, console.now())
    return _to_login(console)


@router.get("/account")
def account_page(request: Request, seat: SignedIn) -> Response:
    """Who I am here, where I am signed in, and my password."""
    done = "console.account.changed" if request.query_params.get("done") == "password" else ""
    return _account(request, seat, done=done)


@router.post("/account/logout-everywhere")
def logout_everywhere(request: Request, seat: SignedIn, _form: CheckedForm) -> Response:
    """End every session of mine, this one too."""
    console = console_of(request)
    with console.database.write() as session:
        end_all_sessions(session, seat.actor.id, console.now())
    return _to_login(console)


@router.post("/account/password")
def password(request: Request, seat: SignedIn, form: CheckedForm) -> Response:
    """A new password; all other sessions end."""
    console = console_of(request)
    new = form.get("new", "")
    if not SHORTEST_PASSWORD <= len(new) <= 200:
        return _account(request, seat, problem="console.account.too_short", status=422)
    try:
        token = change_password(
            console.database,
            console.passwords,
            staff_id=seat.actor.id,
            old=form.get("old", ""),
            new=new,
            now=console.now(),
        )
    except TooManyTriesError:
        return _account(request, seat, problem="console.login.too_many", status=429)
    if not token:
        return _account(request, seat, problem="console.account.old_wrong", status=422)
    response = RedirectResponse("/console/account?done=password", status_code=303)
    set_cookie(console, response, session_cookie(console), token)
    return response


def _login_form(
    request: Request, *, next_page: str, name: str = "", problem: str = "", status: int = 200
) -> Response:
    console = console_of(request)
    visitor = request.cookies.get(visitor_cookie(console), "") or new_token()
    response = render(
        request,
        "login.html",
        status=status,
        csrf=csrf_token(visitor),
        next=next_page,
        login=name,
        problem=problem,
    )
    set_cookie(console, response, visitor_cookie(console), visitor)
    return response


def _to_login(console: Console) -> Response:
    response = RedirectResponse(LOGIN, status_code=303)
    response.delete_cookie(session_cookie(console), path="/", secure=console.settings.secure_cookies)
    return response


def _account(
    request: Request, seat: SignedIn, *, problem: str = "", done: str = "", status: int = 200
) -> Response:
    console, t = console_of(request), words(request)
    with console.database.read() as session:
        rows = open_sessions(session, seat.actor.id, console.now())
        sessions = [{"since": moment(row.created_at, t), "here": is_this(row, seat.token)} for row in rows]
    return render(
        request, "account.html", here="account", sessions=sessions, problem=problem, done=done, status=status
    )
