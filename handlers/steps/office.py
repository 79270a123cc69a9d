"""A caseworker's question: the next reply answers it, lands in the field it names, and the conversation goes back."""

from __future__ import annotations

from typing import Any

from backend import contract
from handlers.answers import options, page, room_beside
from handlers.casefile import fits
from handlers.choices import button
from handlers.conversation import StoredFact
from handlers.desk import send_answer
from handlers.lines import spoken
from handlers.masking import mask
from handlers.messages import Asks, Choice, Reply
from handlers.plan import go
from handlers.reading import LONGEST, fresh
from handlers.replies import reply
from handlers.submission import opaque, stated
from handlers.turn import Turn

Pending = dict[str, Any]


def come(turn: Turn) -> str:
    """Come here from wherever the conversation is, remembering the place."""
    conversation = turn.conversation
    place = {"step": conversation.step, "data": conversation.step_data}
    if conversation.step == "office":
        place = conversation.step_data["return"]
    first = conversation.pending_questions[0]
    return go(turn, "office", **{"return": place, "fact": first.get("fact"), "subject": first.get("subject")})


def choices(turn: Turn) -> list[Choice]:
    """The buttons under a caseworker's question."""
    t = spoken(turn)
    controls = [
        button(t("button.dont_know"), "dont_know", "dont_know"),
        button(t("button.decline"), "decline", "declined"),
        button(t("office.later"), "go", "later"),
        button(t("button.human"), "human", "/human"),
    ]
    definition = turn.catalogue.facts.get(turn.conversation.step_data.get("fact") or "")
    answers = options(turn, definition) if definition else []
    return [
        *page(t, answers, turn.conversation.step_data.get("page", 0), room_beside(turn, controls)),
        *controls,
    ]


async def ask(turn: Turn) -> Reply:
    """The question again, in the caseworker's own words."""
    pending = turn.conversation.pending_questions[0]
    data = turn.conversation.step_data
    asks = Asks(data["fact"], data.get("subject") or "household") if data.get("fact") else None
    text = spoken(turn)("office.ask", question=pending["text"])
    return reply(turn, "office", text, *choices(turn), asks=asks)


async def receive(turn: Turn) -> str | None:
    """Whatever is said is handed over; where it can be read as the fact asked for, that goes along."""
    conversation = turn.conversation
    t = spoken(turn)
    picked = turn.picked
    if picked and picked.act == "more":
        conversation.step_data["page"] = conversation.step_data.get("page", 0) + 1
        return "office"
    if picked and picked.act == "later":
        turn.notes.append(t("office.kept"))
        return back(turn)
    pending = conversation.pending_questions.pop(0)
    answer = contract.AnswerIn(
        question=opaque(str(pending["question"])),
        text=picked.label if picked else mask(turn.message.text[:LONGEST]).replace("\x00", ""),
        fact=_fact(turn, pending),
    )
    outcome = await send_answer(turn, pending["reference"], answer)
    turn.notes.append(t(f"office.{outcome}"))
    if conversation.pending_questions:
        return come(turn)
    return back(turn)


def back(turn: Turn) -> str:
    """Where the conversation was when the question came."""
    place = turn.conversation.step_data["return"]
    return go(turn, place["step"], **place["data"])


def _fact(turn: Turn, pending: Pending) -> contract.StatedFact | None:
    """The answer as a fact with its evidence, or None when the question names none or the words give none."""
    fact = pending.get("fact")
    definition = turn.catalogue.facts.get(fact or "")
    if definition is None:
        return None
    subject = "household" if definition.scope == "household" else pending.get("subject") or "self"
    new = fresh(turn, definition.id, subject, "answered")
    new.said_by = _speaker(turn, pending["reference"])
    if not _fill(turn, new) or not fits(turn.rules, new, turn.today):
        return None
    return stated(new)


def _fill(turn: Turn, new: StoredFact) -> bool:
    """Put the value in: from the button, else from the words. False when there is none."""
    picked, read = turn.picked, turn.read
    if picked:
        if picked.act in ("dont_know", "declined"):
            new.state = "declined" if picked.act == "declined" else "dont_know"
        new.value, new.low, new.high = picked.value, picked.low, picked.high
        return True
    if read and read.answer in ("dont_know", "declined"):
        new.state = read.answer
        return True
    found = next((one for one in (read.facts if read else ()) if one.fact == new.fact), None)
    if found is None:
        return False
    new.value, new.low, new.high, new.sureness = found.value, found.low, found.high, found.sureness
    new.words, new.span, new.confirmed = (
        mask(turn.message.text)[slice(*found.span)] or found.words,
        found.span,
        False,
    )
    return True


def _speaker(turn: Turn, reference: str) -> Any:
    """Who answers, by the filing the question is about."""
    for one in turn.conversation.filed:
        if reference == one.reference or any(reference == each["reference"] for each in one.applications):
            return one.reporter.kind if one.reporter.kind in ("proxy", "officer") else "applicant"
    return "applicant"
