"""The bot's one process, wired: web server, Telegram, turns, sending and delivery on one event loop.

await Process(settings).run()       # until SIGTERM or SIGINT; everything stops within five seconds
"""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI

from backend.catalogue.load import load_catalogue
from backend.eligibility import compile_catalogue
from backend.tools.clock import open_clock
from backend.tools.sql import Database
from bot import health, inbox, outbound_store, store
from bot.backend_client import BackendClient
from bot.brain import Desk, NoUnderstander, Understander
from bot.channels import telegram_webhook, web
from bot.channels.plain import Plain
from bot.channels.telegram import Telegram
from bot.channels.telegram_poll import Polling
from bot.delivery import Delivery
from bot.nlu_client import NluClient
from bot.outbound import Outbound
from bot.settings import BotSettings
from bot.signals import Signals
from bot.turns import Brain, Channel, Worker

log = structlog.get_logger()


class SettingsError(Exception):
    """A setting is missing or wrong; the message says which, for whoever starts the bot."""


class Server(uvicorn.Server):
    """uvicorn beside other work: signals are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


class Process:
    """Everything built from the settings, nothing started yet. `brain` only for tests."""

    def __init__(self, settings: BotSettings, brain: Brain | None = None) -> None:
        check(settings)
        self.settings = settings
        self.clock = open_clock(settings.clock)
        self.database = Database(settings.database_url)
        self.signals = Signals()
        self.name = f"bot-{os.getpid()}-{secrets.token_hex(3)}"
        self.backend = BackendClient(settings.backend_url, settings.backend_key.get_secret_value())
        self.nlu = _nlu(settings)
        self.telegram = self._telegram()
        self.outbound = self._outbound()
        channels: dict[str, Channel] = {"web": Plain(), "terminal": Plain()}
        if self.telegram:
            channels["telegram"] = self.telegram
        self.worker = Worker(
            self.database,
            brain or self._desk(),
            self.signals,
            channels=channels,
            name=self.name,
            on_forget=self._forget_files,
        )
        self.delivery = Delivery(self.database, self.backend, self.signals, clock=self.clock, name=self.name)
        self.app = FastAPI(title="OneDoor chat", docs_url=None, redoc_url=None, openapi_url=None)
        self.app.include_router(health.router(self.database, self.telegram_state))
        self.web = web.mount(
            self.app,
            database=self.database,
            signals=self.signals,
            clock=self.clock,
            folder=settings.var / "attachments",
        )
        if self.telegram and settings.telegram_mode == "webhook":
            secret = settings.telegram_webhook_secret.get_secret_value()
            self.app.include_router(telegram_webhook.router(self.telegram, secret))
        self._stop = asyncio.Event()

    def telegram_state(self) -> str:
        """How Telegram stands, for `/readyz`."""
        if self.telegram is None:
            return "off"
        refused = self.telegram.turned_away.is_set() or (self.outbound and self.outbound.turned_away.is_set())
        return "token refused" if refused else self.settings.telegram_mode

    def stop(self) -> None:
        """Begin to stop (also the answer to SIGTERM and SIGINT)."""
        self._stop.set()

    async def run(self) -> None:
        """Migrate, take up what was left, serve until told to stop. Raises what made a part fail."""
        await asyncio.to_thread(self._prepare)
        config = uvicorn.Config(
            self.app, host=self.settings.bot_host, port=self.settings.bot_port, log_level="warning",
            access_log=False, timeout_graceful_shutdown=2, lifespan="off", server_header=False,
        )  # fmt: skip
        server = Server(config)
        door = listen(self.settings.bot_host, self.settings.bot_port)
        serving = asyncio.create_task(server.serve([door]))
        parts = [self.worker.run(), self.delivery.run()]
        if self.telegram and self.outbound:
            parts += [self._telegram_in(), self.outbound.run()]
        tasks = {serving, *(asyncio.create_task(part) for part in parts)}
        waiting = asyncio.create_task(self._stop.wait())
        self._listen()
        running, failure = {waiting, *tasks}, None
        try:
            while not self._stop.is_set() and failure is None and not serving.done():
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                failure = next((task.exception() for task in done if task.exception()), None)
        finally:
            waiting.cancel()
            await self._shut_down(server, tasks)
            door.close()
        if failure is not None:
            raise failure

    async def _shut_down(self, server: Server, tasks: set[asyncio.Task[None]]) -> None:
        log.info("stopping")
        server.should_exit = True
        self.web.close()
        stops: list[Coroutine[Any, Any, None]] = [self.worker.stop(2.5), self.delivery.stop()]
        if self.outbound:
            stops.append(self.outbound.stop(2.5))
        await asyncio.gather(*stops, return_exceptions=True)
        _, late = await asyncio.wait(tasks, timeout=0.5)
        for task in late:  # a poll that waits for news, a page that does not hang up
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        if self.telegram:
            await self.telegram.close()
        await self.backend.close()
        await _close(self.nlu)
        self.database.close()

    async def _telegram_in(self) -> None:
        """Introduce ourselves, then fetch (or wait to be called). A refused token ends Telegram, not the bot."""
        assert self.telegram is not None
        settings = self.settings
        hook = settings.telegram_mode == "webhook"
        welcome = await self.telegram.introduce(
            settings.bot_public_url.rstrip("/") + telegram_webhook.PATH if hook else None,
            settings.telegram_webhook_secret.get_secret_value() if hook else None,
        )
        if welcome and not hook:
            await Polling(self.telegram).run()

    def _prepare(self) -> None:
        store.migrate(self.database)
        if self.database.is_sqlite:  # ours alone: what a killed process held is free at once
            inbox.free_everything(self.database)
            left = outbound_store.recover(self.database, everything=True)
            if left:
                log.warning("sent_or_not_before_the_stop", count=left)

    def _forget_files(self, conversation: str) -> None:
        shutil.rmtree(self.settings.var / "attachments" / conversation, ignore_errors=True)

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)

    def _desk(self) -> Desk:
        catalogue = load_catalogue(self.settings.catalogue)
        return Desk(catalogue, compile_catalogue(catalogue), self.backend, self.nlu, self.clock)

    def _telegram(self) -> Telegram | None:
        token = self.settings.telegram_token.get_secret_value()
        if not token:
            return None
        return Telegram(token, self.settings.telegram_api_url, self.database, self.signals, self.clock)

    def _outbound(self) -> Outbound | None:
        if self.telegram is None:
            return None
        return Outbound(self.database, self.telegram.sender, self.signals, channel="telegram", name=self.name)


def listen(host: str, port: int) -> socket.socket:
    """The socket to serve on; SettingsError when somebody else has the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as problem:
        door.close()
        raise SettingsError(f"port {port} on {host} cannot be listened on: {problem.strerror}") from problem
    return door


def check(settings: BotSettings) -> None:
    """Stop before the start when something is missing, naming it."""
    if not settings.backend_key.get_secret_value():
        raise SettingsError("ONEDOOR_BACKEND_KEY is missing: the bot's key for the intake's API")
    token = settings.telegram_token.get_secret_value()
    if token and not token.partition(":")[0].isdigit():
        raise SettingsError("ONEDOOR_TELEGRAM_TOKEN is not a Telegram token (<number>:<letters>)")
    if settings.telegram_mode not in ("polling", "webhook"):
        raise SettingsError("ONEDOOR_TELEGRAM_MODE is polling or webhook")
    if token and settings.telegram_mode == "webhook":
        if not settings.telegram_webhook_secret.get_secret_value():
            raise SettingsError("ONEDOOR_TELEGRAM_WEBHOOK_SECRET is missing: webhook mode needs a secret")
        if not settings.bot_public_url:
            raise SettingsError("ONEDOOR_BOT_PUBLIC_URL is missing: Telegram must know where to call")


def _nlu(settings: BotSettings) -> Understander:
    if not settings.nlu_url:
        return NoUnderstander()
    return NluClient(settings.nlu_url, settings.nlu_token.get_secret_value())


async def _close(thing: object) -> None:
    close: Callable[[], Coroutine[Any, Any, None]] | None = getattr(thing, "close", None)
    if close is not None:
        await close()
