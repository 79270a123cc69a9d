"""An application: every field beside the words it came from, what the rules say, and all that happened."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from backend.console.actions import actions, why_none
from backend.console.fields import groups, used_by
from backend.console.folder import Folder, open_folder
from backend.console.rules_view import rules_view
from backend.console.seat import Seat, SignedIn
from backend.console.summary import alerts, deadlines, head, kin, people, reporter_words, talk
from backend.console.timeline import timeline
from backend.console.web import PageRoute, console_of, moment, not_found, render, words
from backend.console.work_list import find_visible
from backend.tools.clock import local_day
from locales import Translator, text

router = APIRouter(prefix="/console/applications", route_class=PageRoute, include_in_schema=False)
DONE = frozenset({
    "take", "accept", "take_over", "give_back", "ask", "go_on", "approve", "deny", "withdraw", "message",
})  # fmt: skip


@router.get("/{reference}")
def application(request: Request, seat: SignedIn, reference: str) -> Response:
    """The whole case on one page."""
    folder = folder_of(request, seat, reference)
    console, t = console_of(request), words(request)
    one, today = folder.application, local_day(console.now())
    found = groups(folder, console.catalogue, used_by(console.catalogue, one.programme), t)
    buttons = actions(one, seat.actor)
    done = request.query_params.get("done", "")
    programme = console.catalogue.programmes.get(one.programme)
    return render(
        request,
        "application.html",
        app=head(folder, console.catalogue, seat.actor, today, t),
        done=f"console.done.{done}" if done in DONE else "",
        done_form=f"{done} {one.reference}" if done in DONE else "",
        alerts=alerts(folder, console.catalogue, t),
        determination=_determination(folder, t),
        story=folder.submission.story,
        reporter=reporter_words(folder, t),
        groups=found,
        others_count=sum(len(group.others) for group in found),
        rules=rules_view(folder, console.catalogue, t, may_ask=any(each.name == "ask" for each in buttons)),
        timeline=timeline(folder, t),
        talk=talk(folder, t),
        actions=buttons,
        no_actions=why_none(one, seat.actor, t),
        people=people(folder, t),
        deadlines=deadlines(folder, today, t),
        siblings=kin(folder.siblings, folder, console.catalogue, t),
        hidden_siblings=folder.hidden_siblings,
        documents=[
            text(console.catalogue.documents.get(document, {}), t.lang) or document
            for document in (programme.documents if programme else ())
        ],
    )


def folder_of(request: Request, seat: Seat, reference: str) -> Folder:
    """The application with this reference, or the 404 page for what does not exist for this person."""
    with console_of(request).database.read() as session:
        found = find_visible(session, seat.actor, reference)
        if found is None:
            raise not_found()
        return open_folder(session, seat.actor, found)


def _determination(folder: Folder, t: Translator) -> dict[str, str] | None:
    made = folder.application.determination
    if made is None:
        return None
    return {
        "decision": made.decision,
        "reason": made.reason,
        "by": made.by_name,
        "at": moment(made.at, t),
    }
