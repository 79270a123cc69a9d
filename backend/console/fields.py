"""The fields of an application as a caseworker reads them: value, words, who, how sure, confirmed or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backend.console.evidence import Quote, Sure, quote, said_by, sure
from backend.console.folder import Folder
from backend.console.naming import name_of, subject_words
from backend.console.values import fact_words
from backend.console.web import moment
from backend.eligibility.model import HOUSEHOLD, Catalogue
from backend.intake.models import StatedFact
from locales import Translator, text


@dataclass(frozen=True, slots=True)
class Field:
    """One answer, everything known about where it came from, and what was answered before it."""

    anchor: str
    label: str
    state: str  # answered, dont_know, declined
    value: str
    quote: Quote | None
    choice: str | None
    line: int | None  # its place in the conversation, when we have it
    who: str
    when: str
    sure: Sure | None
    confirmed: bool
    by_staff: bool
    asked: str | None  # the caseworker's question that this answers
    earlier: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The fields about one subject: what this programme's rules use, and the rest of the same filing."""

    subject: str
    title: str
    used: tuple[Field, ...]
    others: tuple[Field, ...]


def groups(folder: Folder, catalogue: Catalogue, used: frozenset[str], t: Translator) -> list[Group]:
    """All current answers by subject: the household first, then the members in the order they were told."""
    order = {fact: place for place, fact in enumerate(catalogue.facts)}
    subjects = [HOUSEHOLD, *(person.subject for person in folder.persons)]
    known = set(subjects)
    subjects += sorted({fact.subject for fact in folder.facts} - known)
    made = []
    for subject in subjects:
        current = [fact for fact in folder.facts if fact.subject == subject and fact.superseded_by_id is None]
        if not current:
            continue
        current.sort(key=lambda fact: (order.get(fact.fact, len(order)), fact.id))
        shown = [(fact.fact in used, _field(fact, folder, catalogue, t)) for fact in current]
        title = subject_words(subject, folder.persons, t)
        name = name_of(subject, folder.persons) if subject != HOUSEHOLD else ""
        made.append(
            Group(
                subject,
                f"{title} · {name}" if name else title,
                tuple(field for is_used, field in shown if is_used),
                tuple(field for is_used, field in shown if not is_used),
            )
        )
    return made


def _field(fact: StatedFact, folder: Folder, catalogue: Catalogue, t: Translator) -> Field:
    earlier = [
        one
        for one in folder.facts
        if (one.subject, one.fact) == (fact.subject, fact.fact) and one.superseded_by_id is not None
    ]
    return _one(
        fact,
        folder,
        catalogue,
        t,
        earlier=tuple(_one(one, folder, catalogue, t) for one in reversed(earlier)),
    )


def _one(
    fact: StatedFact,
    folder: Folder,
    catalogue: Catalogue,
    t: Translator,
    earlier: tuple[Field, ...] = (),
) -> Field:
    definition = catalogue.facts.get(fact.fact)
    question = folder.question(fact.question_id)
    return Field(
        anchor=f"f-{fact.id}",
        label=text(definition.label, t.lang) if definition else fact.fact,
        state=fact.state,
        value=fact_words(catalogue, fact, t)
        if fact.state == "answered"
        else t(f"console.state.{fact.state}"),
        quote=quote(fact, folder.messages),
        choice=fact.choice,
        line=folder.places.get(fact.message),
        who=said_by(fact, folder.submission.reporter_name or "", name_of("self", folder.persons), t),
        when=moment(fact.said_at, t),
        sure=sure(fact.sureness, t) if fact.words is not None and fact.state == "answered" else None,
        confirmed=fact.confirmed,
        by_staff=fact.said_by == "caseworker",
        asked=question.text if question else None,
        earlier=earlier,
    )


def used_by(catalogue: Catalogue, programme: str) -> frozenset[str]:
    """The facts a programme's rules look at, those behind derived facts included."""
    found = catalogue.programmes.get(programme)
    if not found:
        return frozenset()
    expressions = [criterion.when for criterion in found.criteria]
    expressions += [
        each for each in (found.benefit.amount, *(tier.when for tier in found.benefit.tiers)) if each
    ]
    return _named_in(expressions, catalogue, frozenset())


def _named_in(expressions: list[str], catalogue: Catalogue, known: frozenset[str]) -> frozenset[str]:
    names = {name for expression in expressions for name in _words_of(expression, catalogue.facts)} - known
    behind = [
        expression
        for name in names
        for expression in (catalogue.facts[name].derived, catalogue.facts[name].per)
        if expression
    ]
    return known | names | (_named_in(behind, catalogue, known | names) if behind else frozenset())


def _words_of(expression: str, facts: Mapping[str, object]) -> set[str]:
    plain = "".join(character if character.isalnum() or character == "_" else " " for character in expression)
    names = {word for word in plain.split() if word in facts}
    return names | ({"receiving_programmes"} & set(facts) if "receives(" in expression else set())
