"""What people do in Telegram: write, press, send, edit, block. Each act becomes the update Telegram would make of it."""

from __future__ import annotations

import re
import secrets
import time
from typing import Any

from tests.fakes.bot_api.queue import Queue
from tests.fakes.bot_api.world import Chat, User, World

COMMAND = re.compile(r"^/[A-Za-z0-9_]{1,32}(@\w+)?")
FILE = ("photo", "document", "voice", "video", "animation", "audio", "video_note", "sticker")


class NobodyError(KeyError):
    """There is no such person, chat, message or button."""


class People:
    """Acts by user id; the chat is the private one unless `chat_id` names a group."""

    def __init__(self, world: World, queue: Queue) -> None:
        self.world, self.queue = world, queue

    def user(self, user_id: int) -> User:
        """A person, or NobodyError."""
        if user_id not in self.world.users:
            raise NobodyError(f"no user {user_id}")
        return self.world.users[user_id]

    async def create(self, settings: dict[str, Any]) -> User:
        """A new person with Telegram."""
        number = int(settings.pop("id", 0)) or max([*self.world.users, 20000]) + 1
        self.world.users[number] = user = User(number, settings.pop("first_name", "Test"), **settings)
        await self._done()
        return user

    async def say(self, user_id: int, text: str, chat_id: int | None = None, **extra: Any) -> dict[str, Any]:
        """Write a message (a command when it begins like one)."""
        entities = None
        if match := COMMAND.match(text):
            entities = [{"type": "bot_command", "offset": 0, "length": len(match[0])}]
        return await self._message(user_id, chat_id, text=text, entities=entities, **extra)

    async def send(
        self, user_id: int, kind: str, chat_id: int | None = None, content: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Send something that is not text: photo, document, voice, sticker, location, contact, dice, poll, ..."""
        given = dict(content or {})
        caption, group = given.pop("caption", None), given.pop("media_group_id", None)
        sent = {kind: self._content(kind, user_id, given)}
        return await self._message(user_id, chat_id, caption=caption, media_group_id=group, **sent)

    async def album(self, user_id: int, count: int, backwards: bool = False) -> list[dict[str, Any]]:
        """Several photos at once: as many updates with one media_group_id."""
        group, before = secrets.token_hex(6), len(self.queue.pending)
        sent = [await self.send(user_id, "photo", content={"media_group_id": group}) for _ in range(count)]
        if backwards:
            self.queue.pending[before:] = reversed(self.queue.pending[before:])
        return sent

    async def press(
        self,
        user_id: int,
        *,
        label: str | None = None,
        data: str | None = None,
        message_id: int | None = None,
        chat_id: int | None = None,
    ) -> dict[str, Any]:
        """Press a button by its words, or an old one by its `data` (with its message, as a phone that is behind would)."""
        chat = chat_id or user_id
        message, found = self._button(chat, label, data, message_id)
        number = str(secrets.randbits(60))
        self.world.callbacks[number] = time.time()
        query = {
            "id": number, "from": self.user(user_id).as_telegram(), "message": message, "chat_instance": str(chat), "data": found,
        }  # fmt: skip
        update = self.queue.put("callback_query", query)
        self.world.record(
            "press",
            "user",
            chat,
            message_id=message["message_id"],
            text=label,
            data=found,
            update_id=update,
            callback=number,
        )
        await self._done()
        return {
            "update_id": update,
            "callback_query_id": number,
            "message_id": message["message_id"],
            "data": found,
        }

    async def edit(
        self, user_id: int, message_id: int, text: str, chat_id: int | None = None
    ) -> dict[str, Any]:
        """Change a message sent before."""
        chat = chat_id or user_id
        message = self.world.messages[chat].get(message_id)
        if message is None or "text" not in message:
            raise NobodyError(f"no message {message_id}")
        message["text"], message["edit_date"] = text, int(time.time())
        update = self.queue.put("edited_message", dict(message))
        self.world.record("edit", "user", chat, message_id=message_id, text=text, update_id=update)
        await self._done()
        return {"update_id": update, "message_id": message_id}

    async def block(self, user_id: int, blocked: bool = True) -> dict[str, Any]:
        """Block the bot, or let it in again."""
        user = self.user(user_id)
        user.blocked = blocked
        was, now = ("member", "kicked") if blocked else ("kicked", "member")
        update = self._membership(user, self.world.chat(user_id), was, now)
        self.world.record("block" if blocked else "unblock", "user", user_id, update_id=update)
        await self._done()
        return {"update_id": update}

    async def group(self, user_id: int, title: str, kind: str = "supergroup") -> Chat:
        """Make a group or channel and add the bot to it."""
        user = self.user(user_id)
        number = -1_000_000_000_000 - len(self.world.groups) - self.world.next_message
        self.world.groups[number] = chat = Chat(number, kind, title, [user_id])
        self._membership(
            user, self.world.chat(number), "left", "administrator" if kind == "channel" else "member"
        )
        await self._done()
        return chat

    async def _message(self, user_id: int, chat_id: int | None, **content: Any) -> dict[str, Any]:
        user, chat = self.user(user_id), chat_id or user_id
        shown = self.world.chat(chat)
        if shown is None:
            raise NobodyError(f"no chat {chat}")
        if chat == user_id:
            user.started = True
        channel = shown["type"] == "channel"
        message = self.world.new_message(chat, None if channel else user.as_telegram(), **content)
        update = self.queue.put("channel_post" if channel else "message", dict(message))
        text = content.get("text") or content.get("caption")
        kind = (
            "message"
            if content.get("text")
            else next(
                (k for k in content if content[k] is not None and k not in ("caption", "media_group_id")),
                "message",
            )
        )
        self.world.record(kind, "user", chat, message_id=message["message_id"], text=text, update_id=update)
        await self._done()
        return {"update_id": update, "message_id": message["message_id"]}

    def _button(
        self, chat: int, label: str | None, data: str | None, message_id: int | None
    ) -> tuple[dict[str, Any], str]:
        messages = self.world.messages[chat]
        for number in [message_id] if message_id else sorted(messages, reverse=True):
            message = messages.get(number) or {}
            for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
                for button in row:
                    if data is None and (label is None or button["text"] == label):
                        return dict(message), button["callback_data"]
                    if data is not None and button.get("callback_data") == data:
                        return dict(message), data
            if message and data is not None and message_id:
                return dict(message), data
        if data is not None and messages:
            return dict(messages[max(messages)]), data
        raise NobodyError(f"no button {label or data!r} in chat {chat}")

    def _membership(self, user: User, chat: dict[str, Any] | None, was: str, now: str) -> int | None:
        def member(status: str) -> dict[str, Any]:
            more: dict[str, Any] = {"until_date": 0} if status == "kicked" else {}
            if status == "administrator":
                rights = ("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
                          "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
                          "can_edit_stories", "can_delete_stories")  # fmt: skip
                more = dict.fromkeys(rights, False)
            return {"user": self.world.bot(), "status": status, **more}

        return self.queue.put("my_chat_member", {
            "chat": chat, "from": user.as_telegram(), "date": int(time.time()),
            "old_chat_member": member(was), "new_chat_member": member(now),
        })  # fmt: skip

    def _content(self, kind: str, user_id: int, given: dict[str, Any]) -> Any:
        if kind in FILE:
            number = f"{kind}{len(self.world.files)}"
            size = int(given.pop("file_size", 2048))
            self.world.files[number] = {
                "file_id": number, "file_unique_id": f"u{number}", "file_size": size, "file_path": f"{kind}s/{number}", "bytes": b"x",
            }  # fmt: skip
            file = {"file_id": number, "file_unique_id": f"u{number}", "file_size": size}
            shape = {"width": 640, "height": 480}
            return {
                "photo": [file | shape], "voice": file | {"duration": 4, "mime_type": "audio/ogg"}, "audio": file | {"duration": 4},
                "video": file | shape | {"duration": 4}, "animation": file | shape | {"duration": 4}, "video_note": file | {"length": 240, "duration": 4},
                "sticker": file | {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"},
                "document": file | {"file_name": given.get("file_name", "paper.pdf"), "mime_type": given.get("mime_type", "application/pdf")},
            }[kind]  # fmt: skip
        simple: dict[str, Any] = {
            "location": {"latitude": 29.35, "longitude": 105.92}, "dice": {"emoji": "🎲", "value": 4},
            "contact": {"phone_number": "+8613800000000", "first_name": "王芳", "user_id": user_id},
            "venue": {"location": {"latitude": 29.35, "longitude": 105.92}, "title": "社区", "address": "永川"},
            "poll": {"id": "1", "question": "?", "options": [{"text": "a", "voter_count": 0, "persistent_id": "0"}], "total_voter_count": 0, "is_closed": False,
                     "is_anonymous": True, "type": "regular", "allows_multiple_answers": False, "allows_revoting": False, "members_only": False},
            "story": {"id": 1, "chat": self.world.chat(user_id)}, "game": {"title": "g", "description": "d", "photo": []},
            "new_chat_members": [self.user(user_id).as_telegram()], "pinned_message": {"message_id": 1, "date": 0, "chat": self.world.chat(user_id)},
        }  # fmt: skip
        base = simple.get(kind, {})
        return base | given if isinstance(base, dict) else base

    async def _done(self) -> None:
        await self.world.touch()
