"""The pre-filled application read back by section, each line one tap from being corrected; filed by one button, once."""

from __future__ import annotations

from collections.abc import Iterator

from backend import contract
from handlers.choices import button, most
from handlers.conversation import Draft, Filed
from handlers.lines import label, said, spoken, whom
from handlers.messages import Choice, Reply
from handlers.offers import name, title
from handlers.plan import go, screening
from handlers.ports import BackendRefusedError, BackendUnavailableError
from handlers.replies import reply
from handlers.submission import submission
from handlers.turn import Turn
from locales import text

Line = tuple[str, Choice | None]


async def ask(turn: Turn) -> Reply:
    """A message per section with its correction buttons; the last one files. The submission gets its id here."""
    t = spoken(turn)
    draft = turn.conversation.draft
    if draft.sent is not None:
        return reply(
            turn,
            "review",
            t("review.again"),
            button(t("review.file_again"), "file", "file"),
            button(t("button.human"), "human", "/human"),
        )
    draft.submission_id = draft.submission_id or turn.ids.new()
    draft.reviewed_on = draft.reviewed_on or turn.today
    turn.replies.append(reply(turn, "review", t("review.title")))
    for heading, lines in _sections(turn):
        size = most(turn.conversation)
        for start in range(0, len(lines), size):
            part = lines[start : start + size]
            words = "\n".join([heading, *(line for line, _ in part if line)])
            turn.replies.append(Reply("review", words, choices=tuple(one for _, one in part if one)))
    return reply(
        turn,
        "review",
        t("review.ask"),
        button(t.n("review.file", len(draft.chosen)), "file", "file"),
        button(t("review.more"), "go", "more"),
        button(t("button.back"), "back", "/back"),
        button(t("button.human"), "human", "/human"),
    )


async def receive(turn: Turn) -> str | None:
    """Only the file button files; "yes" in words is asked to be that button, for it cannot be taken back."""
    if turn.picked is None:
        if turn.read and turn.read.intent in ("affirm", "apply"):
            turn.notes.append(spoken(turn)("review.press"))
            return "review"
        return None
    act = turn.picked.act
    if act == "file":
        return await _file(turn)
    if act == "more":
        return go(turn, "situation", more=True)
    if act == "items":
        return go(turn, "choose", return_to="review")
    if act in ("name", "phone"):
        return go(turn, "details", field=act, return_to="review")
    _, fact, subject = act.split(":", 2)
    return go(turn, "question", fact=fact, subject=subject, return_to="review")


def back(turn: Turn) -> str:
    """To the last detail; what was sent without an answer stays as it was sent."""
    return "review" if turn.conversation.draft.sent else go(turn, "details", field="phone")


def _sections(turn: Turn) -> Iterator[tuple[str, list[Line]]]:
    t = spoken(turn)
    draft = turn.conversation.draft
    items: list[Line] = [(t("review.item", name=title(turn, *one)), None) for one in draft.chosen]
    items.append(("", button(t("review.change_items"), "correct", "items")))
    yield t("review.items"), [one for one in items if one[0] or one[1]]
    for subject in ("self", *(one.id for one in draft.people), "household"):
        lines = [
            (
                t("line.short", label=label(turn, one.fact), value=said(turn, one)),
                button(
                    t("review.change", label=label(turn, one.fact)),
                    "correct",
                    f"fix:{one.fact}:{one.subject}",
                ),
            )
            for one in draft.facts
            if one.subject == subject
        ]
        if lines:
            yield t("review.about", who=whom(turn, subject)), list(lines)
    yield t("review.contact"), _contact(turn)


def _contact(turn: Turn) -> list[Line]:
    t = spoken(turn)
    draft = turn.conversation.draft
    lines: list[Line] = [
        (
            t("review.name", name=draft.name or t("line.none")),
            button(t("review.change_name"), "correct", "name"),
        ),
        (
            t("review.phone", phone=draft.reporter.phone or t("line.none")),
            button(t("review.change_phone"), "correct", "phone"),
        ),
    ]
    if draft.reporter.kind != "self":
        lines.append(
            (t(f"review.reporter.{draft.reporter.kind}", basis=t(f"basis.{draft.reporter.consent}")), None)
        )
    return lines


async def _file(turn: Turn) -> str:
    """File the draft. Without an answer it stays as it was sent, and the same button sends exactly that again."""
    t = spoken(turn)
    draft = turn.conversation.draft
    if not draft.chosen:
        turn.notes.append(t("choose.one_first"))
        return go(turn, "choose", return_to="review")
    if draft.sent is None:
        for one in draft.facts:
            one.confirmed = True
        draft.sent = submission(turn, screening(turn)).model_dump(mode="json")
    assert draft.submission_id is not None
    try:
        receipt = await turn.backend.submit(
            draft.submission_id, contract.SubmissionIn.model_validate(draft.sent)
        )
    except BackendUnavailableError:
        turn.notes.append(t("review.unavailable"))
        return "review"
    except BackendRefusedError:
        draft.sent = None  # nothing was filed, so it may be changed
        turn.notes.append(t("review.refused"))
        return "review"
    _filed(turn, receipt)
    return go(turn, "filed", receipt=receipt.reference)


def _filed(turn: Turn, receipt: contract.Receipt) -> None:
    """Keep the receipt; the draft is done, and nothing of it carries over to the next person."""
    conversation = turn.conversation
    draft = conversation.draft
    t = spoken(turn)
    applications = []
    for one in receipt.applications:
        department = turn.catalogue.departments.get(one.department)
        applications.append(
            {
                "programme": one.programme,
                "subject": one.subject,
                "reference": one.reference,
                "department": text(department, t.lang) if department else one.department,
                "due_on": one.due_on.isoformat(),
                "name": name(turn, one.programme),
                "whom": whom(turn, one.subject),
                "due": t.date(one.due_on),
            }
        )
    conversation.filed.append(
        Filed(receipt.reference, receipt.received_at, applications, draft.reporter, draft.people, draft.name)
    )
    conversation.draft = Draft()
