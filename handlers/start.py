"""A new draft: for the same or another person, with nothing carried over but the language."""

from __future__ import annotations

from handlers.conversation import Draft
from handlers.plan import go
from handlers.turn import Turn


def begin(turn: Turn) -> str:
    """Start afresh. Consent was given to the desk, not to one application: it is not asked a second time."""
    conversation = turn.conversation
    conversation.draft = Draft()
    return go(turn, "reporter" if conversation.consented else "consent")
