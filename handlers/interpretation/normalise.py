"""One plain copy of what was typed, to read from, that never loses its way back to the original characters.

Full-width, circled and stylised characters become plain ones (NFKC), traditional characters become simplified,
letters become small, and what cannot be seen (control and zero-width characters) is left out of the copy. The original
text itself is never changed: it is the record, and spans always count its characters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

import opencc

_T2S = opencc.OpenCC("t2s")
_OWN = {  # what the standard tables leave alone and our readers should not have to know about
    "著": "着", "妳": "你", "迳": "径", "〜": "~", "∼": "~", "–": "-", "—": "-", "−": "-", "－": "-",
    "‘": "'", "’": "'", "“": '"', "”": '"', "〇": "零", "○": "零", "｡": "。", "\u00a0": " ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """The plain copy (`text`) and, for each of its characters, where it stands in `original`."""

    original: str
    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open stretch of the original for a half-open stretch of the copy (at least one character)."""
        return self.at[start], self.at[end - 1] + 1

    def words(self, start: int, end: int) -> str:
        """The original characters of a stretch of the copy."""
        a, b = self.span(start, end)
        return self.original[a:b]


@lru_cache(maxsize=20_000)
def _plain(char: str) -> str:
    """One character in plain form; empty when it cannot be seen. Repeated until nothing changes any more."""
    if char in "\n\r\t":
        return "\n" if char == "\n" else " "
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") or "\ufe00" <= char <= "\ufe0f":
        return ""
    seen = char
    for _ in range(4):
        step = "".join(_OWN.get(c, c) for c in unicodedata.normalize("NFKC", seen))
        step = "".join(_OWN.get(c, c) for c in _T2S.convert(step)).lower()
        if step == seen:
            break
        seen = step
    return seen


# No numeral is that long and no word repeats a character that often; left in, they would keep the readers busy for long.
_ENDLESS = re.compile(r"[\d,.]{24,}|[零一二两三四五六七八九十百千万亿廿卅]{24,}|(.)\1{23,}", re.DOTALL)


def without_endless(folded: Folded) -> Folded:
    """The same copy with endless numerals and endlessly repeated characters blotted out, every place as before."""
    return replace(folded, text=_ENDLESS.sub(lambda m: "□" * len(m[0]), folded.text))


def fold(text: str) -> Folded:
    """The plain copy of a text. Folding a plain copy again changes nothing."""
    out: list[str] = []
    at: list[int] = []
    for index, char in enumerate(text):
        for plain in _plain(char):
            if unicodedata.category(plain) in ("Cc", "Cf") and plain != "\n":
                continue
            if plain == " " and (not out or out[-1] in " \n"):
                continue  # one space is enough
            out.append(plain)
            at.append(index)
    return Folded(text, "".join(out), tuple(at))
