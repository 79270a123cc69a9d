"""From a typed message to stored answers: whom each fact is about, what it corrects, what is too unsure to store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from backend.eligibility.model import Catalogue
from handlers import commands
from handlers.casefile import fits
from handlers.choices import typed
from handlers.conversation import Conversation, Heard, StoredFact
from handlers.facts import find, put, same
from handlers.interpretation import interpret
from handlers.interpretation.model import Interpretation, KnownPerson
from handlers.masking import mask
from handlers.messages import InboundMessage, Understanding, UnderstoodFact
from handlers.relations import subject_of, who_of
from handlers.turn import Turn
from handlers.words import NO, clean, says_something
from locales import translator

SURE: Final = 0.6  # below it, a reading is asked as yes or no and not stored as told
LONGEST: Final = 4000  # characters that are read and kept of one message
_FOR_EVERYBODY: Final = ("receiving_programmes", "hukou_chongqing", "hukou_yongchuan", "lives_in_yongchuan")


@dataclass(slots=True)
class Taken:
    """What became of a reading: stored, replaced (before, after), put in doubt, or about somebody else."""

    stored: list[StoredFact] = field(default_factory=list)
    replaced: list[tuple[StoredFact, StoredFact]] = field(default_factory=list)
    doubted: int = 0
    elsewhere: int = 0

    def anything(self) -> bool:
        """Whether the message brought something new."""
        return bool(self.stored or self.doubted)


def wants_nlu(conversation: Conversation, message: InboundMessage) -> bool:
    """Whether the language model could add something: free text that is neither a command nor a button's words."""
    return (
        message.kind == "text"
        and conversation.step not in ("details", "forget", "cancel")
        and says_something(message.text)
        and commands.find(message.text) is None
        and typed(conversation, message.text, by_number=False) is None
    )


def read(
    conversation: Conversation,
    message: InboundMessage,
    understanding: Understanding,
    catalogue: Catalogue,
    today: date,
) -> Interpretation:
    """What a typed message says, as this reporter means it. Spans count characters of `message.text`."""
    asked, subject = asked_now(conversation)
    draft = conversation.draft
    return interpret(
        message.text[:LONGEST],
        understanding,
        lang=conversation.lang,
        on=today,
        catalogue=catalogue,
        asked=asked,
        asked_for=who_of(draft, subject) if subject else None,
        people=[
            # Who the case is about stands first: a text that names nobody speaks of them.
            KnownPerson("self", who_of(draft, "self")),
            *(KnownPerson(one.id, who_of(draft, one.id), one.which) for one in draft.people),
        ],
    )


def asked_now(conversation: Conversation) -> tuple[str | None, str | None]:
    """The fact and subject the desk just asked about, or two Nones."""
    data = conversation.step_data
    if conversation.step in ("question", "office"):
        return data.get("fact"), data.get("subject")
    return None, None


def heard(turn: Turn) -> Heard:
    """This message's reading, with its time and its words masked."""
    read_ = turn.read
    return Heard(
        message=turn.message.id,
        said_at=turn.message.received_at,
        text=mask(turn.message.text[:LONGEST]),
        facts=list(read_.facts) if read_ else [],
        corrects=bool(read_ and read_.corrects),
    )


def take(turn: Turn, one: Heard, *, sure: bool = False) -> Taken:
    """Store a reading. Corrections replace what was said before; a contradiction nobody announced is asked about first.

    `sure` stores everything: the person just said yes to it.
    """
    taken = Taken()
    draft = turn.conversation.draft
    asked = asked_now(turn.conversation)
    mine = list(_mine(turn, one))
    for fact in mine:
        subject = _subject(turn, fact)
        if _belongs_to_another(fact, mine, asked[0]):
            continue
        if subject is None:
            taken.elsewhere += 1
            continue
        new = _stored(turn, one, fact, subject)
        old = find(draft, fact.fact, subject)
        if old is not None and isinstance(old.value, tuple) and isinstance(new.value, tuple) and new.value:
            new.value = tuple(dict.fromkeys((*old.value, *new.value)))  # help named later comes in addition
        if old is not None and same(old, new):
            continue
        contradicts = old is not None and old.state == "answered" and not _refines(old, new)
        announced = one.corrects or (fact.fact, subject) == asked
        if not sure and (fact.sureness < SURE or (contradicts and not announced)):
            taken.doubted += 1
            draft.doubts.append(replace(one, facts=[fact]))
            continue
        put(draft, new)
        taken.stored.append(new)
        if old is not None and contradicts:
            taken.replaced.append((old, new))
    if taken.elsewhere and not taken.anything():
        turn.notes.append(translator(turn.conversation.lang)("elsewhere"))
    return taken


def as_stored(turn: Turn, doubt: Heard) -> StoredFact | None:
    """The answer a doubt would become, or None when it says nothing new any more."""
    for fact in _mine(turn, doubt):
        subject = _subject(turn, fact)
        if subject is not None:
            new = _stored(turn, doubt, fact, subject)
            old = find(turn.conversation.draft, fact.fact, subject)
            return None if old is not None and same(old, new) else new
    return None


def fresh(
    turn: Turn, fact: str, subject: str, state: Literal["answered", "dont_know", "declined"]
) -> StoredFact:
    """An answer to a question, without its value yet: it came from a button, or from the whole message."""
    words = None if turn.picked else mask(turn.message.text[:LONGEST])
    return StoredFact(
        fact=fact,
        subject=subject,
        state=state,
        message=turn.message.id,
        said_at=turn.message.received_at,
        said_by=said_by(turn),
        words=words,
        span=None if words is None else (0, len(words)),
        choice=turn.picked.label if turn.picked else None,
        confirmed=True,
    )


def said_by(turn: Turn) -> Literal["applicant", "proxy", "officer"]:
    """Who is speaking, for the evidence."""
    kind = turn.conversation.draft.reporter.kind
    return kind if kind in ("proxy", "officer") else "applicant"


def _mine(turn: Turn, one: Heard) -> Iterable[UnderstoodFact]:
    """The facts this catalogue knows; never one read out of a number that was masked."""
    for fact in one.facts:
        scope = turn.catalogue.facts[fact.fact].scope if fact.fact in turn.catalogue.facts else None
        covered = "＊" in one.text[fact.span[0] : fact.span[1]]
        says = fact.value is not None or fact.low is not None or fact.high is not None
        if scope is None or covered or not says:
            continue
        # Whether the rules can take it at all is settled before anybody is added to the household for it.
        if fits(
            turn.rules, _stored(turn, one, fact, "self" if scope == "person" else "household"), turn.today
        ):
            yield fact


def _belongs_to_another(fact: UnderstoodFact, facts: list[UnderstoodFact], asked: str | None) -> bool:
    """Whether a bare "no" was taken for the answer though it is part of another one: asked for income, "没得车" is no car."""
    return (
        fact.fact == asked
        and clean(fact.words) in NO
        and any(
            other.fact != asked
            and other.span[0] <= fact.span[0]
            and fact.span[1] <= other.span[1]
            and other.span[1] - other.span[0] > fact.span[1] - fact.span[0]
            for other in facts
        )
    )


def _subject(turn: Turn, fact: UnderstoodFact) -> str | None:
    definition = turn.catalogue.facts[fact.fact]
    if definition.scope == "household":
        return "household"
    if fact.who == "household":
        return (
            "household"
            if fact.fact == "receiving_programmes"
            else "self"
            if fact.fact in _FOR_EVERYBODY
            else None
        )
    asked, subject = asked_now(turn.conversation)
    if subject and asked == fact.fact and fact.who == who_of(turn.conversation.draft, subject):
        return subject
    return subject_of(turn.conversation.draft, fact.who, fact.which)


def _stored(turn: Turn, one: Heard, fact: UnderstoodFact, subject: str) -> StoredFact:
    start, end = fact.span
    return StoredFact(
        fact=fact.fact,
        subject=subject,
        state="answered",
        message=one.message,
        said_at=one.said_at,
        said_by=said_by(turn),
        sureness=fact.sureness,
        value=fact.value,
        low=fact.low,
        high=fact.high,
        words=one.text[start:end] or mask(fact.words),
        span=fact.span,
    )


def _refines(old: StoredFact, new: StoredFact) -> bool:
    """Whether the new answer only says the old one more exactly: 400 to 500, then 450."""
    if isinstance(old.value, tuple) and isinstance(new.value, tuple):
        return set(old.value) <= set(new.value)
    if old.value is not None or isinstance(new.value, bool | str | tuple):
        return False
    low = new.low if new.value is None else new.value
    high = new.high if new.value is None else new.value
    return (old.low is None or (low is not None and low >= old.low)) and (
        old.high is None or (high is not None and high <= old.high)
    )
