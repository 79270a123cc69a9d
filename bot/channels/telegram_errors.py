"""What a failed call to Telegram means for the message: told by the cause of the error, not by its name (findings F11).

`TimedOut` and `NetworkError` say nothing by themselves: the message may have been delivered. Unknown is "unclear".
"""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.sending import (
    LaterError,
    NotSentError,
    SendError,
    ServerError,
    TurnedAwayError,
    UnclearError,
    UndeliverableError,
)

NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
NO_CHAT = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_write_forbidden",
    "have no rights to send",
)


def meaning(error: TelegramError) -> SendError:
    """The SendError this error amounts to."""
    if isinstance(error, RetryAfter):
        seconds = error.retry_after
        return LaterError(seconds.total_seconds() if isinstance(seconds, timedelta) else float(seconds))
    if isinstance(error, Forbidden):
        gone = "deactivated" in error.message.lower()
        return UndeliverableError("account gone" if gone else "blocked", unreachable=True)
    if isinstance(error, InvalidToken):
        return TurnedAwayError()
    if isinstance(error, ChatMigrated):
        return UndeliverableError("chat moved", unreachable=True)
    if isinstance(error, BadRequest):
        if any(words in error.message.lower() for words in NO_CHAT):
            return UndeliverableError("chat not found", unreachable=True)
        return UndeliverableError("refused", unreachable=False)
    if isinstance(error, NetworkError):
        return _network(error)
    return UnclearError(type(error).__name__)


def _network(error: NetworkError) -> SendError:
    cause = error.__cause__
    if isinstance(cause, NEVER_SENT):
        return NotSentError(type(cause).__name__)
    if cause is None or isinstance(cause, TelegramError):  # an answer, but 5xx or a page in its place
        return ServerError("server error")
    return UnclearError(type(cause).__name__)


def harmless(error: TelegramError) -> bool:
    """Whether a failed edit or acknowledgement means only that there was nothing left to do."""
    words = error.message.lower()
    return isinstance(error, BadRequest) and any(
        known in words
        for known in (
            "not modified",
            "query is too old",
            "query id is invalid",
            "message to edit not found",
            "message can't be edited",
        )
    )
