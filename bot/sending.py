"""What can become of one attempt to send a message, told apart by what may be done next.

SendError
 ├ NotSentError      it surely did not arrive: try again
 ├ LaterError        the channel says when: try again then (other chats go on)
 ├ ServerError       the channel is out of order; most likely it did not arrive: try again, with a mark
 ├ UnclearError      it may have arrived: say so, and try once more after a while
 ├ UndeliverableError  it will never arrive, with a reason a caseworker understands
 └ TurnedAwayError   we are not let in any more (token): stop
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


class SendError(Exception):
    """An attempt to send did not end in "sent"."""


class NotSentError(SendError):
    """It surely did not arrive (no connection was made)."""


class LaterError(SendError):
    """Too many messages; `seconds` until the next try."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"in {seconds} s")
        self.seconds = seconds


class ServerError(SendError):
    """The channel's server answered with an error of its own."""


class UnclearError(SendError):
    """The answer was lost: it may have arrived."""


class UndeliverableError(SendError):
    """It will never arrive. `reason`: blocked, gone, refused. `unreachable`: nothing else will arrive either."""

    def __init__(self, reason: str, *, unreachable: bool) -> None:
        super().__init__(reason)
        self.reason, self.unreachable = reason, unreachable


class TurnedAwayError(SendError):
    """Our token is not accepted: nothing can be sent until somebody puts that right."""


@dataclass(frozen=True, slots=True)
class Question:
    """A message sent earlier whose buttons are still there: its ids at the channel and what it said."""

    row: int
    provider_ids: list[Any]
    message: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sending:
    """One message to be sent. `again` when it may have arrived before; `open`: the questions it answers."""

    row: int
    conversation: str
    chat_key: str
    lang: str | None
    message: dict[str, Any]
    attempts: int
    resent: bool = False
    again: bool = False
    is_notice: bool = False
    open: tuple[Question, ...] = ()


class Sender(Protocol):
    """What a channel needs to be sent to."""

    async def send(self, sending: Sending) -> list[Any]:
        """Send; gives the channel's ids of the message, or raises a SendError."""
