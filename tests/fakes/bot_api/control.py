"""The part that is not Telegram's: people's acts, faults to order, the transcript, and what the page shows. See README.md."""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from tests.fakes.bot_api.faults import Faults
from tests.fakes.bot_api.methods import Methods
from tests.fakes.bot_api.people import NobodyError, People
from tests.fakes.bot_api.queue import Queue
from tests.fakes.bot_api.world import World

LONGEST_WAIT = 25.0
UPDATE_FAULTS = ("duplicate", "shuffle", "repeat_confirmed", "webhook_repeats")


class Act(BaseModel):
    """What somebody does; a field that does not belong to the act is an error."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = None
    chat_id: int | None = None
    label: str | None = None
    data: str | None = None
    message_id: int | None = None
    kind: str | None = None
    content: dict[str, Any] = {}
    count: int = 1
    backwards: bool = False
    title: str = "永川互助群"
    forwarded_from: str | None = None


def router(world: World, queue: Queue, methods: Methods, people: People, faults: Faults) -> APIRouter:
    """`/_user`, `/_fault`, `/_transcript`, `/_state`, `/_raw`."""
    routes = APIRouter()

    @routes.get("/_user")
    async def users() -> list[dict[str, Any]]:
        """Everybody there is."""
        return [asdict(user) | {"last": _last(world, user.id)} for user in world.users.values()]

    @routes.post("/_user", status_code=201)
    async def create(settings: dict[str, Any]) -> dict[str, Any]:
        """A new person: `first_name`, and as you like `id`, `last_name`, `username`, `language_code`."""
        return asdict(await people.create(settings))

    @routes.post("/_user/{user}/{what}")
    async def act(user: int, what: str, act: Act) -> Any:
        """say, press, send, album, edit, block, unblock, deactivate, group."""
        try:
            people.user(user)
            return await _act(world, people, user, what, act)
        except NobodyError as error:
            raise HTTPException(404, str(error.args[0])) from None

    @routes.get("/_user/{user}/chat")
    async def chat(user: int, after: int = -1, wait: float = 0, chat_id: int | None = None) -> dict[str, Any]:
        """What the person sees; with `after` (a revision) and `wait` seconds it answers when something has changed."""
        end = time.monotonic() + min(wait, LONGEST_WAIT)
        async with world.changed:
            while world.revision <= after and (left := end - time.monotonic()) > 0:
                try:
                    async with asyncio.timeout(left):
                        await world.changed.wait()
                except TimeoutError:
                    break
        return _seen(world, chat_id or user)

    @routes.get("/_transcript")
    async def transcript(chat_id: int | None = None, after: int = 0) -> list[dict[str, Any]]:
        """Everything that happened, in order."""
        return [line for line in world.transcript if line["seq"] > after and chat_id in (None, line["chat"])]

    @routes.get("/_state")
    async def state() -> dict[str, Any]:
        """What the bot has not confirmed, how it fetches, and which update ids there were."""
        return {
            "pending": [update.get("update_id") for update in queue.pending], "confirmed": len(queue.confirmed), "polls": queue.polls,
            "updates": queue.sent_ids, "webhook": queue.webhook["url"], "webhook_error": queue.webhook.get("last_error"), "commands": world.commands,
            "groups": [asdict(group) for group in world.groups.values()], "revision": world.revision, "bot": world.bot(), "token": bool(world.token),
        }  # fmt: skip

    @routes.post("/_raw")
    async def raw(update: dict[str, Any]) -> dict[str, Any]:
        """Any JSON as an update; without an `update_id` it gets the next one."""
        if "update_id" not in update:
            world.next_update += 1
            update = {"update_id": world.next_update, **update}
        queue.put_raw(update)
        return {"update_id": update["update_id"]}

    @routes.get("/_fault")
    async def shown() -> list[dict[str, Any]]:
        """What is ordered and how often it struck."""
        return faults.shown()

    @routes.delete("/_fault")
    async def clear() -> dict[str, bool]:
        """Everything works again."""
        faults.clear()
        for name in UPDATE_FAULTS:
            setattr(queue, name, 1 if name == "duplicate" else 0)
        return {"ok": True}

    @routes.post("/_fault/method")
    async def method(settings: dict[str, Any]) -> Any:
        """A fault of the next calls: see `faults.Fault`."""
        try:
            return faults.add(settings)
        except (TypeError, ValueError) as error:
            return JSONResponse({"detail": str(error)}, 422)

    @routes.post("/_fault/updates")
    async def updates(settings: dict[str, int]) -> dict[str, int]:
        """Faults of delivery: duplicate, shuffle, repeat_confirmed, webhook_repeats."""
        for name, value in settings.items():
            if name not in UPDATE_FAULTS:
                raise HTTPException(422, f"no such fault: {name}")
            setattr(queue, name, value)
        return {name: getattr(queue, name) for name in UPDATE_FAULTS}

    @routes.post("/_fault/limits")
    async def limits(settings: dict[str, Any]) -> dict[str, Any]:
        """`on`, `chat_burst`, `per_second`, `group_per_minute`, `query_seconds` (how long a press may be answered)."""
        for name, value in settings.items():
            if name == "query_seconds":
                methods.query_seconds = float(value)
            elif hasattr(methods.rates, name) and not name.startswith("_"):
                setattr(methods.rates, name, value)
            else:
                raise HTTPException(422, f"no such limit: {name}")
        return {"ok": True}

    @routes.post("/_fault/forget")
    async def forget(settings: dict[str, float]) -> dict[str, int]:
        """Telegram forgets updates older than `seconds`, as it does after a day."""
        return {"forgotten": queue.expire(settings.get("seconds", 0))}

    @routes.post("/_fault/token")
    async def token(settings: dict[str, str]) -> dict[str, bool]:
        """The bot's token is changed (the old one is turned away from now on)."""
        world.token = settings["token"]
        return {"ok": True}

    return routes


async def _act(world: World, people: People, user: int, what: str, act: Act) -> Any:
    if what == "say":
        extra: dict[str, Any] = {}
        if act.forwarded_from:
            extra["forward_origin"] = {
                "type": "hidden_user",
                "date": int(time.time()),
                "sender_user_name": act.forwarded_from,
            }
        return await people.say(user, act.text or "", act.chat_id, **extra)
    if what == "press":
        return await people.press(
            user, label=act.label, data=act.data, message_id=act.message_id, chat_id=act.chat_id
        )
    if what == "send":
        return await people.send(user, act.kind or "photo", act.chat_id, act.content)
    if what == "album":
        return await people.album(user, act.count, act.backwards)
    if what == "edit":
        return await people.edit(user, act.message_id or 0, act.text or "", act.chat_id)
    if what in ("block", "unblock"):
        return await people.block(user, what == "block")
    if what == "deactivate":
        people.user(user).deactivated = True
        return {"ok": True}
    if what == "group":
        return asdict(await people.group(user, act.title, act.kind or "supergroup"))
    raise NobodyError(f"nobody can {what}")


def _seen(world: World, chat: int) -> dict[str, Any]:
    messages = sorted(world.messages[chat].values(), key=lambda message: message["message_id"])
    return {
        "revision": world.revision,
        "messages": messages[-200:],
        "typing": world.typing.get(chat, 0) > time.time(),
        "toast": next((line for line in reversed(world.transcript) if line["kind"] == "callback_answer" and line["text"]), None),
        "answered": [line["callback"] for line in world.transcript[-200:] if line["kind"] == "callback_answer"],
        "commands": dict(world.commands),
        "blocked": bool(world.users.get(chat) and world.users[chat].blocked),
        "bot": world.bot(),
        "connected": bool(world.commands),
        "description": _description(world, chat),
    }  # fmt: skip


def _description(world: World, chat: int) -> str:
    user = world.users.get(chat)
    language = ((user.language_code if user else None) or "").split("-")[0]
    return world.texts.get(f"description:{language}") or world.texts.get("description:") or ""


def _last(world: World, chat: int) -> dict[str, Any] | None:
    messages = world.messages[chat]
    if not messages:
        return None
    message = messages[max(messages)]
    return {
        "text": (message.get("text") or "")[:60],
        "date": message["date"],
        "message_id": message["message_id"],
    }
