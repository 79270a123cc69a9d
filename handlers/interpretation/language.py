"""Which of our languages a message is in."""

from __future__ import annotations

import re

_CJK = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN_WORD = re.compile(r"[a-z]{2,}", re.IGNORECASE)


def detect(text: str, fallback: str = "zh") -> str:
    """`zh` or `en`: a Chinese character weighs as much as a Latin word; with neither, the fallback."""
    chinese, latin = len(_CJK.findall(text)), len(_LATIN_WORD.findall(text))
    if not chinese and not latin:
        return fallback
    return "zh" if chinese >= latin else "en"
