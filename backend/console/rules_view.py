"""What the rules say about an application, and what would settle what they cannot tell yet."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from backend.console.folder import Folder
from backend.console.naming import programme_name, subject_words
from backend.eligibility.model import Catalogue, FactRef
from backend.intake.screenings import result_from, value_from
from locales import Translator, text
from locales.reasons import amount_words, reasons, value_words

TONES = {"true": "green", "false": "red", "unknown": "amber"}


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that could still change the outcome; `state` says that the resident does not know or would not say."""

    label: str
    whom: str
    state: str
    ask_url: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The screening in words. It decides nothing: a person does."""

    tone: str
    words: str
    amount: str | None
    reasons: list[str]
    missing: list[Missing]
    contradictions: list[str]
    conflicts: list[str]
    version: str
    basis: tuple[str, ...]


def rules_view(folder: Folder, catalogue: Catalogue, t: Translator, *, may_ask: bool) -> Rules:
    """The stored result of this application as a caseworker reads it."""
    application = folder.application
    result = result_from(application.screening)
    programme = catalogue.programmes.get(application.programme)
    words = t(f"console.truth.{application.truth}")
    if application.truth != application.said_truth:
        words += " " + t("console.truth.said_otherwise", said=t(f"console.truth.{application.said_truth}"))
    return Rules(
        tone=TONES[application.truth],
        words=words,
        amount=amount_words(catalogue, result, t.lang) if programme else None,
        reasons=reasons(catalogue, result, t.lang) if programme else [],
        missing=[_missing(ref, folder, catalogue, t, may_ask=may_ask) for ref in result.missing],
        contradictions=_contradictions(folder, catalogue, t),
        conflicts=[
            t(f"console.rules.{one.rule}", programme=programme_name(catalogue, one.programme, t.lang))
            for one in result.conflicts_with
        ],
        version=t("console.rules.version", version=application.catalogue[:12]),
        basis=programme.legal_basis if programme else (),
    )


def _missing(ref: FactRef, folder: Folder, catalogue: Catalogue, t: Translator, *, may_ask: bool) -> Missing:
    definition = catalogue.facts.get(ref.fact)
    stated = next(
        (
            fact
            for fact in folder.facts
            if (fact.fact, fact.subject) == (ref.fact, ref.subject) and fact.superseded_by_id is None
        ),
        None,
    )
    address = f"/console/applications/{folder.application.reference}/ask?"
    return Missing(
        label=text(definition.label, t.lang) if definition else ref.fact,
        whom=subject_words(ref.subject, folder.persons, t),
        state=t(f"console.state.{stated.state}") if stated and stated.state != "answered" else "",
        ask_url=address + urlencode({"about": f"{ref.fact}@{ref.subject}"})
        if may_ask and definition and definition.ask
        else "",
    )


def _contradictions(folder: Folder, catalogue: Catalogue, t: Translator) -> list[str]:
    found = []
    for one in folder.submission.screening.get("contradictions", []):
        definition = catalogue.facts.get(one["fact"])
        stated, derived = value_from(one["stated"]), value_from(one["derived"])
        if definition and stated is not None and derived is not None:
            found.append(
                t(
                    "console.rules.contradiction",
                    fact=text(definition.label, t.lang),
                    whom=subject_words(one["for"], folder.persons, t),
                    stated=value_words(definition, stated, t.lang, catalogue),
                    derived=value_words(definition, derived, t.lang, catalogue),
                )
            )
    return found
