"""What people wrote, made safe to look at: hidden characters become visible, ID numbers stay masked.

Every value a template prints goes through `shown` (it is the environment's `finalize`), so no page can forget it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from markupsafe import Markup

# Letters by name, yet blank on the screen: they make two different names look the same.
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f")
PLAIN_CONTROLS = frozenset("\n\r\t")
EMOJI_GLUE = frozenset("\u200d\ufe0e\ufe0f")
MOST_MARKS = 2  # accents stacked on one letter; more of them paint over the lines above
# Fifteen digits or more in a row, however they are spaced: identity cards (15, 18) and bank cards (16 to 19).
LONG_NUMBER = re.compile(r"(?<!\d)(?:\d[ \-－·]?){14,}[\dXxＸｘ]")


def shown(value: object) -> object:
    """The value as a page may print it; anything but plain text passes untouched."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return visible(masked(value))


def masked(text: str) -> str:
    """The text with the middle of identity and bank numbers starred; its length does not change."""
    return LONG_NUMBER.sub(lambda found: found[0][:3] + "*" * (len(found[0]) - 7) + found[0][-4:], text)


def visible(text: str) -> str:
    """The text with hidden, direction-changing and stacked characters written out as ⟦U+202E⟧."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_written_out(text))


def has_hidden(text: str) -> bool:
    """Whether the text holds a character that would not be seen."""
    return visible(text) != text


def _written_out(text: str) -> Iterator[str]:
    marks = 0
    for place, character in enumerate(text):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if _is_plain(text, place, character, category) and marks <= MOST_MARKS:
            yield character
        else:
            yield f"⟦U+{ord(character):04X}⟧"


def _is_plain(text: str, place: int, character: str, category: str) -> bool:
    if character in PLAIN_CONTROLS:
        return True
    if character in EMOJI_GLUE:
        return place > 0 and _is_pictured(text[place - 1])
    return not (category in ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp") or character in BLANK_LETTERS)


def _is_pictured(character: str) -> bool:
    """Whether this may stand before the glue of an emoji: a picture, its skin colour, or the glue itself."""
    return (
        unicodedata.category(character) in ("So", "Sk")
        or character in EMOJI_GLUE
        or character in "#*0123456789"
    )


def masked_name(name: str | None) -> str:
    """A name as a list shows it: the first character and stars, "洪**"; an unknown name is empty."""
    plain = " ".join((name or "").split())
    if not plain:
        return ""
    return plain[0] + "**"
