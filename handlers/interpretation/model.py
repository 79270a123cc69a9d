"""What interpretation gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handlers.messages import UnderstoodFact

Urgent = Literal["self_harm", "violence", "child_at_risk", "hunger", "no_shelter", "medical"]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody already spoken of: `id` in the conversation and how the reporter calls them."""

    id: str
    relation: str
    which: int | None = None


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What one message says. `facts[*].who` is `self`, `household` or a relation; spans count characters of `text`.

    `answer` is set when a question was asked and the message answers it; `corrects` when it corrects something said
    before. `not_understood` holds stretches of text nobody made anything of. `intent` is one of the allow-list or None.
    """

    lang: str
    intent: str | None = None
    confidence: float = 0.0
    urgent: Urgent | None = None
    facts: tuple[UnderstoodFact, ...] = ()
    answer: Literal["value", "dont_know", "declined"] | None = None
    corrects: bool = False
    not_understood: tuple[str, ...] = ()
