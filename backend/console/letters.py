"""What the resident will read, word for word, before it is sent.

The conversation renders the notice (`handlers.notices`, which the backend may not import); this says the same with
the same words from `locales`. A test holds the two together for every kind of notice written here.
"""

from __future__ import annotations

import re

from backend.console.folder import Folder
from backend.eligibility.model import HOUSEHOLD, Catalogue
from locales import Translator, text, translator


def letter(catalogue: Catalogue, folder: Folder, kind: str, words: str) -> str:
    """The notice of this kind in the reader's language; `words` are the reason or the message."""
    t = translator(folder.submission.lang)
    reference = folder.application.reference
    lines = [t("notice.head"), t(f"notice.{kind}", name=_name(catalogue, folder, t), reference=reference)]
    if kind == "message":
        lines.append(t("notice.words", words=words))
    else:
        lines.append(t("notice.reason", reason=words))
    if kind == "denied":
        lines.append(t("notice.denied.next"))
    return "\n".join(lines)


def _name(catalogue: Catalogue, folder: Folder, t: Translator) -> str:
    """The programme, and whom it is for where more than one person could be meant."""
    one = folder.application
    programme = catalogue.programmes.get(one.programme)
    name = text(programme.name, t.lang) if programme else one.programme
    others = [person for person in folder.persons if person.subject != "self"]
    if one.subject == HOUSEHOLD or not (others or folder.submission.reporter_kind != "self"):
        return name
    return t("offer.title", name=name, who=_whom(folder, t))


def _whom(folder: Folder, t: Translator) -> str:
    """The person an application is for, as whoever reported would say it."""
    person = next(
        (
            each
            for each in folder.persons
            if each.subject == folder.application.subject and each.subject != "self"
        ),
        None,
    )
    if person is None:
        return _applicant(folder, t)
    if person.name:
        return person.name
    relation = t(f"relation.{person.relation}")
    if sum(each.relation == person.relation for each in folder.persons) > 1:
        number = re.search(r"\d+$", person.subject)
        relation = t("who.nth", relation=relation, number=number[0] if number else 1)
    return t("who.of", person=_whose(_applicant(folder, t), t), relation=relation)


def _applicant(folder: Folder, t: Translator) -> str:
    submission = folder.submission
    if submission.reporter_kind == "self":
        return t("who.you")
    if submission.reporter_kind == "proxy" and submission.reporter_relation not in (None, "other"):
        return t("who.of", person=t("who.your"), relation=t(f"relation.{submission.reporter_relation}"))
    name = next((person.name for person in folder.persons if person.subject == "self"), None)
    return name or t("who.resident")


def _whose(person: str, t: Translator) -> str:
    return t("who.your") if person == t("who.you") else t("who.whose", person=person)
