"""What can be wrong with a catalogue or with a case. Texts name ids and places, never what a person said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: `place` is a path such as `programmes/dibao_rural/criteria/income/when`, or file and line."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class CatalogueError(Exception):
    """Everything wrong with a catalogue, all at once; nothing of it is used."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class CaseError(ValueError):
    """Everything wrong with a case: unknown facts, values of the wrong kind, a household of nobody."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems
