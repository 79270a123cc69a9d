"""Somebody who said "for myself" and then spoke only of their father: is it for him? Asked once, after the story."""

from __future__ import annotations

from typing import Final

from handlers.choices import button
from handlers.conversation import Person, Reporter
from handlers.facts import put
from handlers.lines import spoken, whom
from handlers.messages import Reply
from handlers.plan import go, go_on
from handlers.reading import heard, take
from handlers.replies import reply
from handlers.turn import Turn

# Children are applied for by their parents' household; these may well live and apply on their own.
_GROWN: Final = ("father", "mother", "grandfather", "grandmother", "brother", "sister", "spouse")


def open_question(turn: Turn) -> bool:
    """Whether the story is about one other grown person only, and nobody has asked yet."""
    draft = turn.conversation.draft
    return (
        draft.reporter.kind == "self"
        and not draft.asked
        and not draft.whom_settled
        and len(draft.people) == 1
        and draft.people[0].relation in _GROWN
        and all(one.subject != "self" for one in draft.facts)
    )


async def ask(turn: Turn) -> Reply:
    """In the words for that person."""
    t = spoken(turn)
    people = turn.conversation.draft.people
    who = whom(turn, people[0].id) if people else t("who.you")
    return reply(
        turn,
        "whom",
        t("whom.ask", who=who),
        button(t("whom.yes", who=who), "answer", "yes", value=True),
        button(t("whom.no"), "answer", "no", value=False),
        button(t("button.back"), "back", "/back"),
    )


async def receive(turn: Turn) -> str | None:
    """Yes makes them the applicant, with everything said of them; no leaves all as it was."""
    draft = turn.conversation.draft
    if turn.picked is None:
        if not take(turn, heard(turn)).anything():
            return None
        return go(turn, "understood")
    draft.whom_settled = True
    if turn.picked.act == "yes" and draft.people:
        _make_applicant(turn, draft.people[0])
        return go(turn, "basis")
    return go_on(turn)


def _make_applicant(turn: Turn, person: Person) -> None:
    """Everything said of this person is now said of the applicant, by a proxy."""
    draft = turn.conversation.draft
    draft.reporter = Reporter("proxy", phone=draft.reporter.phone, relation=person.relation, consent="spoken")
    draft.people.remove(person)
    theirs = [one for one in draft.facts if one.subject == person.id]
    draft.facts = [one for one in draft.facts if one.subject != person.id]
    for one in theirs:
        one.subject = "self"
        put(draft, one)
    for each in draft.facts:
        each.said_by = "proxy"
