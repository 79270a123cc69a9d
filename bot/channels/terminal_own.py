"""Without a running bot: the whole bot in this process, on its own database, for as long as one terminal talks to it.

It needs the intake. What is said here is where the bot will find it when it runs again.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import structlog
from pydantic import SecretStr

from bot.channels.terminal_api import NoDeskError
from bot.settings import BotSettings

START_SECONDS = 20.0


@asynccontextmanager
async def own_desk(settings: BotSettings) -> AsyncIterator[str]:
    """The chat address of a bot in this process; raises NoDeskError when there is no intake or no key for it."""
    key = settings.backend_key.get_secret_value() or _demo_key(settings)
    if not key or not await _answers(settings.backend_url):
        raise NoDeskError
    from bot.process import Process  # only now: it brings every channel with it

    # People read this terminal: only what went wrong is said beside the conversation.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    port = _free_port()
    process = Process(
        settings.model_copy(
            update={"backend_key": SecretStr(key), "telegram_token": SecretStr(""), "bot_host": "127.0.0.1", "bot_port": port}
        )
    )  # fmt: skip
    running = asyncio.create_task(process.run())
    try:
        await _until_open(running, port)
        for number in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C belongs to the terminal again
            asyncio.get_running_loop().remove_signal_handler(number)
        yield f"http://127.0.0.1:{port}/chat"
    finally:
        process.stop()
        await asyncio.gather(running, return_exceptions=True)


def _demo_key(settings: BotSettings) -> str:
    try:
        keys = json.loads((settings.var / "demo.json").read_text(encoding="utf-8"))["api_keys"]
        return str(next(each["key"] for each in keys if each["client"] == "bot"))
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return ""


async def _answers(url: str) -> bool:
    try:
        async with httpx.AsyncClient(timeout=3.0, trust_env=False) as client:
            return (await client.get(url.rstrip("/") + "/healthz")).is_success
    except (httpx.HTTPError, httpx.InvalidURL):
        return False


async def _until_open(running: asyncio.Task[None], port: int) -> None:
    async with asyncio.timeout(START_SECONDS):
        while not await _answers(f"http://127.0.0.1:{port}"):
            if running.done():
                raise NoDeskError
            await asyncio.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
