"""One question at a time: buttons and typing, don't know, rather not say, why, back."""

from __future__ import annotations

from handlers.answers import options, page, room_beside
from handlers.choices import button
from handlers.conversation import StoredFact
from handlers.facts import drop, find, put, same
from handlers.lines import full, said, spoken
from handlers.messages import Asks, Choice, Reply
from handlers.plan import go, go_on, left
from handlers.reading import fresh, heard, take
from handlers.replies import reply
from handlers.steps.understood import note_changes
from handlers.turn import Turn
from handlers.wording import question, reason


async def ask(turn: Turn) -> Reply:
    """The question in the right person's words; when it was answered before, the answer is shown and may stay."""
    t = spoken(turn)
    data = turn.conversation.step_data
    fact, subject = data["fact"], data["subject"]
    known = find(turn.conversation.draft, fact, subject)
    text = question(turn, fact, subject)
    if known is not None:
        text += "\n" + t("question.known", value=said(turn, known))
    elif "return_to" not in data:
        text += "\n" + t.n("question.left", left(turn))
    controls = _controls(turn, known)
    answers = options(turn, turn.catalogue.facts[fact])
    shown = page(t, answers, data.get("page", 0), room_beside(turn, controls))
    return reply(turn, "question", text, *shown, *controls, asks=Asks(fact, subject))


async def receive(turn: Turn) -> str | None:
    """A tap or words; other facts in the same words are stored too, and the question stays if it was not answered."""
    data = turn.conversation.step_data
    if turn.picked is not None:
        return _tapped(turn, turn.picked)
    fact, subject = data["fact"], data["subject"]
    before = find(turn.conversation.draft, fact, subject)
    taken = take(turn, heard(turn))
    if turn.read and turn.read.answer in ("dont_know", "declined"):
        _store(turn, fresh(turn, fact, subject, turn.read.answer))
        return _after(turn)
    if not taken.anything():
        return _after(turn) if before and turn.read and turn.read.intent == "affirm" else None
    for one in taken.stored:
        one.confirmed = "return_to" not in data  # said back at once, below; else in the list one came from
    note_changes(turn, taken.replaced)
    new = [one for one in taken.stored if all(one is not after for _, after in taken.replaced)]
    if new:
        turn.notes.append(spoken(turn)("question.noted", lines="；".join(full(turn, one) for one in new)))
    answered = any((one.fact, one.subject) == (fact, subject) for one in taken.stored)
    return _after(turn) if answered or "return_to" not in data else "question"


def back(turn: Turn) -> str:
    """The question before this one with its answer, which changes nothing unless another answer is given."""
    data = turn.conversation.step_data
    if "return_to" in data:
        return go(turn, data["return_to"])
    asked = turn.conversation.draft.asked
    here = (data["fact"], data["subject"])
    at = asked.index(here) if here in asked else len(asked)
    if at == 0:
        return go(turn, "situation", more=True)
    fact, subject = asked[at - 1]
    return go(turn, "question", fact=fact, subject=subject)


def why(turn: Turn) -> str:
    """Why this is asked: the programmes it can still decide."""
    data = turn.conversation.step_data
    return reason(turn, data["fact"], data["subject"])


def _controls(turn: Turn, known: StoredFact | None) -> list[Choice]:
    t = spoken(turn)
    data = turn.conversation.step_data
    controls = [
        button(t("button.dont_know"), "dont_know", "dont_know"),
        button(t("button.decline"), "decline", "declined"),
    ]
    if "return_to" in data:
        controls.append(button(t("question.remove"), "correct", "remove"))
    elif known is not None:
        controls.append(button(t("question.keep"), "go", "keep"))
    else:
        controls.append(button(t("button.why"), "why", "/why"))
    if turn.conversation.misses >= 2:
        controls.append(button(t("button.human"), "human", "/human"))
    else:
        controls.append(button(t("button.back"), "back", "/back"))
    return controls


def _tapped(turn: Turn, picked: Choice) -> str:
    data = turn.conversation.step_data
    fact, subject = data["fact"], data["subject"]
    match picked.act:
        case "more":
            turn.conversation.step_data = {**data, "page": data.get("page", 0) + 1}
            return "question"
        case "keep":
            return _after(turn)
        case "remove":
            drop(turn.conversation.draft, fact, subject)
        case "dont_know":
            _store(turn, fresh(turn, fact, subject, "dont_know"))
        case "declined":
            _store(turn, fresh(turn, fact, subject, "declined"))
        case _:
            new = fresh(turn, fact, subject, "answered")
            new.value, new.low, new.high = picked.value, picked.low, picked.high
            _store(turn, new)
    return _after(turn)


def _store(turn: Turn, new: StoredFact) -> None:
    old = put(turn.conversation.draft, new)
    if old is not None and old.state == "answered" and not same(old, new):
        note_changes(turn, [(old, new)])


def _after(turn: Turn) -> str:
    data = turn.conversation.step_data
    return go(turn, data["return_to"]) if "return_to" in data else go_on(turn)
