"""Waiting in tests for something that happens in the background, without sleeping longer than needed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def until(condition: Callable[[], T | Awaitable[T]], seconds: float = 10.0, what: str = "") -> T:
    """The first true value of `condition`, looked at every 20 ms; fails after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        found: T = await value if isinstance(value, Awaitable) else value
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s for {what or condition}; last seen {found!r}")
        await asyncio.sleep(0.02)
