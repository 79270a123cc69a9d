"""How the console calls people, programmes and statuses."""

from __future__ import annotations

import re

from backend.casework.models import Application
from backend.console.shown import masked_name
from backend.eligibility.model import HOUSEHOLD, Catalogue
from backend.people.models import Person
from locales import Translator, text

TONES = {
    "submitted": "blue", "accepted": "blue", "in_review": "violet", "waiting_for_resident": "amber",
    "approved": "green", "denied": "red", "withdrawn": "",
}  # fmt: skip


def programme_name(catalogue: Catalogue, programme: str, lang: str) -> str:
    """The programme's name; one that is no longer in the catalogue keeps its id."""
    found = catalogue.programmes.get(programme)
    return text(found.name, lang) if found else programme


def department_name(catalogue: Catalogue, department: str, lang: str) -> str:
    """The department's name, or its id."""
    return text(catalogue.departments.get(department, {}), lang) or department


def subject_words(subject: str, persons: list[Person], t: Translator) -> str:
    """Whom something is about: the whole family, the applicant, or a relation ("女儿", "女儿 2")."""
    if subject == HOUSEHOLD:
        return t("console.subject.household")
    person = next((each for each in persons if each.subject == subject), None)
    words = t(f"console.relation.{person.relation}") if person else subject
    number = re.search(r"\d+$", subject)
    return f"{words} {number[0]}" if person and number else words


def name_of(subject: str, persons: list[Person]) -> str:
    """The full name of the person meant, or of the applicant for the household; empty when it was not told."""
    wanted = "self" if subject == HOUSEHOLD else subject
    return next((each.name or "" for each in persons if each.subject == wanted), "")


def short_name(subject: str, persons: list[Person]) -> str:
    """The name as a list shows it, mostly starred."""
    return masked_name(name_of(subject, persons))


def status_tone(application: Application) -> str:
    """The colour of the status; its words always stand beside it."""
    return TONES[application.status]
