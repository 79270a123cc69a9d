"""The durable polling loop: fetch, write down, COMMIT, and only then let Telegram forget (findings F1).

The offset is used for nothing but confirming what has just been committed; a fetch without one starts with the oldest
update Telegram still has. So nothing that was fetched but not stored is ever confirmed, whatever kills us when.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from backend.tools.sql import Database
from bot import crash
from bot.channels.telegram import Telegram
from bot.channels.telegram_http import connections
from bot.inbox import MACHINE
from bot.store import TelegramOffset

WAIT_SECONDS = 25
CONFLICT_SECONDS = 5.0
A_DAY = timedelta(hours=24)  # Telegram keeps updates no longer
log = structlog.get_logger()


class Polling:
    """Fetches updates until stopped, or until the token is refused."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self._request = connections(telegram.bot.base_url, most=2, read_seconds=WAIT_SECONDS + 10)
        self._url = f"{telegram.bot.base_url}/getUpdates"

    async def run(self) -> None:
        """Fetch and store. A failed fetch is tried again, ever more slowly; a refused token ends the loop."""
        await asyncio.to_thread(note_gap, self.telegram.database, self.telegram.bot_id)
        confirm: int | None = None
        pause = 0.5
        try:
            while True:
                try:
                    confirm = await self._once(confirm)
                    pause = 0.5
                    continue
                except InvalidToken:
                    self.telegram.refused()
                    return
                except Conflict:
                    log.error(
                        "another_bot_polls", reason="another process fetches updates with the same token"
                    )
                    pause = CONFLICT_SECONDS
                except RetryAfter as error:
                    pause = float(getattr(error.retry_after, "seconds", 5))
                except TelegramError as error:
                    log.warning("fetch_failed", error=type(error).__name__, retry_in=pause)
                except Exception as error:  # our database is away: nothing was confirmed, so nothing is lost
                    log.error("update_not_stored", exc_info=error, retry_in=pause)
                confirm = None
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)
        finally:
            await self._request.shutdown()

    async def _once(self, confirm: int | None) -> int | None:
        """Fetch, store each update and commit; gives the offset that confirms them."""
        updates = await self._fetch(confirm)
        crash.point("after_fetch")
        last = None
        for update in updates:
            try:
                accepted = await asyncio.to_thread(self.telegram.accept, update)
            except ValueError:
                log.error("not_an_update")
                continue
            self.telegram.after_accept(update, accepted)
            last = update["update_id"] if last is None else max(last, update["update_id"])
        if updates and last is None:
            raise TelegramError("nothing but junk")  # cannot be confirmed: do not ask for it at once again
        await asyncio.to_thread(note_poll, self.telegram.database, self.telegram.bot_id, last)
        return None if last is None else last + 1

    async def _fetch(self, confirm: int | None) -> list[dict[str, Any]]:
        query: dict[str, Any] = {"timeout": WAIT_SECONDS, "limit": 100}
        if confirm is not None:
            query["offset"] = confirm
        payload = await self._request.retrieve(f"{self._url}?{urlencode(query)}")
        result = self._request.parse_json_payload(payload).get("result")
        if not isinstance(result, list):
            raise TelegramError("an answer in another shape")
        return [update for update in result if isinstance(update, dict)]


def note_gap(database: Database, bot_id: int) -> None:
    """Down for more than a day: Telegram has forgotten what was written meanwhile. Say so instead of hiding it."""
    now = MACHINE.now()
    with database.write() as session:
        row = session.get(TelegramOffset, bot_id)
        if row is not None and row.polled_at is not None and now - row.polled_at > A_DAY:
            row.gaps = [*row.gaps, {"from": row.polled_at.isoformat(), "to": now.isoformat()}]
            log.error(
                "channel_was_down", channel="telegram", seconds=int((now - row.polled_at).total_seconds())
            )


def note_poll(database: Database, bot_id: int, last: int | None) -> None:
    """When Telegram was last heard from."""
    with database.write() as session:
        row = session.get(TelegramOffset, bot_id)
        if row is None:
            row = TelegramOffset(bot_id=bot_id, offset=0, gaps=[])
            session.add(row)
        row.polled_at = MACHINE.now()
        if last is not None:
            row.offset = last + 1
