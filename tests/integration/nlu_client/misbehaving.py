"""A server on loopback that answers a parse well, badly, late or never, as a test tells it to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

GOOD: dict[str, Any] = {
    "intent": {"name": "describe_situation", "confidence": 0.9},
    "intent_ranking": [
        {"name": "describe_situation", "confidence": 0.9},
        {"name": "apply", "confidence": 0.05},
    ],
    "entities": [],
    "known": 1.0,
}


@dataclass
class Server:
    """What it answers, how late, and what it was asked."""

    port: int = 0
    answer: Any = field(default_factory=lambda: dict(GOOD))
    status: int = 200
    raw: bytes | None = None
    delay: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split(" ")[1]
            length = next(
                int(line.split(":")[1])
                for line in head.split("\r\n")
                if line.lower().startswith("content-length")
            )
            asked = json.loads(await reader.readexactly(length))
            self.asked.append(asked)
            self.tokens += parse_qs(urlsplit(path).query).get("token", [])
            await asyncio.sleep(self.delay)
            body = (
                self.raw
                if self.raw is not None
                else json.dumps(self.answer(asked) if callable(self.answer) else self.answer).encode()
            )
            writer.write(
                f"HTTP/1.1 {self.status} X\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
                + body
            )
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.at_once -= 1
            writer.close()


@asynccontextmanager
async def running() -> AsyncIterator[Server]:
    """The server, on a free port, until the block ends."""
    server = Server()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
