"""Somebody needs a person: the conversation, taking it on, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from backend.casework import service
from backend.console.help_list import filed_from, find_task, shown_task, talk_of
from backend.console.naming import programme_name, status_tone
from backend.console.seat import CheckedForm, Seat, SignedIn
from backend.console.web import PageRoute, console_of, moment, not_found, render, words
from backend.console.writing import desk_of
from backend.errors import ConflictError, NotFoundError

router = APIRouter(prefix="/console/help/{reference}", route_class=PageRoute, include_in_schema=False)
LONGEST = 2000


@router.get("")
def help_page(request: Request, seat: SignedIn, reference: str) -> Response:
    """What the person said, and what to do."""
    return _page(request, seat, reference)


@router.post("/take")
def take(request: Request, seat: SignedIn, _form: CheckedForm, reference: str) -> Response:
    """I am looking after this one."""
    return _carry_out(
        request, seat, reference, "", lambda: service.take_help(desk_of(request), seat.actor, reference)
    )


@router.post("/done")
def done(request: Request, seat: SignedIn, form: CheckedForm, reference: str) -> Response:
    """What came of it."""
    outcome = form.get("outcome", "").strip()
    if not outcome or len(outcome) > LONGEST:
        problem = "console.help.outcome_needed" if not outcome else "console.error.too_long.words"
        return _page(request, seat, reference, typed=outcome, problem=problem, status=422)
    return _carry_out(
        request,
        seat,
        reference,
        outcome,
        lambda: service.close_help(desk_of(request), seat.actor, reference, outcome),
    )


def _carry_out(
    request: Request, seat: Seat, reference: str, typed: str, work: Callable[[], object]
) -> Response:
    try:
        work()
    except ConflictError:
        return _page(request, seat, reference, typed=typed, problem="console.help.conflict", status=409)
    except NotFoundError as error:
        raise not_found() from error
    return RedirectResponse(f"/console/help/{reference}", status_code=303)


def _page(
    request: Request, seat: Seat, reference: str, *, typed: str = "", problem: str = "", status: int = 200
) -> Response:
    console, t = console_of(request), words(request)
    with console.database.read() as session:
        task = find_task(session, reference)
        if task is None:
            raise not_found()
        shown = shown_task(session, task, seat.actor, t)
        lines = talk_of(session, task)
        related = filed_from(session, task, seat.actor)
    return render(
        request,
        "help.html",
        status=status,
        task=shown,
        typed=typed,
        problem=problem,
        related=[
            {
                "reference": one.reference,
                "programme": programme_name(console.catalogue, one.programme, t.lang),
                "status": one.status,
                "tone": status_tone(one),
            }
            for one in related
        ],
        talk=[
            {
                "side": line.who,
                "who": t(f"console.talk.{line.who}"),
                "when": moment(line.at, t),
                "text": line.text,
            }
            for line in lines
        ],
    )
