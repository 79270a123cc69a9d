"""A pre-filled field beside the exact words it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from backend.console.shown import masked
from backend.intake.models import StatedFact
from locales import Translator

ENDS = "。！？!?；;\n"  # a sentence stops after these
MOST_AROUND = 60  # characters kept before and after the words when a sentence goes on and on
LEVELS = (0.5, 0.7, 0.9)  # below the first: one block of four; from the last on: all four


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence in three parts, the middle one being the words; `found` is False when only the words are known."""

    before: str
    words: str
    after: str
    found: bool


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure the reading is: `level` of four blocks, and the same in words."""

    level: int
    words: str


def quote(fact: StatedFact, messages: Mapping[str, str]) -> Quote | None:
    """The sentence somebody wrote, split at the words that gave this value; None when no words did (a button)."""
    if fact.words is None:
        return None
    text, words = masked(messages.get(fact.message, "")), masked(fact.words)
    place = _place(fact, text, words)
    if place is None:
        return Quote("", words, "", found=False)
    start, end = place
    first = max((text.rfind(mark, 0, start) for mark in ENDS), default=-1) + 1
    stops = [at for at in (text.find(mark, max(end - 1, start)) for mark in ENDS) if at >= 0]
    last = max(min(stops) + 1, end) if stops else len(text)
    before, after = text[first:start].lstrip(), text[end:last].rstrip()
    if len(before) > MOST_AROUND:
        before = "…" + before[-MOST_AROUND:]
    if len(after) > MOST_AROUND:
        after = after[:MOST_AROUND] + "…"
    return Quote(before, text[start:end], after, found=True)


def _place(fact: StatedFact, text: str, words: str) -> tuple[int, int] | None:
    """Where the words stand: at their span when the text agrees, else where they stand only once."""
    if fact.span_start is not None and fact.span_end is not None:
        start, end = fact.span_start, fact.span_end
        if 0 <= start < end <= len(text) and text[start:end] == words:
            return start, end
    places = [found.start() for found in re.finditer(re.escape(words), text)] if words else []
    return (places[0], places[0] + len(words)) if len(places) == 1 else None


def sure(sureness: float, t: Translator) -> Sure:
    """Four blocks and a word: very sure, fairly sure, not very sure, please check."""
    level = 1 + sum(sureness >= limit for limit in LEVELS)
    return Sure(level, t(f"console.sure.{level}"))


def said_by(fact: StatedFact, reporter_name: str, applicant_name: str, t: Translator) -> str:
    """Who said it, by role and, where known, by name."""
    name = {"applicant": applicant_name, "proxy": reporter_name, "officer": reporter_name}.get(
        fact.said_by, ""
    )
    words = t(f"console.said_by.{fact.said_by}")
    return f"{words} {name}".strip() if name else words
