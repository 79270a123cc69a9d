"""Logs that can be shown to anybody: only keys on the list get through, so personal data stays out by default."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import EventDict, WrappedLogger

# An allow-list, not a deny-list: a new key is dropped until somebody decides that it is never about a person.
ALLOWED = frozenset({
    "event", "level", "logger", "timestamp", "process", "channel", "update", "row", "kind", "step", "status", "code",
    "method", "route", "seconds", "count", "attempt", "attempts", "reason", "error", "cause", "retry_in", "port", "pid",
    "path", "programme", "reference", "version", "model", "notice", "question", "worker", "from_status", "to_status",
})  # fmt: skip


def only_allowed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop what is not on the list; of an exception keep its type, never its words (they may quote the data)."""
    failure = event.pop("exc_info", None)
    if failure:
        exception = failure if isinstance(failure, BaseException) else sys.exc_info()[1]
        event["error"] = type(exception).__name__
    return {key: value for key, value in event.items() if key in ALLOWED}


def set_up(process: str) -> None:
    """Log lines as JSON on standard error; other libraries' loggers are kept to warnings (httpx would log the token)."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s", stream=sys.stderr)
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
