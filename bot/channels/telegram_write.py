"""Our replies as Telegram messages: plain text, whole-word buttons, an answered question turned into "✓ ..."."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import TelegramError

from bot.channels.telegram_errors import harmless, meaning
from bot.channels.telegram_text import LIMIT, MOST_BUTTON_BYTES, rows, split, units
from bot.sending import Question, Sending
from handlers.messages import Reply
from locales import translator

EDIT_SECONDS = 3.0
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
log = structlog.get_logger()


class TelegramSender:
    """Sends to the chat behind a chat key (`<bot id>:<chat id>`)."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def send(self, sending: Sending) -> list[Any]:
        """Send one message; gives its message id in a list, or raises a SendError."""
        chat = chat_id(sending.chat_key)
        await self._close_all(chat, sending.open, sending.message.get("chosen"))
        text = sending.message["text"].strip() or "…"
        if sending.again and (sending.is_notice or sending.message.get("receipt")):
            text = f"{text}\n\n{translator(sending.lang)('bot.again')}"
        try:
            sent = await self.bot.send_message(
                chat, text, reply_markup=keyboard(sending.message), link_preview_options=NO_PREVIEW
            )
        except TelegramError as error:
            raise meaning(error) from error
        return [sent.message_id]

    async def _close_all(self, chat: int, questions: tuple[Question, ...], chosen: str | None) -> None:
        """The question that had the chosen button shows it, all others just lose theirs."""
        answered = next((q.row for q in reversed(questions) if chosen in _labels(q)), None)
        await asyncio.gather(
            *(self._close(chat, one, chosen if one.row == answered else None) for one in questions)
        )

    async def _close(self, chat: int, question: Question, chosen: str | None) -> None:
        """Take the buttons of an answered question away, and show under it what was chosen. Not worth a second try."""
        number = question.provider_ids[-1]
        text = f"{question.message['text'].strip()}\n\n✓ {chosen}"
        try:
            if chosen and units(text) <= LIMIT:
                await self.bot.edit_message_text(
                    text, chat, number, link_preview_options=NO_PREVIEW, read_timeout=EDIT_SECONDS
                )
            else:
                await self.bot.edit_message_reply_markup(chat, number, read_timeout=EDIT_SECONDS)
        except TelegramError as error:
            if not harmless(error):
                log.info("buttons_left", error=type(error).__name__)


def _labels(question: Question) -> list[str]:
    return [choice["label"] for choice in question.message["choices"]]


def parts(reply: Reply) -> list[Reply]:
    """The reply in pieces of Telegram's size: the first says what was chosen, the last has the buttons."""
    texts = split(reply.text)
    if len(texts) == 1:
        return [reply]
    first = Reply(reply.step, texts[0], reply.kind, chosen=reply.chosen)
    middle = [Reply(reply.step, text, reply.kind) for text in texts[1:-1]]
    last = Reply(
        reply.step, texts[-1], reply.kind, asks=reply.asks, choices=reply.choices,
        suggestions=reply.suggestions, understood=reply.understood, receipt=reply.receipt,
    )  # fmt: skip
    return [first, *middle, last]


def keyboard(message: dict[str, Any]) -> InlineKeyboardMarkup | None:
    """The buttons of a message, one or two a row; their data is the choice's id, which tells nothing about anybody."""
    choices = message.get("choices") or []
    if not choices:
        return None
    for choice in choices:
        if not 1 <= len(choice["id"].encode()) <= MOST_BUTTON_BYTES:
            raise ValueError("a choice id does not fit a Telegram button")
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(choices[number]["label"], callback_data=choices[number]["id"])
                for number in row
            ]
            for row in rows([choice["label"] for choice in choices])
        ]
    )


def chat_id(chat_key: str) -> int:
    """Telegram's number of the chat."""
    return int(chat_key.partition(":")[2])
