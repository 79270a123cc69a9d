"""Buttons: made by steps without ids, numbered once per turn, found again when pressed or typed word for word."""

from __future__ import annotations

from dataclasses import replace

from handlers.conversation import Conversation
from handlers.messages import Choice, ChoiceKind, FactValue
from handlers.turn import Turn
from handlers.words import NO, YES, clean

_MOST = {"telegram": 8}  # buttons under one message, where the channel has a say
_ELSEWHERE = 16  # a page scrolls; more would be a wall


def button(label: str, kind: ChoiceKind, act: str = "", value: FactValue | None = None) -> Choice:
    """A button before it has its id. `act` is what the step makes of it."""
    return Choice("", label, kind, value, act=act)


def most(conversation: Conversation) -> int:
    """How many buttons one message of this conversation's channel holds."""
    return _MOST.get(conversation.channel, _ELSEWHERE)


def pressed(conversation: Conversation, id_: str | None) -> Choice | None:
    """The button that counts now and has this id, or None when it is stale or was never ours."""
    return next((one for one in conversation.choices if one.id == id_), None)


def typed(conversation: Conversation, text: str, *, by_number: bool) -> Choice | None:
    """The button a text names: by its words, by plain yes or no where there is one of each, or by its number in the list."""
    said = clean(text)
    if not said:
        return None
    for one in conversation.choices:
        if clean(one.label) == said:
            return one
    for words, act in ((YES, "yes"), (NO, "no")):
        if said in words:
            return next((one for one in conversation.choices if one.act == act), None)
    if by_number and said.isascii() and said.isdigit() and 1 <= int(said[:3]) <= len(conversation.choices):
        chosen = conversation.choices[int(said[:3]) - 1]
        # What cannot be taken back needs its button, or its words in full: a stray digit must not file or delete.
        return None if chosen.kind in ("file", "confirm") and chosen.act != "yes" else chosen
    return None


def of_kind(conversation: Conversation, kind: ChoiceKind) -> Choice | None:
    """The button of this kind that counts now, for a word that means the same ("不晓得")."""
    return next((one for one in conversation.choices if one.kind == kind), None)


def number(turn: Turn) -> None:
    """Give the buttons of this turn's replies their ids, and make them the ones that count.

    The same buttons shown again keep their ids: a question that is repeated is still the same question.
    """
    conversation = turn.conversation
    shown = [one for reply in turn.replies for one in reply.choices]
    if not shown:
        return
    if shown == [replace(one, id="") for one in conversation.choices]:
        ids = iter([one.id for one in conversation.choices])
    else:
        conversation.serial += 1
        ids = iter([f"{conversation.serial}.{index}" for index in range(len(shown))])
    for index, reply in enumerate(turn.replies):
        turn.replies[index] = replace(
            reply, choices=tuple(replace(one, id=next(ids)) for one in reply.choices)
        )
    conversation.choices = [one for reply in turn.replies for one in reply.choices]


def follow(turn: Turn) -> None:
    """Mark the first reply of the turn with the button it follows, for channels that turn dead buttons into a tick."""
    if turn.picked is not None and turn.message.kind == "choice":
        for index, reply in enumerate(turn.replies):
            if reply.kind == "reply":
                turn.replies[index] = replace(reply, chosen=turn.picked.label)
                return
