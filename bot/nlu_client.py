"""Asks the language model what a text means, and never lets it hold a conversation up.

Whatever goes wrong (slow, down, nonsense, unsure, never heard such words) comes back as `Understanding.nothing()`: the
conversation goes on with buttons and extractors. See `findings.md` F3 to F6 and F19 for why each limit is there.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final

import httpx

from bot.nlu_answer import Parsed, read_answer
from handlers.messages import Understanding

LONGEST_PIECE: Final = 500  # characters per call: a longer text costs Rasa its memory for good (F3)
MOST_PIECES: Final = 12
IN_FLIGHT: Final = 4  # more only makes everybody wait (F19)
PATIENCE: Final = 2.0  # seconds for a whole message
FAILURES: Final = 5  # in a row, before the model is left alone
PAUSE: Final = 10.0  # seconds until it is tried again, with one message

_SENTENCE: Final = re.compile(r"(?<=[。！？!?；;\n…])|(?<=[.])\s|(?<=[，,、])")
_SLASHES: Final = re.compile(r"^[\s/／⁄∕＼\\]+")  # a leading slash would be an order to Rasa (F5)


class NluClient:
    """One per bot process. `understand` may be called from any number of conversations at once."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        patience: float = PATIENCE,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._url, self._token, self._patience, self._pause = url.rstrip("/"), token, patience, pause
        self._clock, self._transport = clock, transport
        self._client: httpx.AsyncClient | None = None
        self._places = asyncio.Semaphore(IN_FLIGHT)
        self._failures, self._closed_until, self._probing = 0, 0.0, False

    @property
    def resting(self) -> bool:
        """Whether the model is being left alone after several failures in a row."""
        return self._failures >= FAILURES and (self._clock() < self._closed_until or self._probing)

    async def understand(self, text: str) -> Understanding:
        """What the model makes of a text, offsets counting characters of `text`; nothing when in any doubt."""
        pieces = cut(text)
        if not self._url or not pieces or self.resting:
            return Understanding.nothing()
        probe = self._failures >= FAILURES
        if probe:
            self._probing = True
        try:
            async with asyncio.timeout(self._patience):
                parsed = await asyncio.gather(*(self._parse(start, piece) for start, piece in pieces))
        except (
            httpx.HTTPError,
            httpx.InvalidURL,
            TimeoutError,
            ValueError,
            TypeError,
            KeyError,
            RecursionError,
        ):
            self._failed()
            return Understanding.nothing()
        finally:
            if probe:
                self._probing = False
        self._failures = 0
        return merge(parsed)

    async def warm_up(self) -> bool:
        """Parse one sentence with all the time it needs (the first takes over a second); whether it was understood."""
        with suppress(httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError, KeyError, TimeoutError):
            async with asyncio.timeout(20):
                await self._parse(0, "我想问问低保")
                return True
        return False

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self._closed_until = self._clock() + self._pause

    async def _parse(self, start: int, piece: str) -> Parsed:
        if self._client is None:
            # The token travels in the address, as Rasa wants it; httpx's own log of addresses is off (backend.tools.logs).
            self._client = httpx.AsyncClient(timeout=20, trust_env=False, transport=self._transport)
        async with self._places:
            answer = await self._client.post(
                f"{self._url}/model/parse", params={"token": self._token}, json={"text": piece}
            )
        answer.raise_for_status()
        return read_answer(answer.json(), piece, start)


def cut(text: str) -> list[tuple[int, str]]:
    """A text in pieces short enough for the model, each with the place it starts at; whole sentences where possible."""
    lead = _SLASHES.match(text)
    offset = lead.end() if lead else 0
    pieces: list[tuple[int, str]] = []
    for part in _parts(text[offset:]):
        at = offset
        offset += len(part)
        if (
            pieces
            and len(pieces[-1][1]) + len(part) <= LONGEST_PIECE
            and pieces[-1][0] + len(pieces[-1][1]) == at
        ):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + part)
        else:
            pieces.append((at, part))
    cleaned = [
        (at + (len(p) - len(q)), q)
        for at, p in pieces
        if (q := _SLASHES.sub("", p)) and any(c.isalnum() for c in q)
    ]
    return cleaned[:MOST_PIECES]


def _parts(text: str) -> list[str]:
    """Sentences and half-sentences, none longer than a piece; together they are the text again."""
    ends = [m.end() for m in _SENTENCE.finditer(text)]
    out, begin = [], 0
    for end in [*ends, len(text)]:
        while end - begin > LONGEST_PIECE:
            out.append(text[begin : begin + LONGEST_PIECE])
            begin += LONGEST_PIECE
        if end > begin:
            out.append(text[begin:end])
            begin = end
    return out


def merge(parsed: list[Parsed]) -> Understanding:
    """One understanding of all pieces: a story is a story, whatever its last sentence asks; else the surest intent."""
    kept = [one for one in parsed if one is not None]
    entities = tuple(e for one in kept for e in one.entities)
    told = [one for one in kept if one.intent == "describe_situation"]
    sure = [one for one in kept if one.intent is not None]
    if not sure:
        return Understanding(entities=entities)
    best = max(told if len(kept) > 1 and told else sure, key=lambda one: one.confidence)
    return replace(best, entities=entities)
