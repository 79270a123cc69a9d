"""A reading the desk is not sure of, asked as yes or no. Until the yes it is not stored as told."""

from __future__ import annotations

from handlers.choices import button
from handlers.conversation import Heard, StoredFact
from handlers.facts import find
from handlers.lines import full, said, spoken
from handlers.messages import Asks, Reply
from handlers.plan import go, go_on
from handlers.reading import as_stored, heard, take
from handlers.replies import reply
from handlers.steps.understood import note_changes
from handlers.turn import Turn


async def ask(turn: Turn) -> Reply:
    """One doubt at a time; a contradiction names both readings."""
    t = spoken(turn)
    doubt = _first(turn)
    if doubt is None:
        return reply(turn, "doubt", t("doubt.none"), button(t("button.go_on"), "confirm", "yes"))
    _, new = doubt
    old = find(turn.conversation.draft, new.fact, new.subject)
    if old is not None and old.state == "answered":
        text = t("doubt.changed", line=full(turn, new), before=said(turn, old))
    else:
        text = t("doubt.ask", line=full(turn, new), words=new.words or "")
    return reply(
        turn,
        "doubt",
        text,
        button(t("doubt.yes"), "confirm", "yes"),
        button(t("doubt.no"), "correct", "no"),
        button(t("button.dont_know"), "dont_know", "dont_know"),
        asks=Asks(new.fact, new.subject),
    )


async def receive(turn: Turn) -> str | None:
    """Yes stores it as confirmed, no lets it go; new words are read in its place."""
    draft = turn.conversation.draft
    doubt = _first(turn)
    if doubt is None:
        return go_on(turn)
    one, new = doubt
    if turn.picked is None:
        taken = take(turn, heard(turn), sure=False)
        if not taken.anything():
            return None
        note_changes(turn, taken.replaced)
        if any((fact.fact, fact.subject) == (new.fact, new.subject) for fact in taken.stored):
            draft.doubts.remove(one)
        return go_on(turn)
    draft.doubts.remove(one)
    if turn.picked.act == "yes":
        taken = take(turn, one, sure=True)
        for fact in taken.stored:
            fact.confirmed = True
        note_changes(turn, taken.replaced)
    elif turn.picked.act == "no" and find(draft, new.fact, new.subject) is None:
        # They said something about it and it was misheard: ask it as a question of its own.
        return go(turn, "question", fact=new.fact, subject=new.subject)
    return go_on(turn)


def _first(turn: Turn) -> tuple[Heard, StoredFact] | None:
    """The next doubt that still says something new; those that have settled themselves are let go."""
    draft = turn.conversation.draft
    while draft.doubts:
        new = as_stored(turn, draft.doubts[0])
        if new is not None:
            return draft.doubts[0], new
        draft.doubts.pop(0)
    return None
