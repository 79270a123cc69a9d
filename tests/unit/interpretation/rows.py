"""The table of examples (`zh.txt`, `en.txt`): one row is a message and what the desk must be sure of after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from backend.catalogue.load import load_catalogue
from backend.eligibility.model import Catalogue
from handlers.interpretation import interpret
from handlers.interpretation.model import Interpretation
from handlers.messages import Understanding, UnderstoodFact

ON = date(2026, 11, 23)
SURE = 0.6


@dataclass(frozen=True, slots=True)
class Example:
    """A row: where it stands, what is said, what is to be read."""

    place: str
    text: str
    facts: frozenset[str]


@cache
def catalogue() -> Catalogue:
    """The district's catalogue, read once."""
    return load_catalogue("yongchuan")


def examples(language: str) -> Iterator[Example]:
    """All rows of one language."""
    return parse(Path(__file__).with_name(f"{language}.txt"))


def parse(path: Path) -> Iterator[Example]:
    """All rows of a file."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            text, _, facts = line.partition(" => ")
            wanted = frozenset() if facts.strip() == "-" else frozenset(facts.split())
            yield Example(f"{path.name}:{number}", text, wanted)


def read(text: str, asked: str | None = None, asked_for: str | None = None) -> Interpretation:
    """A message as the extractors alone read it."""
    return interpret(
        text,
        Understanding.nothing(),
        lang=None,
        on=ON,
        catalogue=catalogue(),
        asked=asked,
        asked_for=asked_for,
    )


def sure(got: Interpretation) -> frozenset[str]:
    """The sure facts of a reading, written as in the table."""
    return frozenset(written(one) for one in got.facts if one.sureness >= SURE)


def written(one: UnderstoodFact) -> str:
    """`fact@who=value`; household facts without a who."""
    who = f"@{one.who}" + (f".{one.which}" if one.which else "")
    if catalogue().facts[one.fact].scope == "household":
        who = ""
    return f"{one.fact}{who}={_value(one)}"


def _value(one: UnderstoodFact) -> str:
    if one.value is None:
        low, high = ("" if end is None else str(end) for end in (one.low, one.high))
        return f"{low}~{high}"
    if isinstance(one.value, bool):
        return str(one.value).lower()
    return ",".join(one.value) if isinstance(one.value, tuple) else str(one.value)
