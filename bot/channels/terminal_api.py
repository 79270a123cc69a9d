"""The desk as the terminal sees it, through the web chat's API: opened or taken up again, told, followed."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

import httpx

PATIENCE = httpx.Timeout(30.0, connect=3.0)
SILENCE = httpx.Timeout(60.0, connect=3.0)
LONGEST_WAIT = 15.0


class NoDeskError(Exception):
    """Nothing answers at this address, or not as a desk."""


class GoneError(Exception):
    """The conversation is not there any more."""


class RefusedError(Exception):
    """The desk does not take this message; the text says why, in the reader's language."""


class ApiDesk:
    """One conversation over HTTP. `seat` is `{"conversation", "token"}`, to be kept between visits."""

    def __init__(self, url: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.base = url.rstrip("/") + "/api/conversations"
        self.seat: dict[str, str] | None = None
        self._http = httpx.AsyncClient(timeout=PATIENCE, trust_env=False, transport=transport)

    async def close(self) -> None:
        """Give back the connections; the conversation stays."""
        await self._http.aclose()

    async def begin(self, lang: str | None) -> list[dict[str, Any]]:
        """A new conversation and what the desk says first."""
        body = await self._opened("POST", "", {"lang": lang, "start": None})
        self.seat = {"conversation": body["conversation"], "token": body["token"]}
        return list(body["messages"])

    async def resume(self, seat: dict[str, str]) -> list[dict[str, Any]]:
        """Everything said so far in an earlier conversation; raises GoneError when it is not there any more."""
        self.seat = seat
        try:
            return list((await self._opened("GET", "/messages"))["messages"])
        except GoneError:
            self.seat = None
            raise

    async def say(self, said: dict[str, str], lost: Any = None) -> list[dict[str, Any]]:
        """Say something, once, however often the network breaks; `lost()` is called the first time it does."""
        body, wait = {"message_id": secrets.token_hex(16), **said}, 1.0
        while True:
            try:
                answer = await self._send("POST", "/messages", body)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code not in (408, 429) and answer.status_code < 500:
                return list(_read(answer)["messages"])
            if lost is not None:
                lost()
                lost = None
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)

    async def follow(self, after: str) -> AsyncIterator[dict[str, Any]]:
        """Every message after `after`, for ever; a broken stream is taken up again where it broke."""
        wait = 1.0
        while True:
            try:
                async for message in self._stream(after):
                    after, wait = message["id"], 1.0
                    yield message
            except (httpx.HTTPError, RefusedError):
                wait = min(LONGEST_WAIT, wait * 2)
            await asyncio.sleep(wait)

    async def _stream(self, after: str) -> AsyncIterator[dict[str, Any]]:
        headers = {**self._headers(), "Last-Event-ID": after, "Accept": "text/event-stream"}
        async with self._http.stream("GET", self._url("/events"), headers=headers, timeout=SILENCE) as answer:
            _refuse(answer.status_code, "")
            async for line in answer.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])

    async def _opened(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            return _read(await self._send(method, path, body))
        except (httpx.HTTPError, httpx.InvalidURL, RefusedError) as exc:
            raise NoDeskError from exc

    async def _send(self, method: str, path: str, body: dict[str, Any] | None) -> httpx.Response:
        return await self._http.request(method, self._url(path), json=body, headers=self._headers())

    def _url(self, path: str) -> str:
        return f"{self.base}/{self.seat['conversation']}{path}" if self.seat else self.base + path

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.seat['token']}"} if self.seat else {}


def _read(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        body = {}
    _refuse(answer.status_code, str(body.get("title", "")) if isinstance(body, dict) else "")
    if not isinstance(body, dict) or "messages" not in body:
        raise NoDeskError
    return body


def _refuse(status: int, title: str) -> None:
    if status in (401, 404):
        raise GoneError
    if status >= 400:
        raise RefusedError(title)
