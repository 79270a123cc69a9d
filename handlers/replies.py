"""Replies as steps make them: what was noted on the way is said first, in the same message."""

from __future__ import annotations

from typing import Any

from handlers.messages import Choice, Reply
from handlers.turn import Turn


def reply(turn: Turn, step: str, text: str, *choices: Choice, brief: str | None = None, **more: Any) -> Reply:
    """One message of the desk, the notes of this turn before it."""
    notes, turn.notes = turn.notes, []
    return Reply(
        step=step,
        text="\n\n".join([*notes, text]),
        choices=choices,
        brief=None if brief is None else "\n\n".join([*notes, brief]),
        **more,
    )
