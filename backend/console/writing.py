"""Carry out what a caseworker pressed: through the casework service alone, and with a page for each way it can end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from backend.casework.desk import Desk
from backend.console.actions import actions
from backend.console.application_pages import folder_of
from backend.console.seat import Seat
from backend.console.summary import head
from backend.console.timeline import timeline
from backend.console.web import PageError, console_of, render, words
from backend.errors import ConflictError, ForbiddenError, NotFoundError, UnavailableError
from backend.tools.clock import local_day

RECENT = 4  # events shown on the conflict page


def desk_of(request: Request) -> Desk:
    """What the casework service needs."""
    console = console_of(request)
    return Desk(console.database, console.rules, console.clock)


def version_of(form: Mapping[str, str]) -> int:
    """The version of the case that the form was shown with."""
    kept = form.get("version", "")
    if not (kept.isascii() and kept.isdigit() and len(kept) < 10):
        raise PageError(400, "console.error.unreadable")
    return int(kept)


def carry_out(
    request: Request,
    seat: Seat,
    reference: str,
    action: str,
    work: Callable[[], object],
    *,
    typed: str = "",
    typed_name: str = "text",
    kept: Mapping[str, str] | None = None,
) -> Response:
    """Do it and go back to the case; if the case has moved on, show how, beside what was typed."""
    folder_of(
        request, seat, reference
    )  # what this person may not see does not exist, whatever the service would say
    try:
        work()
    except ConflictError:
        return conflict_page(
            request, seat, reference, action, typed=typed, typed_name=typed_name, kept=kept or {}
        )
    except ForbiddenError as error:
        raise PageError(403, "console.error.not_yours") from error
    except NotFoundError as error:
        raise PageError(404, "console.error.not_found") from error
    except UnavailableError as error:
        raise PageError(503, "console.error.busy") from error
    return RedirectResponse(f"/console/applications/{reference}?done={action}", status_code=303)


def conflict_page(
    request: Request,
    seat: Seat,
    reference: str,
    action: str,
    *,
    typed: str,
    typed_name: str,
    kept: Mapping[str, str],
) -> Response:
    """How the case stands now, and what was typed: to be sent again knowingly, or copied."""
    folder = folder_of(request, seat, reference)
    console, t = console_of(request), words(request)
    again = next((each for each in actions(folder.application, seat.actor) if each.name == action), None)
    return render(
        request,
        "conflict.html",
        status=409,
        app=head(folder, console.catalogue, seat.actor, local_day(console.now()), t),
        events=[event for event in timeline(folder, t) if event.tone != "minor"][-RECENT:],
        action=action,
        typed=typed,
        typed_name=typed_name,
        kept=kept,
        again_url=again.url if again and typed else "",
        back=f"/console/applications/{reference}",
    )
