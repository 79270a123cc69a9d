"""The buttons of an application: take it, give it back, ask the resident, decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from backend.casework import service
from backend.console.actions import actions
from backend.console.application_pages import folder_of
from backend.console.ask_form import choices, read_about
from backend.console.folder import Folder
from backend.console.letters import letter
from backend.console.seat import CheckedForm, Seat, SignedIn
from backend.console.summary import head
from backend.console.web import PageError, PageRoute, console_of, render, words
from backend.console.writing import carry_out, conflict_page, desk_of, version_of
from backend.intake.screenings import result_from
from backend.tools.clock import local_day
from locales import text, translator
from locales.reasons import reasons

router = APIRouter(prefix="/console/applications/{reference}", route_class=PageRoute, include_in_schema=False)
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Written:
    """An action that needs words: which service function, and which notice the resident gets (None: no notice)."""

    action: str
    notice: str | None


WRITTEN = {
    "approve": Written("approve", "approved"),
    "deny": Written("deny", "denied"),
    "withdraw": Written("withdraw", "withdrawn"),
    "message": Written("message", "message"),
    "go-on": Written("go_on", None),
}


@router.post("/take")
def take(request: Request, seat: SignedIn, form: CheckedForm, reference: str) -> Response:
    """Make it mine; a town clerk accepts it."""
    action = "take" if seat.actor.role == "caseworker" else "accept"
    version = version_of(form)
    return carry_out(
        request,
        seat,
        reference,
        action,
        lambda: service.take(desk_of(request), seat.actor, reference, version),
    )


@router.post("/take-over")
def take_over(request: Request, seat: SignedIn, form: CheckedForm, reference: str) -> Response:
    """Take it from a colleague, who sees so in the timeline."""
    version = version_of(form)
    return carry_out(
        request,
        seat,
        reference,
        "take_over",
        lambda: service.take(desk_of(request), seat.actor, reference, version, over=True),
    )


@router.post("/give-back")
def give_back(request: Request, seat: SignedIn, form: CheckedForm, reference: str) -> Response:
    """Let somebody else have it."""
    version = version_of(form)
    return carry_out(
        request,
        seat,
        reference,
        "give_back",
        lambda: service.give_back(desk_of(request), seat.actor, reference, version),
    )


@router.get("/ask")
def ask_page(request: Request, seat: SignedIn, reference: str) -> Response:
    """A question to the resident: about a fact, or in free words."""
    folder = folder_of(request, seat, reference)
    chosen = request.query_params.get("about", "")
    about = read_about(console_of(request).catalogue, folder, chosen)
    ready = text(about[0].question, folder.submission.lang) if about else ""
    return _ask_form(request, seat, folder, chosen=chosen if about else "", typed=ready)


@router.post("/ask")
def ask(request: Request, seat: SignedIn, form: CheckedForm, reference: str) -> Response:
    """Send the question; a fact without words is asked in the catalogue's own words."""
    folder, version = folder_of(request, seat, reference), version_of(form)
    chosen, typed = form.get("about", ""), form.get("text", "").strip()
    about = read_about(console_of(request).catalogue, folder, chosen)
    if chosen and about is None:
        raise PageError(400, "console.error.unreadable")
    question = typed or (text(about[0].question, folder.submission.lang) if about else "")
    if not question or len(question) > LONGEST:
        problem = "console.ask.empty" if not question else "console.error.too_long.words"
        return _ask_form(request, seat, folder, chosen=chosen, typed=typed, problem=problem, status=422)
    return carry_out(
        request,
        seat,
        reference,
        "ask",
        lambda: service.ask_question(
            desk_of(request),
            seat.actor,
            reference,
            question,
            fact=about[0].id if about else None,
            subject=about[1] if about else None,
            version=version,
        ),
        typed=question,
        kept={"about": chosen},
    )


@router.get("/{name}")
def write_page(request: Request, seat: SignedIn, reference: str, name: str) -> Response:
    """A page to write the words that this action needs."""
    if name not in WRITTEN:
        raise PageError(404, "console.error.not_found")
    folder = folder_of(request, seat, reference)
    if not _may(folder, seat, WRITTEN[name]):
        return _moved_on(request, seat, reference, WRITTEN[name], "")
    return _write_form(request, seat, folder, name)


@router.post("/{name}")
def write(request: Request, seat: SignedIn, form: CheckedForm, reference: str, name: str) -> Response:
    """First show exactly what the resident will read, then, when confirmed, do it."""
    if name not in WRITTEN:
        raise PageError(404, "console.error.not_found")
    written, version = WRITTEN[name], version_of(form)
    folder, reason = folder_of(request, seat, reference), form.get("reason", "").strip()
    if not _may(folder, seat, written) or folder.application.version != version:
        return _moved_on(request, seat, reference, written, reason)
    if not reason or len(reason) > LONGEST:
        problem = "console.write.empty" if not reason else "console.error.too_long.words"
        return _write_form(request, seat, folder, name, reason=reason, problem=problem, status=422)
    if form.get("step") == "edit":
        return _write_form(request, seat, folder, name, reason=reason)
    if form.get("step") != "confirm":
        return _write_form(request, seat, folder, name, reason=reason, preview=True)
    return carry_out(
        request,
        seat,
        reference,
        written.action,
        lambda: _do(request, seat, reference, name, reason, version),
        typed=reason,
        typed_name="reason",
    )


def _do(request: Request, seat: Seat, reference: str, name: str, reason: str, version: int) -> None:
    desk, actor = desk_of(request), seat.actor
    match name:
        case "approve":
            service.decide(desk, actor, reference, "approved", reason, version)
        case "deny":
            service.decide(desk, actor, reference, "denied", reason, version)
        case "withdraw":
            service.withdraw(desk, actor, reference, reason, version)
        case "message":
            service.send_message(desk, actor, reference, reason, version)
        case _:
            service.go_on(desk, actor, reference, reason, version)


def _may(folder: Folder, seat: Seat, written: Written) -> bool:
    return any(each.name == written.action for each in actions(folder.application, seat.actor))


def _moved_on(request: Request, seat: Seat, reference: str, written: Written, typed: str) -> Response:
    return conflict_page(request, seat, reference, written.action, typed=typed, typed_name="reason", kept={})


def _head(request: Request, seat: Seat, folder: Folder) -> dict[str, Any]:
    console = console_of(request)
    return head(folder, console.catalogue, seat.actor, local_day(console.now()), words(request))


def _ask_form(
    request: Request,
    seat: Seat,
    folder: Folder,
    *,
    chosen: str,
    typed: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    if not any(each.name == "ask" for each in actions(folder.application, seat.actor)):
        return conflict_page(
            request, seat, folder.application.reference, "ask", typed=typed, typed_name="text", kept={}
        )
    return render(
        request,
        "ask.html",
        status=status,
        app=_head(request, seat, folder),
        choices=choices(console_of(request).catalogue, folder, words(request)),
        chosen=chosen,
        typed=typed,
        problem=problem,
        back=f"/console/applications/{folder.application.reference}",
    )


def _write_form(
    request: Request,
    seat: Seat,
    folder: Folder,
    name: str,
    *,
    reason: str = "",
    problem: str = "",
    preview: bool = False,
    status: int = 200,
) -> Response:
    console, t, one = console_of(request), words(request), folder.application
    notice, lang = WRITTEN[name].notice, folder.submission.lang
    shown = letter(console.catalogue, folder, notice, reason) if preview and notice else None
    return render(
        request,
        "write.html",
        status=status,
        app=_head(request, seat, folder),
        name=name,
        action=WRITTEN[name].action,
        reason=reason,
        problem=problem,
        preview=preview,
        letter=shown,
        letter_lang="zh-Hans" if translator(lang).lang == "zh" else "en",
        how_sent=t(
            "console.write.how_sent",
            channel=t(f"console.channel.{folder.submission.channel}"),
        ),
        suggestions=reasons(console.catalogue, result_from(one.screening), lang)
        if name in ("approve", "deny") and one.programme in console.catalogue.programmes
        else [],
        warnings=[],
        back=f"/console/applications/{one.reference}",
    )
