"""Reads Rasa's answer with distrust: known names only, offsets inside the text, figures that are figures."""

from __future__ import annotations

import math
from typing import Any, Final

from handlers.interpretation.intents import INTENTS
from handlers.messages import Entity, Understanding

ENTITIES: Final = frozenset(
    {
        "age", "amount", "area", "benefit", "care", "count", "date", "disability", "duration", "emergency",
        "hukou", "illness", "job", "period", "programme", "property", "relation", "school",
    }
)  # fmt: skip
KNOWN_SHARE: Final = (
    0.6  # of a text's words the model has met in training; below, its certainty means nothing (F4)
)
MOST_ENTITIES: Final = 100
Parsed = Understanding


def read_answer(answer: Any, text: str, start: int = 0) -> Understanding:
    """An understanding of `text`, which stands at `start` of the message. Raises ValueError when it is no answer at all."""
    if not isinstance(answer, dict) or not isinstance(answer.get("intent"), dict):
        raise ValueError("not an answer to a parse")
    known = answer.get("known")
    if _share(known) is False or (known is not None and _number(known) is None):
        return Understanding.nothing()
    entities = _entities(answer.get("entities"), text, start)
    name = answer["intent"].get("name")
    confidence = _number(answer["intent"].get("confidence"))
    if name not in INTENTS or confidence is None:
        return Understanding(entities=entities)
    return Understanding(name, confidence, _margin(answer.get("intent_ranking"), name, confidence), entities)


def _share(known: Any) -> bool:
    number = _number(known)
    return number is None or number >= KNOWN_SHARE


def _margin(ranking: Any, name: str, confidence: float) -> float:
    """How far the first intent is ahead of the second; no ranking, no lead."""
    if not isinstance(ranking, list):
        return 0.0
    others = [
        _number(one.get("confidence")) for one in ranking if isinstance(one, dict) and one.get("name") != name
    ]
    figures = [one for one in others if one is not None]
    return max(0.0, confidence - max(figures)) if figures else 0.0


def _number(value: Any) -> float | None:
    """A share between 0 and 1, or None for anything else (NaN, infinities, words, booleans)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and 0 <= value <= 1.000001 else None


def _entities(found: Any, text: str, start: int) -> tuple[Entity, ...]:
    if not isinstance(found, list):
        return ()
    kept = (_entity(one, text, start) for one in found[:MOST_ENTITIES] if isinstance(one, dict))
    return tuple(one for one in kept if one is not None)


def _entity(one: dict[str, Any], text: str, start: int) -> Entity | None:
    name, a, b = one.get("entity"), one.get("start"), one.get("end")
    if name not in ENTITIES or type(a) is not int or type(b) is not int or not 0 <= a < b <= len(text):
        return None
    raw = one.get("confidence_entity", one.get("confidence", 1.0))
    confidence = _number(raw)
    if confidence is None:
        return None
    role = one.get("role")
    # The value is always the words themselves: what Rasa says they mean is not believed (F5).
    return Entity(name, start + a, start + b, text[a:b], confidence, role if isinstance(role, str) else None)
