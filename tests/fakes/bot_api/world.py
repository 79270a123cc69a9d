"""What Telegram knows: people, chats, messages, files and what the bot has not yet fetched. All in memory, or in a file."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

EPOCH = 1_600_000_000  # ids start from the seconds since then, so that a restarted server never repeats one
FIRST_PEOPLE = (
    (10001, "王芳", "zh-hans"),
    (10002, "洪志强", "zh-CN"),
    (10003, "Anna", "en"),
)


@dataclass
class User:
    """A person with Telegram. `blocked` the bot; `deactivated` their account; `started`: has written to the bot."""

    id: int
    first_name: str
    language_code: str | None = None
    last_name: str | None = None
    username: str | None = None
    blocked: bool = False
    deactivated: bool = False
    started: bool = False

    def as_telegram(self) -> dict[str, Any]:
        """The Bot API's `User`."""
        named = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        known = {key: value for key, value in named.items() if value is not None}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, **known}


@dataclass
class Chat:
    """A group or channel (private chats are made from the user)."""

    id: int
    type: str
    title: str
    members: list[int] = field(default_factory=list)
    bot_is_member: bool = True


class World:
    """Everything, with a revision number that grows with every change a person could see."""

    def __init__(self, token: str | None = None, state: Path | None = None) -> None:
        self.token = token
        self.bot_id = int(token.split(":")[0]) if token else 0
        base = int(time.time()) - EPOCH
        self.next_update = base * 10
        self.next_message = base
        self.users: dict[int, User] = {}
        self.groups: dict[int, Chat] = {}
        self.messages: dict[int, dict[int, dict[str, Any]]] = defaultdict(
            dict
        )  # chat -> message id -> message
        self.callbacks: dict[str, float] = {}  # id -> when pressed
        self.files: dict[str, dict[str, Any]] = {}
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.texts: dict[str, str] = {}  # description, name
        self.typing: dict[int, float] = {}
        self.toasts: dict[int, list[str]] = defaultdict(list)
        self.transcript: list[dict[str, Any]] = []
        self.revision = 0
        self.changed = asyncio.Condition()
        self._state = state
        for number, name, language in FIRST_PEOPLE:
            self.users[number] = User(number, name, language)
        self._load()

    def bot(self) -> dict[str, Any]:
        """The Bot API's `User` of the bot."""
        return {
            "id": self.bot_id, "is_bot": True, "first_name": "一门 OneDoor", "username": "onedoor_simulator_bot",
            "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False,
            "can_connect_to_business": False, "has_main_web_app": False,
        }  # fmt: skip

    def chat(self, chat_id: int) -> dict[str, Any] | None:
        """The Bot API's `Chat`, or None when there is none with this id."""
        if chat_id in self.users:
            user = self.users[chat_id].as_telegram()
            shown = {key: user[key] for key in ("first_name", "last_name", "username") if key in user}
            return {"id": chat_id, "type": "private", **shown}
        if chat_id in self.groups:
            group = self.groups[chat_id]
            return {"id": group.id, "type": group.type, "title": group.title}
        return None

    def new_message(self, chat_id: int, sender: dict[str, Any] | None, **content: Any) -> dict[str, Any]:
        """Put a message into a chat; `sender` is None in channels."""
        self.next_message += 1
        message: dict[str, Any] = {
            "message_id": self.next_message,
            "date": int(time.time()),
            "chat": self.chat(chat_id),
        }
        if sender is not None:
            message["from"] = sender
        message.update({key: value for key, value in content.items() if value is not None})
        self.messages[chat_id][self.next_message] = message
        return message

    def record(self, kind: str, who: str, chat_id: int | None, **details: Any) -> dict[str, Any]:
        """Add a line to the transcript. `who` is `user`, `bot` or `telegram`."""
        line = {
            "seq": len(self.transcript) + 1,
            "at": time.time(),
            "kind": kind,
            "who": who,
            "chat": chat_id,
            **details,
        }
        self.transcript.append(line)
        return line

    async def touch(self) -> None:
        """Something visible has changed: wake the pages that wait."""
        async with self.changed:
            self.revision += 1
            self.changed.notify_all()

    def save(self) -> None:
        """Keep people and chats for the next start (only when a file was given)."""
        if self._state is None:
            return
        kept = {
            "next_update": self.next_update,
            "users": [asdict(user) for user in self.users.values()],
            "groups": [asdict(group) for group in self.groups.values()],
            "messages": {str(chat): list(found.values())[-200:] for chat, found in self.messages.items()},
        }
        half = self._state.with_suffix(".part")
        half.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        half.replace(self._state)

    def _load(self) -> None:
        if self._state is None or not self._state.exists():
            return
        try:
            kept = json.loads(self._state.read_text(encoding="utf-8"))
            users = {user["id"]: User(**user) for user in kept["users"]}
            groups = {group["id"]: Chat(**group) for group in kept["groups"]}
        except (ValueError, KeyError, TypeError):
            return  # written by another version, or cut short: begin anew
        self.users, self.groups = users, groups
        self.next_update = max(self.next_update, int(kept.get("next_update", 0)))
        for chat, found in kept["messages"].items():
            self.messages[int(chat)] = {message["message_id"]: message for message in found}
        self.next_message = max([self.next_message, *(m for found in self.messages.values() for m in found)])
