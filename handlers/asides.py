"""Words answered on the side: the conversation then goes on where it was."""

from __future__ import annotations

from datetime import date

from backend.contract import ApplicationStatus
from handlers import desk
from handlers.conversation import Filed
from handlers.interpretation.model import Urgent
from handlers.lines import full, spoken
from handlers.messages import Reply
from handlers.ports import BackendRefusedError, BackendUnavailableError
from handlers.steps.documents import papers
from handlers.turn import Turn


def help_(turn: Turn) -> None:
    """What the desk is for and the few words it always understands."""
    turn.notes.append(spoken(turn)("help.text"))


async def human(turn: Turn) -> None:
    """A person is asked for, with the transcript; the draft stays."""
    outcome = await desk.ask_for_person(turn)
    turn.replies.append(Reply("human", spoken(turn)(f"human.{outcome}")))


async def urgent(turn: Turn, kind: Urgent) -> None:
    """The hotline first, whatever else happens; then a person is told."""
    t = spoken(turn)
    turn.conversation.draft.urgent = kind
    outcome = await desk.ask_for_person(turn, kind)
    turn.replies.append(Reply("human", t(f"urgent.{kind}") + "\n" + t(f"urgent.{outcome}")))


def documents(turn: Turn) -> None:
    """The papers for what was chosen in this draft, else for what was filed last."""
    conversation = turn.conversation
    chosen = list(conversation.draft.chosen)
    if not chosen and conversation.filed:
        chosen = [(one["programme"], one["subject"]) for one in conversation.filed[-1].applications]
    words = papers(turn, chosen) if chosen else spoken(turn)("documents.not_yet")
    turn.replies.append(Reply("documents", words))


def mydata(turn: Turn) -> None:
    """Everything the desk keeps about this conversation, in plain words."""
    t = spoken(turn)
    draft = turn.conversation.draft
    lines = [t("mydata.line", line=full(turn, one)) for one in draft.facts]
    if draft.name:
        lines.append(t("mydata.line", line=t("review.name", name=draft.name)))
    if draft.reporter.phone:
        lines.append(t("mydata.line", line=t("review.phone", phone=draft.reporter.phone)))
    lines += [t("mydata.filed", reference=one.reference) for one in turn.conversation.filed]
    words = "\n".join([t("mydata.title"), *lines]) if lines else t("mydata.none")
    turn.replies.append(Reply("mydata", words + "\n" + t("mydata.forget")))


async def status(turn: Turn) -> None:
    """Where every application stands and by when; without an answer, what was known when it was filed."""
    t = spoken(turn)
    if not turn.conversation.filed:
        turn.notes.append(t("status.none"))
        return
    parts = []
    for filed in turn.conversation.filed:
        try:
            parts.append(_standing(turn, filed, await turn.backend.applications(filed.reference)))
        except (BackendUnavailableError, BackendRefusedError):
            parts.append(_as_filed(turn, filed))
    if turn.conversation.pending_questions:
        parts.append(t("status.question"))
    turn.replies.append(Reply("status", "\n\n".join(parts)))


def _standing(turn: Turn, filed: Filed, found: list[ApplicationStatus]) -> str:
    t = spoken(turn)
    names = {one["reference"]: one["name"] for one in filed.applications}
    lines = [t("status.title", reference=filed.reference)]
    for one in found:
        lines.append(
            t("status.line", name=names.get(one.reference, one.programme), status=t(f"status.{one.status}"))
        )
        if one.due_on and one.status not in ("approved", "denied", "withdrawn"):
            lines.append(t("status.due", due=t.date(one.due_on)))
        if one.reason:
            lines.append(t("notice.reason", reason=one.reason))
    return "\n".join(lines)


def _as_filed(turn: Turn, filed: Filed) -> str:
    t = spoken(turn)
    lines = [t("status.title", reference=filed.reference), t("status.unavailable")]
    for one in filed.applications:
        lines.append(t("status.line", name=one["name"], status=t("status.submitted")))
        lines.append(t("status.due", due=t.date(date.fromisoformat(one["due_on"]))))
    return "\n".join(lines)
