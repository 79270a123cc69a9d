"""What this person may do with this application now. The casework service checks it all again; this only saves clicks."""

from __future__ import annotations

from dataclasses import dataclass

from backend.access.staff import Actor
from backend.casework.changes import in_charge
from backend.casework.models import Application
from backend.casework.statuses import OPEN, transition
from locales import Translator


@dataclass(frozen=True, slots=True)
class Action:
    """A button. `post` ones act at once; the others open a page."""

    name: str
    url: str
    post: bool
    tone: str = ""


def actions(application: Application, actor: Actor) -> list[Action]:
    """The buttons of the application page, the likeliest first."""
    if application.status not in OPEN or not in_charge(actor, application):
        return []
    here = f"/console/applications/{application.reference}"
    mine = application.assigned_to == actor.id
    free = mine or application.assigned_to is None
    found = []
    if actor.role == "caseworker":
        if application.assigned_to is None:
            found.append(Action("take", f"{here}/take", post=True, tone="main"))
        elif not mine:
            found.append(Action("take_over", f"{here}/take-over", post=True))
    elif _may(application, "accepted", actor):
        found.append(Action("accept", f"{here}/take", post=True, tone="main"))
    if not free:
        return found
    if mine and _may(application, "approved", actor):
        found.append(Action("approve", f"{here}/approve", post=False, tone="yes"))
        found.append(Action("deny", f"{here}/deny", post=False, tone="no"))
    may_ask = application.status == "waiting_for_resident" or _may(application, "waiting_for_resident", actor)
    if actor.role in ("caseworker", "town_clerk") and may_ask and (mine or actor.role == "town_clerk"):
        found.append(Action("ask", f"{here}/ask", post=False))
    if mine and application.status == "waiting_for_resident" and _may(application, "in_review", actor):
        found.append(Action("go_on", f"{here}/go-on", post=False))
    if actor.role in ("caseworker", "town_clerk") and (mine or actor.role == "town_clerk"):
        found.append(Action("message", f"{here}/message", post=False))
    if mine:
        found.append(Action("give_back", f"{here}/give-back", post=True))
    if (mine or actor.role == "town_clerk") and _may(application, "withdrawn", actor):
        found.append(Action("withdraw", f"{here}/withdraw", post=False))
    return found


def why_none(application: Application, actor: Actor, t: Translator) -> str:
    """Why there is nothing to press."""
    if application.status not in OPEN:
        return ""  # that it is closed stands above already
    return t("console.actions.not_yours" if not in_charge(actor, application) else "console.actions.none")


def _may(application: Application, to: str, actor: Actor) -> bool:
    return transition(application.status, to, actor.role) is not None
