"""What is said before the desk knows whom it is about: kept, and read once it knows. Nobody has to say a thing twice."""

from __future__ import annotations

from typing import Final

from handlers.reading import heard
from handlers.turn import Turn
from handlers.words import says_something

_STORY: Final = 8  # characters from which words are taken for a story even if nothing was recognised in them


def hold(turn: Turn) -> None:
    """Keep this message for the time when its facts can be given to the right person."""
    turn.conversation.held.append(heard(turn))


def hold_if_telling(turn: Turn) -> bool:
    """Keep this message if it tells something; False when it does not."""
    telling = bool(turn.read and turn.read.facts) or len(turn.message.text.strip()) >= _STORY
    if turn.picked is not None or not telling or not says_something(turn.message.text):
        return False
    hold(turn)
    return True
