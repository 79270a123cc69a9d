"""YAML read with its places: every value knows its file and line, every mistake is noted and reading goes on.

The values come from the YAML nodes themselves, so that money is read as the decimal digits that stand there, a key given
twice is a mistake and not a silent overwrite, and nothing is built but text, numbers, dates, lists and mappings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from backend.eligibility.errors import Problem

LANGUAGES = ("zh", "en")
LOADER = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the same, ten times as fast, where libyaml was built in


@dataclass(slots=True)
class Notes:
    """Where everything stands, and what is wrong so far."""

    places: dict[str, str] = field(default_factory=dict)  # path -> "file:line"
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, path: str, message: str) -> None:
        """Note a mistake at the nearest place known for `path`."""
        self.problems.append(Problem(self.place(path), message))

    def place(self, path: str) -> str:
        """File and line of `path`, or of the nearest thing that holds it."""
        while path and path not in self.places:
            path = path.rpartition("/")[0]
        return self.places.get(path, path)


class Field:
    """One value of a YAML file. Reading it wrongly notes a mistake and gives a harmless value of the type asked for."""

    def __init__(self, node: yaml.Node, path: str, name: str, notes: Notes) -> None:
        self.node = node
        self.path = path
        self.name = name  # of the file, for people
        self.notes = notes
        notes.places[path] = f"{name}:{node.start_mark.line + 1}"

    def wrong(self, message: str) -> None:
        """Note a mistake at this value."""
        self.notes.wrong(self.path, message)

    @property
    def is_null(self) -> bool:
        return self.node.tag == "tag:yaml.org,2002:null"

    def entries(self) -> dict[str, Field]:
        """The members of a mapping; a key given twice is a mistake."""
        if not isinstance(self.node, yaml.MappingNode):
            self.wrong("expected a mapping (key: value)")
            return {}
        found: dict[str, Field] = {}
        for key, value in self.node.value:
            text = str(key.value)
            line = key.start_mark.line + 1
            if text in found:
                self.notes.problems.append(Problem(f"{self.name}:{line}", f"`{text}` is given twice"))
                continue
            found[text] = Field(value, f"{self.path}/{text}", self.name, self.notes)
            self.notes.places[f"{self.path}/{text}"] = f"{self.name}:{line}"
        return found

    def record(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Field]:
        """The members of a mapping with exactly these keys; a key whose value is null counts as absent."""
        found = self.entries()
        if not isinstance(self.node, yaml.MappingNode):
            return found
        for key in found:
            if key not in required and key not in optional:
                found[key].wrong(f"`{key}` is not a key known here")
        for key in required:
            if key not in found:
                self.wrong(f"`{key}` is missing")
        return {key: value for key, value in found.items() if key in required or not value.is_null}

    def items(self) -> list[Field]:
        """The members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.wrong("expected a list")
            return []
        return [
            Field(value, f"{self.path}/{index}", self.name, self.notes)
            for index, value in enumerate(self.node.value)
        ]

    def text(self) -> str:
        """A text of at least one character."""
        if not isinstance(self.node, yaml.ScalarNode) or self.is_null or not str(self.node.value).strip():
            self.wrong("expected a text")
            return ""
        return str(self.node.value).strip()

    def words(self) -> Mapping[str, str]:
        """The same words in every language."""
        found = self.entries()
        for lang in LANGUAGES:
            if lang not in found:
                self.wrong(f"the translation into `{lang}` is missing")
        return {key: value.text() for key, value in found.items()}

    def choice(self, allowed: Collection[str]) -> str:
        """One of a few words."""
        found = self.text()
        if found and found not in allowed:
            self.wrong(f"`{found}` is not one of {', '.join(sorted(allowed))}")
        return found

    def texts(self) -> tuple[str, ...]:
        """A list of texts, none twice."""
        found = [item.text() for item in self.items()]
        for text in sorted({text for text in found if found.count(text) > 1}):
            self.wrong(f"`{text}` is given twice")
        return tuple(found)

    def boolean(self) -> bool:
        """true or false."""
        if self.node.tag != "tag:yaml.org,2002:bool" or str(self.node.value).lower() not in ("true", "false"):
            self.wrong(f"expected true or false, found `{self.node.value}`")
            return False
        return str(self.node.value).lower() == "true"

    def number(self) -> Decimal:
        """A number, as the digits that stand there."""
        kind = self.node.tag.rpartition(":")[2]
        try:
            found = Decimal(str(self.node.value)) if kind in ("int", "float") else Decimal("NaN")
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite():
            self.wrong(f"expected a number, found `{self.node.value}`")
            return Decimal(0)
        return found

    def integer(self) -> int:
        """A whole number."""
        found = self.number()
        if found != int(found):
            self.wrong(f"expected a whole number, found `{found}`")
        return int(found)

    def plain(self) -> bool | int | str:
        """A yes or no, a whole number or a word, whichever stands there."""
        if self.node.tag == "tag:yaml.org,2002:bool":
            return self.boolean()
        return self.integer() if self.node.tag == "tag:yaml.org,2002:int" else self.text()

    def day(self) -> date:
        """A date, year first: 2025-07-01."""
        try:
            return date.fromisoformat(str(self.node.value))
        except ValueError:
            self.wrong(f"expected a date such as 2025-07-01, found `{self.node.value}`")
            return date.min


def read_file(path: Path, root: Path, key: str, notes: Notes) -> Field | None:
    """The file as a field with the path `key`; None, and a mistake noted, when it cannot be read at all."""
    name = path.relative_to(root).as_posix()
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    except (OSError, UnicodeDecodeError) as problem:
        notes.problems.append(Problem(name, f"cannot be read: {type(problem).__name__}"))
        return None
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        notes.problems.append(Problem(f"{name}:{line}", f"is not YAML: {problem.problem}"))
        return None
    except yaml.YAMLError:
        notes.problems.append(Problem(name, "is not YAML: a character that is not allowed"))
        return None
    if node is None:
        notes.problems.append(Problem(f"{name}:1", "is empty"))
        return None
    return Field(node, key, name, notes)
