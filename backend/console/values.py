"""Values in words, whatever was stored."""

from __future__ import annotations

from decimal import InvalidOperation

from backend.eligibility.model import Catalogue
from backend.intake.cases import answer_of
from backend.intake.models import StatedFact
from locales import Translator
from locales.reasons import value_words


def fact_words(catalogue: Catalogue, fact: StatedFact, t: Translator) -> str:
    """The value as people say it; one that this catalogue cannot read is shown as it was sent."""
    definition = catalogue.facts.get(fact.fact)
    try:
        if definition is None:
            raise ValueError("unknown fact")
        value = answer_of(definition, fact).value
    except (ValueError, TypeError, InvalidOperation):
        return _as_sent(fact)
    return value_words(definition, value, t.lang, catalogue) if value is not None else ""


def _as_sent(fact: StatedFact) -> str:
    if fact.low is not None or fact.high is not None:
        return f"{fact.low if fact.low is not None else ''}–{fact.high if fact.high is not None else ''}"
    if isinstance(fact.value, list):
        return "、".join(str(one) for one in fact.value)
    return str(fact.value)
