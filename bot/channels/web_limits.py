"""How much one visitor may ask of the web chat: requests, bytes, seconds and open streams. In memory, generous.

A whole village may share one address, so the limits are there for broken scripts, not for people.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass

from fastapi import Request

from bot.channels.web_problems import WebProblemError

JSON_BYTES = 64 * 1024  # 4,000 characters, each written as \\uXXXX\\uXXXX, and room for the rest
BODY_SECONDS = 20.0
MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_second`."""

    burst: float
    per_second: float


class Buckets:
    """Token buckets by key; the longest unused are forgotten, so that memory stays bounded."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Take one token, or raise 429 with the seconds after which there is one."""
        now = time.monotonic()
        left, at = self._known.pop(key, (self.rate.burst, now))
        left = min(self.rate.burst, left + (now - at) * self.rate.per_second)
        allowed = left >= 1
        self._known[key] = (left - 1 if allowed else left, now)
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        if not allowed:
            wait = int((1 - left) / self.rate.per_second) + 1
            raise WebProblemError(429, "too_many", retry_after=wait)


class Limits:
    """The limits of one web chat."""

    def __init__(self) -> None:
        self.conversations = Buckets(Rate(300, 10))  # new ones, per address
        self.requests = Buckets(Rate(1000, 200))  # anything, per address
        self.messages = Buckets(Rate(120, 5))  # per conversation
        self.files = Buckets(Rate(10, 0.2))  # per conversation


def address(request: Request) -> str:
    """Where a request comes from; behind a proxy the server has put the visitor's own address here."""
    return request.client.host if request.client else "unknown"


async def read_body(request: Request, limit: int = JSON_BYTES) -> bytes:
    """The whole body, counted while it arrives: too much is a 413 before it is read, too slow a 408."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise WebProblemError(413, "too_large")
    received = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                received += chunk
                if len(received) > limit:
                    raise WebProblemError(413, "too_large")
    except TimeoutError:
        raise WebProblemError(408, "too_slow") from None
    return bytes(received)
