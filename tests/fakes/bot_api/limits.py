"""Telegram's real limits, enforced."""

from __future__ import annotations

import json
import math
import re
import time
from typing import Any

from tests.fakes.bot_api.errors import bad, too_many

MAX_TEXT = 4096  # UTF-16 code units, as Telegram counts
MAX_CAPTION = 1024
MAX_CALLBACK_DATA = 64  # bytes
MAX_BUTTONS = 100
MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
QUERY_SECONDS = 15 * 60
MARKUP = {"Markdown": "_*`", "MarkdownV2": "_*~`|"}


def units(text: str) -> int:
    """The length of a text as Telegram counts it: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Rates:
    """Per chat one message a second (with a short burst), 20 a minute to a group, 30 a second in all."""

    def __init__(self) -> None:
        self.chat_burst, self.per_second, self.group_per_minute = 5, 30, 20
        self.on = True
        self._sent: list[tuple[float, int]] = []
        self._chats: dict[int, tuple[float, float]] = {}

    def check(self, chat: int) -> None:
        """Raise 429 when this message would be too many; count it otherwise."""
        now = time.monotonic()
        self._sent = [(at, to) for at, to in self._sent if now - at < 60]
        if self.on:
            if sum(now - at < 1 for at, _ in self._sent) >= self.per_second:
                raise too_many(1)
            mine = [at for at, to in self._sent if to == chat]
            if chat < 0 and len(mine) >= self.group_per_minute:
                raise too_many(math.ceil(60 - (now - mine[0])))
            level, at = self._chats.get(chat, (0.0, now))
            level = max(0.0, level - (now - at))  # one a second runs out
            if level + 1 > self.chat_burst:
                raise too_many(max(1, math.ceil(level + 1 - self.chat_burst)))
            self._chats[chat] = (level + 1, now)
        self._sent.append((now, chat))


def check_text(text: str | None, parse_mode: str | None, limit: int = MAX_TEXT) -> str:
    """The text as it is shown, or 400 with Telegram's words."""
    if not text or not text.strip():
        raise bad("message text is empty")
    if parse_mode:
        text = _strip_markup(text, parse_mode)
    if units(text) > limit:
        raise bad("message is too long" if limit == MAX_TEXT else "message caption is too long")
    return text


def _strip_markup(text: str, mode: str) -> str:
    if mode == "HTML":
        open_tags: list[str] = []
        for match in re.finditer(r"<(/?)([^>]*)>|<", text):
            name = (match[2] or "").split(" ")[0]
            if match[0] == "<" or name not in (
                "b",
                "i",
                "u",
                "s",
                "a",
                "code",
                "pre",
                "em",
                "strong",
                "tg-spoiler",
            ):
                raise bad(
                    f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {match.start()}'
                )
            if not match[1]:
                open_tags.append(name)
            elif not open_tags or open_tags.pop() != name:
                raise bad(f"can't parse entities: Unexpected end tag at byte offset {match.start()}")
        if open_tags:
            raise bad(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\""
            )
        return re.sub(r"<[^>]*>", "", text)
    for sign in MARKUP.get(mode, ""):
        if text.count(sign) % 2:
            offset = len(text[: text.index(sign)].encode())
            raise bad(f"can't parse entities: Can't find end of the entity starting at byte offset {offset}")
    return re.sub(f"[{re.escape(MARKUP.get(mode, ''))}]", "", text)


def check_keyboard(markup: Any) -> dict[str, Any] | None:
    """An inline keyboard that Telegram would take, or 400."""
    if markup in (None, "", {}):
        return None
    if isinstance(markup, str):
        try:
            markup = json.loads(markup)
        except ValueError:
            raise bad("object expected as reply markup") from None
    if "inline_keyboard" not in markup:
        return markup if isinstance(markup, dict) else None
    rows = markup["inline_keyboard"]
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad("reply markup is too long")
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
            raise bad("BUTTON_DATA_INVALID")
        if data is None and not button.get("url"):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    return {"inline_keyboard": rows} if any(rows) else None
