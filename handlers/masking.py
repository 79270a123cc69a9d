"""Personal numbers never stay in a conversation: they are covered before a word is kept."""

from __future__ import annotations

import re

# Fifteen digits or more in a row (identity cards have 15 or 18, bank cards 16 to 19), however they are spaced.
_NUMBER = re.compile(r"(?<!\d)(?:\d[ \-－·]?){14,}[\dXxＸｘ]")


def mask(text: str) -> str:
    """`text` with identity and bank numbers covered; as long as before, so that spans still point at the right words.

    >>> mask("我的身份证500118196803021234")
    '我的身份证＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊'
    """
    return _NUMBER.sub(lambda found: "＊" * len(found.group()), text)


def masked(text: str) -> bool:
    """Whether there was something to cover."""
    return bool(_NUMBER.search(text))
