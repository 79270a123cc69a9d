"""One turn: everything a step may look at or change, handed in from outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from backend.eligibility.model import Catalogue
from backend.eligibility.rules import Rules
from handlers.conversation import Conversation
from handlers.interpretation.model import Interpretation
from handlers.messages import Choice, InboundMessage, Reply
from handlers.ports import Clock, Ids, IntakeBackend


@dataclass(slots=True)
class Turn:
    """`conversation` is changed in place; the bot commits it together with `replies`, or not at all.

    `read` is the interpretation of a typed message, `None` for a tapped choice or a notice. `picked` and `notes` are
    the conversation's own: the choice that was tapped (or typed word for word), and lines said before the next question.
    """

    message: InboundMessage
    conversation: Conversation
    catalogue: Catalogue
    rules: Rules
    backend: IntakeBackend
    clock: Clock
    ids: Ids
    today: date
    read: Interpretation | None = None
    replies: list[Reply] = field(default_factory=list)
    picked: Choice | None = None
    notes: list[str] = field(default_factory=list)
