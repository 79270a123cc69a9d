"""Reads the Rasa project's files, which are plain YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

NLU = Path(__file__).parents[2] / "nlu"
_MARK = re.compile(r"\[([^\]]+)\]\(([a-z_]+)\)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One training example: its words and what is marked in them (start, end, entity)."""

    place: str
    language: str
    intent: str
    text: str
    marks: tuple[tuple[int, int, str], ...]


def sentences() -> Iterator[Sentence]:
    """Every example of every file."""
    for path in sorted(NLU.glob("data/*/*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                if line.startswith("- "):
                    text, marks = unmark(line[2:].strip())
                    yield Sentence(
                        path.relative_to(NLU).as_posix(), path.parent.name, block["intent"], text, marks
                    )


def unmark(marked: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """The plain words of a marked example, and its marks."""
    out, marks, at = "", [], 0
    for match in _MARK.finditer(marked):
        out += marked[at : match.start()]
        marks.append((len(out), len(out) + len(match[1]), match[2]))
        out += match[1]
        at = match.end()
    return out + marked[at:], tuple(marks)


def domain() -> dict[str, list[str]]:
    """Intents and entities of the domain."""
    read: dict[str, list[str]] = yaml.safe_load((NLU / "domain.yml").read_text("utf-8"))
    return read
