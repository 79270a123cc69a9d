"""Updates the bot has not confirmed yet: `getUpdates` with true offset semantics, or a webhook that is tried until it answers."""

from __future__ import annotations

import asyncio
import random  # noqa: TID251 - seeded, so that a test that fails fails again
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from tests.fakes.bot_api.errors import ApiError
from tests.fakes.bot_api.world import World

DAY = 24 * 3600
LOOK_SECONDS = 0.25
DEFAULT_KINDS = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query", "callback_query", "my_chat_member",
    "poll", "poll_answer", "business_message", "purchased_paid_media", "pre_checkout_query", "shipping_query",
})  # fmt: skip


class Queue:
    """`duplicate`: each update so many times in an answer; `shuffle`: out of order within so many; `repeat_confirmed`:
    the last confirmed ones come once more; `webhook_repeats`: so many 2xx answers are taken for lost."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pending: list[dict[str, Any]] = []
        self.confirmed: list[int] = []
        self.sent_ids: list[int] = []
        self.duplicate, self.shuffle, self.repeat_confirmed, self.webhook_repeats = 1, 0, 0, 0
        self.webhook: dict[str, Any] = {"url": ""}
        self.allowed: set[str] = set()
        self.polls = 0
        self._since: dict[int, float] = {}
        self._kept: dict[int, dict[str, Any]] = {}
        self._news = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None
        self._dice = random.Random(7)
        self._pusher: asyncio.Task[None] | None = None

    def put(self, kind: str, content: dict[str, Any], *, update_id: int | None = None) -> int | None:
        """A new update for the bot, or None when the bot does not want this kind."""
        if kind not in (self.allowed or DEFAULT_KINDS):
            return None
        if update_id is None:
            self.world.next_update += 1
            update_id = self.world.next_update
        update = {"update_id": update_id, kind: content}
        self.pending.append(update)
        self._since[update_id] = time.time()
        self._kept[update_id] = update
        self.sent_ids.append(update_id)
        self._news.set()
        return update_id

    def put_raw(self, update: dict[str, Any]) -> None:
        """Any JSON as an update."""
        self.pending.append(update)
        self._since[update.get("update_id", 0)] = time.time()
        self._news.set()

    async def get(
        self, offset: int | None, limit: int, seconds: float, gone: Callable[[], Awaitable[bool]]
    ) -> list[dict[str, Any]]:
        """`getUpdates`: confirms everything below `offset`, then waits for something new, or until the asker is gone."""
        if self.webhook["url"]:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            )
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(
                ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
            )
        self.polls += 1
        mine = self._poll = asyncio.get_running_loop().create_future()
        try:
            self._confirm(offset)
            end = time.monotonic() + seconds
            while not self.pending and (left := end - time.monotonic()) > 0 and not await gone():
                self._news.clear()
                news = asyncio.ensure_future(self._news.wait())
                await asyncio.wait(
                    {news, mine}, timeout=min(left, LOOK_SECONDS), return_when=asyncio.FIRST_COMPLETED
                )
                news.cancel()
                if mine.done():
                    mine.result()
            return self._batch(limit)
        finally:
            if mine.done() and not mine.cancelled():
                mine.exception()  # seen
            elif self._poll is mine:
                self._poll = None

    def expire(self, older_than: float = DAY) -> int:
        """Telegram forgets what is older than a day; gives the number."""
        old = [
            u for u in self.pending if time.time() - self._since.get(u.get("update_id", 0), 0) >= older_than
        ]
        self.pending = [u for u in self.pending if u not in old]
        return len(old)

    async def set_webhook(self, settings: dict[str, Any]) -> None:
        """Begin (or with an empty address stop) to push updates."""
        await self.close()
        self.webhook = {"url": settings.get("url", ""), "secret_token": settings.get("secret_token"),
                        "max_connections": int(settings.get("max_connections", 40)), "last_error": None}  # fmt: skip
        if self.webhook["url"]:
            self._pusher = asyncio.create_task(self._push())

    async def close(self) -> None:
        """Stop pushing."""
        if self._pusher is not None:
            self._pusher.cancel()
            await asyncio.gather(self._pusher, return_exceptions=True)
            self._pusher = None

    def _confirm(self, offset: int | None) -> None:
        self.expire()
        if offset is None:
            return
        if offset < 0:
            self.pending = self.pending[offset:]
            return
        for update in self.pending:
            if update.get("update_id", 0) < offset:
                self.confirmed.append(update.get("update_id", 0))
        self.pending = [u for u in self.pending if u.get("update_id", 0) >= offset]

    def _batch(self, limit: int) -> list[dict[str, Any]]:
        batch = [update for update in self.pending[:limit] for _ in range(self.duplicate)]
        if self.repeat_confirmed:
            again = [self._kept[i] for i in self.confirmed[-self.repeat_confirmed :] if i in self._kept]
            batch = again + batch
        if self.shuffle:
            for start in range(0, len(batch), self.shuffle):
                part = batch[start : start + self.shuffle]
                self._dice.shuffle(part)
                batch[start : start + self.shuffle] = part
        return batch

    async def _push(self) -> None:
        async with httpx.AsyncClient(timeout=10, trust_env=False) as http:
            under_way: dict[int, asyncio.Task[None]] = {}
            while True:
                batch = list(self.pending)
                if self.shuffle:
                    self._dice.shuffle(batch)
                for update in batch:
                    number = update.get("update_id", 0)
                    if number not in under_way and len(under_way) < self.webhook["max_connections"]:
                        task = asyncio.create_task(self._push_one(http, update))
                        under_way[number] = task
                        task.add_done_callback(lambda _, n=number: under_way.pop(n, None))  # type: ignore[misc]
                self._news.clear()
                try:
                    async with asyncio.timeout(0.2):
                        await self._news.wait()
                except TimeoutError:
                    pass

    async def _push_one(self, http: httpx.AsyncClient, update: dict[str, Any]) -> None:
        headers = {}
        if self.webhook["secret_token"]:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook["secret_token"]
        pause, times = 0.1, self.duplicate
        while times > 0:
            try:
                answer = await http.post(self.webhook["url"], json=update, headers=headers)
                good, self.webhook["last_error"] = (
                    answer.is_success,
                    None if answer.is_success else f"{answer.status_code}",
                )
            except httpx.HTTPError as exc:
                good, self.webhook["last_error"] = False, type(exc).__name__
            if good and self.webhook_repeats > 0:
                self.webhook_repeats -= 1
                continue
            if good:
                times -= 1
                continue
            await asyncio.sleep(pause)
            pause = min(pause * 2, 2.0)
        if update in self.pending:
            self.pending.remove(update)
        self.confirmed.append(update.get("update_id", 0))
