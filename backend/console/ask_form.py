"""What a caseworker can ask about: the facts of the catalogue, for the household and each member."""

from __future__ import annotations

from typing import Any

from backend.console.fields import used_by
from backend.console.folder import Folder
from backend.console.naming import subject_words
from backend.eligibility.model import HOUSEHOLD, Catalogue, FactDef
from locales import Translator, text


def choices(catalogue: Catalogue, folder: Folder, t: Translator) -> list[dict[str, Any]]:
    """Groups of facts by subject; those that this programme's rules use come first."""
    used = used_by(catalogue, folder.application.programme)
    subjects = [HOUSEHOLD, *(person.subject for person in folder.persons)]
    made = []
    for subject in subjects:
        scope = "household" if subject == HOUSEHOLD else "person"
        facts = [fact for fact in catalogue.facts.values() if fact.scope == scope and fact.ask]
        facts.sort(key=lambda fact: fact.id not in used)
        title = subject_words(subject, folder.persons, t)
        made.append(
            {
                "title": title,
                "facts": [
                    {
                        "value": f"{fact.id}@{subject}",
                        "label": f"{title} · {text(fact.label, t.lang)}",
                        "question": text(fact.question, folder.submission.lang),
                    }
                    for fact in facts
                ],
            }
        )
    return made


def read_about(catalogue: Catalogue, folder: Folder, chosen: str) -> tuple[FactDef, str] | None:
    """The fact and subject that a choice means; None for anything we did not offer."""
    fact, _, subject = chosen.partition("@")
    definition = catalogue.facts.get(fact)
    known = {HOUSEHOLD, *(person.subject for person in folder.persons)}
    if definition is None or not definition.ask or subject not in known:
        return None
    return definition, subject
