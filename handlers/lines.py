"""One answer in plain words, for reading back: whom it is about, what it is, and the words it came from."""

from __future__ import annotations

from backend.eligibility.model import Range
from handlers.conversation import StoredFact
from handlers.facts import answer
from handlers.messages import UnderstoodFact
from handlers.relations import who_of
from handlers.turn import Turn
from handlers.who import call, home, is_self
from locales import Translator, text, translator
from locales.reasons import value_words


def spoken(turn: Turn) -> Translator:
    """The translator for the language of this conversation, or of the message while none is chosen."""
    return translator(turn.conversation.lang or (turn.read.lang if turn.read else turn.message.lang))


def whom(turn: Turn, subject: str) -> str:
    """How this reporter would name a subject."""
    draft = turn.conversation.draft
    return call(spoken(turn), draft.reporter, draft.people, draft.name, subject)


def at_home(turn: Turn) -> str:
    """The applicant's household, without that word: "your family", "Mr Hong's family"."""
    draft = turn.conversation.draft
    return home(spoken(turn), draft.reporter, draft.name)


def label(turn: Turn, fact: str) -> str:
    """What a fact is called."""
    definition = turn.catalogue.facts.get(fact)
    return text(definition.label, spoken(turn).lang) if definition else fact


def said(turn: Turn, stored: StoredFact) -> str:
    """The answer itself: "63岁", "400 to 500 yuan", "you do not know"."""
    t = spoken(turn)
    if stored.state != "answered":
        return t(f"line.{stored.state}")
    definition = turn.catalogue.facts[stored.fact]
    value = answer(stored, definition).value
    assert value is not None
    if isinstance(value, Range) and value.low is not None and value.low == value.high:
        value = value.low
    return value_words(definition, value, t.lang, turn.catalogue)


def short(turn: Turn, stored: StoredFact) -> str:
    """A line for a list under a heading: "年龄：63岁"."""
    return spoken(turn)("line.short", label=label(turn, stored.fact), value=said(turn, stored))


def full(turn: Turn, stored: StoredFact) -> str:
    """A line that stands alone: "您父亲，年龄：63岁". One's own family needs no name; another's does."""
    if stored.subject == "household" and is_self(turn.conversation.draft.reporter):
        return short(turn, stored)
    return spoken(turn)("line.full", who=whom(turn, stored.subject), line=short(turn, stored))


def understood(turn: Turn, stored: StoredFact) -> UnderstoodFact:
    """A stored answer in the shape channels and measurements know."""
    draft = turn.conversation.draft
    person = next((one for one in draft.people if one.id == stored.subject), None)
    return UnderstoodFact(
        fact=stored.fact,
        who=who_of(draft, stored.subject),
        words=stored.words or stored.choice or "",
        span=stored.span or (0, 0),
        sureness=stored.sureness,
        value=stored.value,
        low=stored.low,
        high=stored.high,
        which=person.which if person else None,
        shown=full(turn, stored),
    )
