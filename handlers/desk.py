"""What the desk does beside talking: keeps the transcript, asks for people, and tries again what did not go through."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final, Literal

from backend import contract
from handlers.conversation import Line, Unsent
from handlers.interpretation.model import Urgent
from handlers.masking import mask
from handlers.ports import BackendRefusedError, BackendUnavailableError
from handlers.reading import LONGEST
from handlers.submission import contact, opaque, transcript
from handlers.turn import Turn

_KEPT = 600  # transcript lines; beyond, the middle of a very long talk is let go
_DESK_LINE = (
    1200  # characters kept of a message of our own: the longest ones only list what is kept elsewhere
)


def write_down(turn: Turn) -> None:
    """Put what the reporter said into the transcript, personal numbers covered."""
    message = turn.message
    said = turn.picked.label if turn.picked else mask(message.text[:LONGEST])
    if message.kind != "notice" and said:
        _add(turn, "reporter", said, message.id)


def write_replies(turn: Turn) -> None:
    """Put the desk's own lines into the transcript."""
    for index, reply in enumerate(turn.replies):
        _add(turn, "desk", reply.text[:_DESK_LINE], f"{turn.message.id}.{index}")


PATIENCE: Final = 4.0  # seconds: a hotline number must not wait behind a hanging intake
AGAIN: Final = timedelta(seconds=30)

Outcome = Literal["sent", "waiting", "refused"]
"""Whether the intake has it, will get it with a later turn, or said no for good."""


async def ask_for_person(turn: Turn, urgent: Urgent | None = None) -> Outcome:
    """Open a task for a person, with the transcript."""
    request = contract.HelpRequestIn(
        kind="urgent" if urgent else "human",
        urgent=urgent,
        contact=contact(turn.conversation),
        transcript=transcript(turn.conversation),
    )
    waiting = Unsent("help", opaque(turn.message.id), request.model_dump(mode="json"))
    return await _send(turn, waiting)


async def send_answer(turn: Turn, reference: str, answer: contract.AnswerIn) -> Outcome:
    """Hand a caseworker their answer."""
    body = answer.model_dump(mode="json")
    return await _send(turn, Unsent("answer", opaque(turn.message.id), body, reference))


async def send_waiting(turn: Turn) -> None:
    """Try again what the intake could not take before; stops at the first that still cannot go.

    Not with every message: while the intake hangs, nobody shall wait for it again and again.
    """
    conversation, now = turn.conversation, turn.message.received_at
    if not conversation.unsent or (conversation.tried_at and now - conversation.tried_at < AGAIN):
        return
    waiting, conversation.unsent = conversation.unsent, []
    for index, one in enumerate(waiting):
        if await _send(turn, one) == "waiting":
            turn.conversation.unsent.extend(waiting[index + 1 :])
            return


async def _send(turn: Turn, one: Unsent) -> Outcome:
    try:
        async with asyncio.timeout(PATIENCE):
            if one.kind == "help":
                await turn.backend.ask_for_help(one.message, contract.HelpRequestIn.model_validate(one.body))
            else:
                answer = contract.AnswerIn.model_validate(one.body)
                await turn.backend.answer(one.message, one.reference, answer)
    except (BackendUnavailableError, TimeoutError):
        turn.conversation.unsent.append(one)
        turn.conversation.tried_at = turn.message.received_at
        return "waiting"
    except BackendRefusedError:
        return "refused"
    return "sent"


def _add(turn: Turn, who: str, text: str, message: str) -> None:
    lines = turn.conversation.transcript
    lines.append(Line(message, turn.message.received_at, "desk" if who == "desk" else "reporter", text))
    if len(lines) > _KEPT:
        del lines[100 : 100 + len(lines) - _KEPT]
