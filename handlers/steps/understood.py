"""Said back: what was understood, each line open to "that is not what I said"."""

from __future__ import annotations

from handlers.choices import button
from handlers.conversation import StoredFact
from handlers.lines import full, said, short, spoken, understood, whom
from handlers.messages import Reply
from handlers.plan import go, go_on
from handlers.reading import LONGEST, heard, take
from handlers.replies import reply
from handlers.steps import whom as whom_step
from handlers.turn import Turn


async def ask(turn: Turn) -> Reply:
    """Only what has not been confirmed yet, with the words it was read from."""
    t = spoken(turn)
    facts = unconfirmed(turn)
    if not facts:  # all of it stands, or all of it is in doubt and asked as yes or no next
        words = t("understood.unsure" if turn.conversation.draft.doubts else "doubt.none")
        return reply(turn, "understood", words, button(t("button.go_on"), "confirm", "yes"))
    return reply(
        turn,
        "understood",
        "\n".join([t("understood.title"), *_lines(turn, facts), "", t("understood.ask")]),
        button(t("understood.yes"), "confirm", "yes"),
        button(t("understood.no"), "correct", "no"),
        button(t("understood.more"), "go", "more"),
        brief=t("understood.title") + "\n" + t("understood.ask"),
        understood=tuple(understood(turn, one) for one in facts),
    )


async def receive(turn: Turn) -> str | None:
    """Yes goes on; no shows the lines one by one; anything else is read as a correction or an addition."""
    if turn.picked is None:
        return _more_said(turn)
    match turn.picked.act:
        case "no":
            return go(turn, "mend")
        case "more":
            return go(turn, "situation", more=True)
        case _:
            return _stands(turn)


def _stands(turn: Turn) -> str:
    """What was read is right; before the questions, settle whom they are about if that is open."""
    for one in unconfirmed(turn):
        one.confirmed = True
    return go(turn, "whom") if whom_step.open_question(turn) else go_on(turn)


def _lines(turn: Turn, facts: list[StoredFact]) -> list[str]:
    """Person by person, the applicant first and the family last, each reading beside its words."""
    t = spoken(turn)
    lines = []
    for subject in ("self", *(one.id for one in turn.conversation.draft.people), "household"):
        about = [one for one in facts if one.subject == subject]
        if about:
            lines.append(t("understood.about", who=whom(turn, subject)))
        lines += [t("understood.line", line=short(turn, one), words=one.words or "") for one in about]
    return lines


def unconfirmed(turn: Turn) -> list[StoredFact]:
    """Answers read from words that the reporter has not let stand yet."""
    return [one for one in turn.conversation.draft.facts if one.words and not one.confirmed]


def note_changes(turn: Turn, replaced: list[tuple[StoredFact, StoredFact]]) -> None:
    """Say what a correction changed: before and after."""
    t = spoken(turn)
    for old, new in replaced:
        turn.notes.append(t("changed", line=full(turn, new), before=said(turn, old)))


def _more_said(turn: Turn) -> str | None:
    taken = take(turn, heard(turn))
    draft = turn.conversation.draft
    if not taken.anything():
        if turn.read and turn.read.intent == "affirm":
            return _stands(turn)
        return go(turn, "mend") if turn.read and turn.read.intent in ("deny", "correct") else None
    draft.story = f"{draft.story}\n{heard(turn).text}".strip()[:LONGEST]
    note_changes(turn, taken.replaced)
    return go(turn, "understood")
