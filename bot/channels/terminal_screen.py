"""How the terminal shows a message, and what a typed line means: a choice's key, or words."""

from __future__ import annotations

import string
import unicodedata
from typing import Any

from locales import translator

INDENT = "   "


def keys_of(message: dict[str, Any], taken: int = 0) -> dict[str, str]:
    """The key of each choice: `1`, `2`, ... or, where a number could itself be the answer, `a`, `b`, ...

    `taken` keys went to earlier messages of the same answer (the parts of a review).

    >>> keys_of({"asks": {"fact": "age"}, "choices": [{"id": "7.0", "kind": "dont_know"}]})
    {'a': '7.0'}
    """
    choices = message.get("choices") or []
    answers = [choice for choice in choices if choice["kind"] == "answer"]
    typed = bool(message.get("asks")) and not (answers and all(_is_closed(choice) for choice in answers))
    names = string.ascii_lowercase if typed and len(choices) <= len(string.ascii_lowercase) else None
    return {names[at] if names else str(taken + at + 1): choice["id"] for at, choice in enumerate(choices)}


def drawn(message: dict[str, Any], keys: dict[str, str]) -> str:
    """The message as lines of plain text, its choices under their keys."""
    t = translator(message.get("lang"))
    lines = [f"{t('web.notice')}:"] if message.get("kind") == "notice" else []
    lines += _safe(message["text"]).split("\n")
    labels = {choice["id"]: choice["label"] for choice in message.get("choices") or []}
    lines += [f"  {key}) {_safe(labels[choice])}" for key, choice in keys.items()]
    return "\n" + "\n".join(INDENT + line if line else "" for line in lines)


def meaning(line: str, keys: dict[str, str]) -> dict[str, str]:
    """What a typed line says: `{"choice": id}` for a key (full-width too, with or without its bracket), else its text.

    >>> meaning("２", {"1": "7.0", "2": "7.1"}), meaning("2 people", {"2": "7.1"})
    ({'choice': '7.1'}, {'text': '2 people'})
    """
    key = unicodedata.normalize("NFKC", line).strip().rstrip(").、。").lower()
    return {"choice": keys[key]} if key in keys else {"text": line}


def _is_closed(choice: dict[str, Any]) -> bool:
    value = choice.get("value")
    return isinstance(value, bool) or (isinstance(value, str) and not value.isdigit())


def _safe(words: str) -> str:
    """Without control characters: words of a stranger must not steer the terminal."""
    return "".join(one for one in words if one == "\n" or unicodedata.category(one) not in ("Cc", "Cf"))
