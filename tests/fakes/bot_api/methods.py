"""The Bot API's methods, as far as a bot like ours needs them. Each takes the call's parameters and gives its result."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.fakes.bot_api import limits
from tests.fakes.bot_api.errors import ApiError, bad, forbidden
from tests.fakes.bot_api.queue import Queue
from tests.fakes.bot_api.world import World

Parameters = dict[str, Any]
MEDIA = {
    "sendDocument": "document",
    "sendPhoto": "photo",
    "sendVideo": "video",
    "sendAudio": "audio",
    "sendVoice": "voice",
}


class Methods:
    """Calls by name; names are case-insensitive, as Telegram's are."""

    def __init__(self, world: World, queue: Queue) -> None:
        self.world, self.queue, self.rates = world, queue, limits.Rates()
        self.query_seconds: float = limits.QUERY_SECONDS
        own: list[Callable[[Parameters], Awaitable[Any]]] = [
            self.getMe, self.getUpdates, self.setWebhook, self.deleteWebhook, self.getWebhookInfo, self.sendMessage,
            self.editMessageText, self.editMessageReplyMarkup, self.deleteMessage, self.answerCallbackQuery, self.sendChatAction,
            self.setMyCommands, self.getMyCommands, self.deleteMyCommands, self.getFile, self.getChat, self.leaveChat,
        ]  # fmt: skip
        self._by_name = {call.__name__.lower(): call for call in own}

    async def call(self, name: str, parameters: Parameters) -> Any:
        """The result of one call, or ApiError."""
        lower = name.lower()
        for method, kind in MEDIA.items():
            if lower == method.lower():
                return await self._send_media(kind, parameters)
        if lower in ("setmydescription", "setmyshortdescription", "setmyname"):
            kind = lower.removeprefix("setmy")
            text = parameters.get("short_description" if kind == "shortdescription" else kind) or ""
            self.world.texts[f"{kind}:{parameters.get('language_code') or ''}"] = text
            await self.world.touch()
            return True
        if lower not in self._by_name:
            raise ApiError(404, "Not Found: method not found")
        return await self._by_name[lower](parameters)

    async def getMe(self, _: Parameters) -> Any:
        return self.world.bot()

    async def getUpdates(self, p: Parameters) -> Any:
        self._allow(p)
        offset = None if p.get("offset") in (None, "") else int(p["offset"])
        limit = min(max(int(p.get("limit", 100)), 1), 100)
        return await self.queue.get(offset, limit, min(float(p.get("timeout", 0)), 50), p["_gone"])

    async def setWebhook(self, p: Parameters) -> Any:
        self._allow(p)
        if _truth(p.get("drop_pending_updates")):
            self.queue.pending.clear()
        await self.queue.set_webhook(p)
        return True

    async def deleteWebhook(self, p: Parameters) -> Any:
        return await self.setWebhook({"url": "", "drop_pending_updates": p.get("drop_pending_updates")})

    async def getWebhookInfo(self, _: Parameters) -> Any:
        hook = self.queue.webhook
        return {
            "url": hook["url"],
            "has_custom_certificate": False,
            "pending_update_count": len(self.queue.pending),
        }

    async def sendMessage(self, p: Parameters) -> Any:
        chat = self._open_chat(p)
        text = limits.check_text(p.get("text"), p.get("parse_mode"))
        keyboard = limits.check_keyboard(p.get("reply_markup"))
        self.rates.check(chat)
        message = self.world.new_message(chat, self.world.bot(), text=text, reply_markup=keyboard)
        self.world.typing.pop(chat, None)
        self.world.record(
            "message", "bot", chat, message_id=message["message_id"], text=text, buttons=_labels(keyboard)
        )
        await self.world.touch()
        return message

    async def _send_media(self, kind: str, p: Parameters) -> Any:
        chat = self._open_chat(p)
        caption = p.get("caption")
        if caption:
            caption = limits.check_text(caption, p.get("parse_mode"), limits.MAX_CAPTION)
        content = p.get(kind)
        if isinstance(content, dict) and content.get("size", 0) > limits.MAX_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        self.rates.check(chat)
        name = content["name"] if isinstance(content, dict) else "file"
        file = self._file(content.get("size", 1) if isinstance(content, dict) else 1, name)
        shown: Any = [file | {"width": 90, "height": 90}] if kind == "photo" else file
        message = self.world.new_message(
            chat,
            self.world.bot(),
            caption=caption,
            reply_markup=limits.check_keyboard(p.get("reply_markup")),
            **{kind: shown},
        )
        self.world.record("file", "bot", chat, message_id=message["message_id"], text=caption, file=name)
        await self.world.touch()
        return message

    async def editMessageText(self, p: Parameters) -> Any:
        message = self._own_message(p)
        text = limits.check_text(p.get("text"), p.get("parse_mode"))
        return await self._edit(message, text, limits.check_keyboard(p.get("reply_markup")))

    async def editMessageReplyMarkup(self, p: Parameters) -> Any:
        message = self._own_message(p)
        return await self._edit(message, message.get("text"), limits.check_keyboard(p.get("reply_markup")))

    async def _edit(self, message: dict[str, Any], text: str | None, keyboard: dict[str, Any] | None) -> Any:
        if text == message.get("text") and keyboard == message.get("reply_markup"):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same as a current "
                "content and reply markup of the message"
            )
        message["text"], message["edit_date"] = text, int(time.time())
        message.pop("reply_markup", None)
        if keyboard:
            message["reply_markup"] = keyboard
        chat = message["chat"]["id"]
        self.world.record(
            "edit", "bot", chat, message_id=message["message_id"], text=text, buttons=_labels(keyboard)
        )
        await self.world.touch()
        return message

    async def deleteMessage(self, p: Parameters) -> Any:
        chat, number = self._chat_id(p), int(p.get("message_id", 0))
        if self.world.messages[chat].pop(number, None) is None:
            raise bad("message to delete not found")
        self.world.record("delete", "bot", chat, message_id=number)
        await self.world.touch()
        return True

    async def answerCallbackQuery(self, p: Parameters) -> Any:
        number = str(p.get("callback_query_id", ""))
        pressed = self.world.callbacks.get(number)
        if pressed is None or time.time() - pressed > self.query_seconds:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        self.world.record(
            "callback_answer", "bot", None, callback=number, text=p.get("text"), after=time.time() - pressed
        )
        await self.world.touch()
        return True

    async def sendChatAction(self, p: Parameters) -> Any:
        chat = self._open_chat(p)
        self.world.typing[chat] = time.time() + 5
        self.world.record("action", "bot", chat, text=p.get("action"))
        await self.world.touch()
        return True

    async def setMyCommands(self, p: Parameters) -> Any:
        commands = _json(p.get("commands")) or []
        for command in commands:
            if not (1 <= len(command["command"]) <= 32 and 1 <= len(command["description"]) <= 256):
                raise bad("BOT_COMMAND_INVALID")
        self.world.commands[_where(p)] = commands
        return True

    async def getMyCommands(self, p: Parameters) -> Any:
        return self.world.commands.get(_where(p), [])

    async def deleteMyCommands(self, p: Parameters) -> Any:
        self.world.commands.pop(_where(p), None)
        return True

    async def getFile(self, p: Parameters) -> Any:
        file = self.world.files.get(str(p.get("file_id")))
        if file is None:
            raise bad("invalid file_id")
        if file["file_size"] > limits.MAX_DOWNLOAD:
            raise bad("file is too big")
        return {key: file[key] for key in ("file_id", "file_unique_id", "file_size", "file_path")}

    async def getChat(self, p: Parameters) -> Any:
        chat = self.world.chat(self._chat_id(p))
        if chat is None:
            raise bad("chat not found")
        return chat | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": {
            "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False, "premium_subscription": False,
            "gifts_from_channels": False}}  # fmt: skip

    async def leaveChat(self, p: Parameters) -> Any:
        group = self.world.groups.get(self._chat_id(p))
        if group is None:
            raise bad("chat not found")
        group.bot_is_member = False
        self.world.record("left", "bot", group.id)
        return True

    def _allow(self, p: Parameters) -> None:
        if p.get("allowed_updates") not in (None, ""):
            self.queue.allowed = set(_json(p["allowed_updates"]))

    def _file(self, size: int, name: str) -> dict[str, Any]:
        number = f"sent{len(self.world.files)}"
        self.world.files[number] = {
            "file_id": number, "file_unique_id": number, "file_size": size, "file_path": f"documents/{number}", "bytes": b"",
        }  # fmt: skip
        return {"file_id": number, "file_unique_id": number, "file_size": size, "file_name": name}

    @staticmethod
    def _chat_id(p: Parameters) -> int:
        try:
            return int(p.get("chat_id", 0))
        except (TypeError, ValueError):
            raise bad("chat not found") from None

    def _open_chat(self, p: Parameters) -> int:
        chat = self._chat_id(p)
        user, group = self.world.users.get(chat), self.world.groups.get(chat)
        if user is None and group is None:
            raise bad("chat not found")
        if user and user.deactivated:
            raise forbidden("user is deactivated")
        if user and user.blocked:
            raise forbidden("bot was blocked by the user")
        if user and not user.started:
            raise forbidden("bot can't initiate conversation with a user")
        if group and not group.bot_is_member:
            raise forbidden("bot was kicked from the group chat")
        return chat

    def _own_message(self, p: Parameters) -> dict[str, Any]:
        message = self.world.messages[self._open_chat(p)].get(int(p.get("message_id", 0)))
        if message is None:
            raise bad("message to edit not found")
        if not (message.get("from") or {}).get("is_bot"):
            raise bad("message can't be edited")
        return message


def _labels(keyboard: dict[str, Any] | None) -> list[str]:
    return [button["text"] for row in (keyboard or {}).get("inline_keyboard", []) for button in row]


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _truth(value: Any) -> bool:
    return str(value).lower() in ("true", "1")


def _where(p: Parameters) -> str:
    scope = _json(p.get("scope")) or {"type": "default"}
    return f"{scope['type']}:{p.get('language_code') or ''}"
