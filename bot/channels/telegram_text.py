"""Text as Telegram counts and cuts it: at most 4096 UTF-16 units a message, an emoji counting two."""

from __future__ import annotations

import re

LIMIT = 4096
ROOM_FOR_A_NOTE = 200  # "this message may reach you twice" is put below
MOST_BUTTON_BYTES = 64
WIDE = 12  # a label up to so many columns shares its row with another
_PLACES = (
    re.compile(r"\n\n"),
    re.compile(r"\n"),
    re.compile(r"[。！？!?；;]|\.\s"),
    re.compile(r"[，,、\s]"),
)


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)


def split(text: str, limit: int = LIMIT - ROOM_FOR_A_NOTE) -> list[str]:
    """The text in pieces of at most `limit` units, cut after a paragraph, a line, a sentence or a word, if there is one.

    Put together again the pieces are the text; no character is cut in two.
    """
    pieces = []
    while units(text) > limit:
        end = _fitting(text, limit)
        cut = _good_place(text, end)
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def rows(labels: list[str]) -> list[list[int]]:
    """Which buttons (by number) stand side by side: two short ones, or one long one, whole words always."""
    lines: list[list[int]] = []
    for number, label in enumerate(labels):
        short = _columns(label) <= WIDE
        if lines and short and len(lines[-1]) == 1 and _columns(labels[lines[-1][0]]) <= WIDE:
            lines[-1].append(number)
        else:
            lines.append([number])
    return lines


def _fitting(text: str, limit: int) -> int:
    used = 0
    for position, sign in enumerate(text):
        used += 2 if ord(sign) > 0xFFFF else 1
        if used > limit:
            return position
    return len(text)


def _good_place(text: str, end: int) -> int:
    """The last good place to cut before `end`, not in the first half: no tiny pieces. Never between signs of one emoji."""
    for place in _PLACES:
        ends = [match.end() for match in place.finditer(text, end // 2, end)]
        if ends:
            return ends[-1]
    while end > 1 and (
        text[end] in "\u200d\ufe0f" or text[end - 1] == "\u200d" or 0x1F3FB <= ord(text[end]) <= 0x1F3FF
    ):
        end -= 1
    return end


def _columns(label: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in label)
