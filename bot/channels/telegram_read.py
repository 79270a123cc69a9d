"""A Telegram update as one of our own messages, whatever kind it is; or what Telegram's channel settles by itself."""

from __future__ import annotations

import re
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, Message, Update

from bot import nudges
from bot.channels.plain import inbound
from bot.store import InboxRow
from bot.turn_store import Before
from bot.turns import Aside
from handlers.messages import InboundMessage, Reply
from locales import Translator, translator

START = re.compile(r"^/start(?:@\w+)?(?:\s+([A-Za-z0-9_-]{1,64}))?\s*$")
MOST_BYTES = 20 * 1024 * 1024  # what the Bot API lets a bot fetch
SILENT = (
    "new_chat_members",
    "left_chat_member",
    "pinned_message",
    "group_chat_created",
    "supergroup_chat_created",
)


def read(row: InboxRow, before: Before, username: str) -> InboundMessage | Aside:
    """What this update says. Unknown and broken ones are kept as they came and answered politely or not at all."""
    if row.kind in ("notice", nudges.KIND):
        return inbound(row, before)
    try:
        update = Update.de_json(row.payload, None)
    except (TypeError, KeyError, ValueError, AttributeError):
        return _unreadable(row, before)
    if update.callback_query is not None:
        return _pressed(row, before, update.callback_query)
    if update.my_chat_member is not None:
        return _membership(
            update.my_chat_member.new_chat_member, update.my_chat_member.chat, before, username
        )
    message = update.message or update.edited_message
    if message is None or message.from_user is None:
        return Aside("a kind of update we do not handle")
    t = translator(before.lang or message.from_user.language_code)
    if message.chat.type != Chat.PRIVATE:
        return _in_a_group(message, t, username)
    if update.edited_message is not None:
        return _say(t, "bot.edited")
    return _private(row, before, message, t)


def chat_of(update: dict[str, Any]) -> int | None:
    """The chat an update belongs to, read with care: the update may be anything."""
    for kind, content in update.items():
        if kind == "update_id" or not isinstance(content, dict):
            continue
        holder = content.get("message") if kind == "callback_query" else content
        chat = holder.get("chat") if isinstance(holder, dict) else None
        number = chat.get("id") if isinstance(chat, dict) else None
        if isinstance(number, int):
            return number
    return None


def _private(row: InboxRow, before: Before, message: Message, t: Translator) -> InboundMessage | Aside:
    lang = message.from_user.language_code if message.from_user else None

    def said(kind: str, text: str = "", start: str | None = None) -> InboundMessage:
        return inbound(row, before, kind=kind, text=text, start=start, lang=lang)

    if message.forward_origin is not None:
        return _say(t, "bot.forwarded")
    if message.text is not None:
        if match := START.match(message.text):
            return said("start", start=match[1])
        return said("command" if message.text.startswith("/") else "text", message.text)
    if message.voice or message.audio or message.video_note:
        return _say(t, "bot.voice")
    if message.photo or message.document or message.video:
        if any((file.file_size or 0) > MOST_BYTES for file in (message.document, message.video) if file):
            return _say(t, "bot.too_big")
        return said("attachment", message.caption or "")
    if message.contact is not None:
        if message.from_user is None or message.contact.user_id != message.from_user.id:
            return _say(t, "bot.contact_other")
        if (before.state or {}).get("step") == "details":
            return said("text", message.contact.phone_number)
        return _say(t, "bot.contact_unasked")
    if message.location is not None or message.venue is not None:
        return _say(t, "bot.location")
    if any(getattr(message, name) for name in SILENT):
        return Aside("a service message")
    return said("other")


def _pressed(row: InboxRow, before: Before, query: CallbackQuery) -> InboundMessage | Aside:
    if query.message is None or query.message.chat.type != Chat.PRIVATE or not query.data:
        return Aside("a press that is not for us")
    return inbound(row, before, kind="choice", choice=query.data, lang=query.from_user.language_code)


def _membership(member: ChatMember, chat: Chat, before: Before, username: str) -> Aside:
    here = member.status not in (ChatMember.BANNED, ChatMember.LEFT)
    if chat.type == Chat.PRIVATE:
        return Aside("came back" if here else "blocked us", reachable=here)
    if here and chat.type != Chat.CHANNEL:
        return Aside("added to a group", (_link(translator(before.lang), username),))
    return Aside("member of a channel or group")


def _in_a_group(message: Message, t: Translator, username: str) -> Aside:
    """Only a private link, and only when spoken to: never a personal question before others."""
    text = message.text or message.caption or ""
    if message.chat.type != Chat.CHANNEL and (text.startswith("/") or f"@{username}".lower() in text.lower()):
        return Aside("spoken to in a group", (_link(t, username),))
    return Aside("not spoken to")


def _link(t: Translator, username: str) -> Reply:
    return Reply("group", t("bot.group", link=f"https://t.me/{username}?start=group"))


def _say(t: Translator, key: str) -> Aside:
    return Aside(key, (Reply("aside", t(key)),))


def _unreadable(row: InboxRow, before: Before) -> Aside:
    private = isinstance(row.payload.get("message"), dict) and (chat_of(row.payload) or 0) > 0
    return (
        _say(translator(before.lang), "bot.unreadable") if private else Aside("an update that cannot be read")
    )
