"""How people are spoken of: 您, 您父亲, 洪大爷; "your daughter", "Mr Hong's family"."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.conversation import Person, Reporter
from locales import Translator


def call(t: Translator, reporter: Reporter, people: Sequence[Person], name: str | None, subject: str) -> str:
    """The words for a subject, as this reporter would expect to hear them."""
    if subject == "household":
        return home(t, reporter, name)
    person = next((one for one in people if one.id == subject), None)
    if person is None:
        return _applicant(t, reporter, name)
    if person.name:
        return person.name
    relation = t(f"relation.{person.relation}")
    if person.which and sum(one.relation == person.relation for one in people) > 1:
        relation = t("who.nth", relation=relation, number=person.which)
    return t("who.of", person=whose(t, _applicant(t, reporter, name)), relation=relation)


def home(t: Translator, reporter: Reporter, name: str | None) -> str:
    """The words for the applicant's household, without that word."""
    if is_self(reporter):
        return t("who.home.you")
    applicant = _applicant(t, reporter, name)
    return t("who.home.of", person=t("who.whose.home", person=applicant))


def whose(t: Translator, person: str) -> str:
    """The possessive: "您", "your", "Mr Hong's"."""
    if person == t("who.you"):
        return t("who.your")
    return t("who.whose", person=person)


def is_self(reporter: Reporter) -> bool:
    """Whether the one who types is the one the aid is for."""
    return reporter.kind in (None, "self")


def _applicant(t: Translator, reporter: Reporter, name: str | None) -> str:
    if is_self(reporter):
        return t("who.you")
    if reporter.kind == "proxy" and reporter.relation not in (None, "other"):
        return t("who.of", person=t("who.your"), relation=t(f"relation.{reporter.relation}"))
    return name or t("who.resident")
