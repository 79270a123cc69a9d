"""The Telegram channel: python-telegram-bot as client and types; fetching, storing and sending are ours (docs/adr/0003).

telegram = Telegram(settings, database, signals, clock)
Worker(..., channels={"telegram": telegram, ...}); Outbound(..., sender=telegram.sender)
await telegram.run()                # polling, or nothing but setting the webhook
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any

import structlog
from telegram import Bot, BotCommand
from telegram.constants import ChatAction
from telegram.error import InvalidToken, RetryAfter, TelegramError

from backend.tools.clock import Clock
from backend.tools.sql import Database
from bot import inbox
from bot.channels import telegram_read
from bot.channels.telegram_errors import harmless
from bot.channels.telegram_http import connections
from bot.channels.telegram_write import TelegramSender, chat_id, parts
from bot.signals import Signals
from bot.store import InboxRow
from bot.turn_store import Before
from bot.turns import Aside
from handlers.messages import InboundMessage, Reply
from locales import LANGUAGES, translator

OFFICIAL = "https://api.telegram.org"
COMMANDS = (
    "start",
    "help",
    "apply",
    "status",
    "documents",
    "human",
    "language",
    "mydata",
    "forget",
    "cancel",
)
TYPING_AFTER, TYPING_AGAIN = 1.0, 4.0
STICKER_SECONDS = 30.0
log = structlog.get_logger()


class Telegram:
    """One Telegram bot: what the turns, the outbound and the web server need of it."""

    pushes = True

    def __init__(self, token: str, api_url: str, database: Database, signals: Signals, clock: Clock) -> None:
        os.environ.setdefault("PTB_TIMEDELTA", "1")  # durations as timedelta, the library's future way
        url = (api_url or OFFICIAL).rstrip("/")
        self.bot = Bot(
            token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=connections(url, most=32, read_seconds=10),
            get_updates_request=connections(url, most=1, read_seconds=40),
        )
        self.bot_id = int(token.split(":")[0])
        self.database, self.signals, self.clock = database, signals, clock
        self.sender = TelegramSender(self.bot)
        self.username = "this_bot"
        self.turned_away = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._stickers: OrderedDict[str, float] = OrderedDict()

    # ---- what a turn needs

    def read(self, row: InboxRow, before: Before) -> InboundMessage | Aside:
        """What was said, in our own words; a second sticker within half a minute is not answered again."""
        said = telegram_read.read(row, before, self.username)
        if isinstance(said, InboundMessage) and said.kind == "other":
            last = self._stickers.get(before.chat_key, float("-inf"))
            if row.attempts == 1 and monotonic() - last < STICKER_SECONDS:
                return Aside("one more sticker")
            self._stickers[before.chat_key] = monotonic()
            if len(self._stickers) > 1000:
                self._stickers.popitem(last=False)
        return said

    def parts(self, reply: Reply) -> list[Reply]:
        """The reply in pieces of Telegram's size."""
        return parts(reply)

    @asynccontextmanager
    async def busy(self, chat_key: str) -> AsyncIterator[None]:
        """Show "typing..." when a turn takes longer than a second."""
        task = asyncio.create_task(self._typing(chat_id(chat_key)))
        try:
            yield
        finally:
            task.cancel()

    async def _typing(self, chat: int) -> None:
        await asyncio.sleep(TYPING_AFTER)
        while True:
            with suppress(TelegramError):
                await self.bot.send_chat_action(chat, ChatAction.TYPING)
            await asyncio.sleep(TYPING_AGAIN)

    # ---- what comes in

    def accept(self, update: dict[str, Any]) -> inbox.Accepted:
        """Write one raw update down (blocking; committed on return). Raises ValueError when it is not an update at all."""
        number = update.get("update_id")
        if not isinstance(number, int) or isinstance(number, bool):
            raise ValueError("an update has a number")
        chat = telegram_read.chat_of(update)
        message = update.get("message")
        album = message.get("media_group_id") if isinstance(message, dict) else None
        return inbox.accept(
            self.database,
            "telegram",
            None if chat is None else f"{self.bot_id}:{chat}",
            f"{self.bot_id}:{number}",
            update,
            kind="update",
            clock=self.clock,
            position=number,
            group_key=album if isinstance(album, str) else None,
            no_reply="no chat in it" if chat is None else None,
        )

    def after_accept(self, update: dict[str, Any], accepted: inbox.Accepted) -> None:
        """After the commit: wake the turns, and tell the phone at once that the press has arrived."""
        if accepted.fresh:
            self.signals.notify("inbox")
        query = update.get("callback_query")
        if isinstance(query, dict) and isinstance(query.get("id"), str) and accepted.fresh:
            self._spawn(self._answer_press(query["id"]))

    async def _answer_press(self, query: str) -> None:
        try:
            await self.bot.answer_callback_query(query)
        except TelegramError as error:
            if not harmless(error):
                log.info("press_not_answered", error=type(error).__name__)

    # ---- start and stop

    async def introduce(self, webhook: str | None, secret: str | None) -> bool:
        """Say who we are, set the commands in each language, and how updates come. Waits while Telegram is away.

        False when the token is not accepted; Telegram is off then.
        """
        pause = 0.5
        while True:
            try:
                await self.bot.initialize()
                self.username = self.bot.username
                await self._set_commands()
                if webhook:
                    await self.bot.set_webhook(webhook, secret_token=secret, drop_pending_updates=False)
                else:
                    await self.bot.delete_webhook(drop_pending_updates=False)
                return True
            except InvalidToken:
                self.refused()
                return False
            except RetryAfter as error:
                pause = max(pause, float(getattr(error.retry_after, "seconds", 5)))
            except TelegramError as error:
                log.warning("telegram_away", error=type(error).__name__, retry_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30.0)

    def refused(self) -> None:
        """The token is not accepted (any more): say so loudly and do not try again until somebody changes it."""
        log.error(
            "telegram_token_refused",
            reason="Telegram does not accept ONEDOOR_TELEGRAM_TOKEN; Telegram is off",
        )
        self.turned_away.set()

    async def close(self) -> None:
        """Finish what is under way and give back the connections."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=1.0)
        with suppress(TelegramError, RuntimeError):
            await self.bot.shutdown()

    async def _set_commands(self) -> None:
        for lang in (None, *LANGUAGES):
            t = translator(lang)
            commands = [BotCommand(name, t(f"bot.command.{name}")) for name in COMMANDS]
            await self.bot.set_my_commands(commands, language_code=lang)
            await self.bot.set_my_description(t("bot.description"), language_code=lang)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
