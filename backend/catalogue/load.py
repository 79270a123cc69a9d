"""The one reader of a catalogue's YAML: a folder becomes a `Catalogue`, or one error that lists everything wrong.

catalogue = load_catalogue("yongchuan")        # a folder beside this file, by name, or any folder by path
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from backend.catalogue.fields import Field, Notes, read_file
from backend.catalogue.programmes import Known, programme
from backend.catalogue.sections import fact, interview, parameter, status, workflow
from backend.eligibility import compile_catalogue
from backend.eligibility.errors import CatalogueError, Problem
from backend.eligibility.model import Catalogue, FactDef, Programme, Text
from backend.eligibility.priors import Interview

FOLDER = Path(__file__).parent
NO_MEANING = ("version", "source", "sources", "note", "unverified", "legal_basis", "interview")
T = TypeVar("T")


def load_catalogue(name_or_path: str) -> Catalogue:
    """The catalogue of a district, checked whole.

    Raises CatalogueError with every mistake at once (file, line and what is wrong), and FileNotFoundError when there is
    no such folder.
    """
    root = FOLDER / name_or_path if "/" not in name_or_path else Path(name_or_path)
    if not root.is_dir():
        root = Path(name_or_path)
    if not root.is_dir():
        raise FileNotFoundError(f"there is no catalogue called {name_or_path}")
    notes = Notes()
    catalogue = _read(root, notes)
    problems = list(notes.problems)
    try:
        compile_catalogue(catalogue)
    except CatalogueError as error:
        problems += [Problem(notes.place(found.place), found.message) for found in error.problems]
    if problems:
        raise CatalogueError(tuple(sorted(set(problems), key=_by_place)))
    return catalogue


def _read(root: Path, notes: Notes) -> Catalogue:
    """Everything the folder holds, mistakes noted on the way."""
    district = _district(root, notes)
    facts = _section(root, "facts", notes, fact)
    _check_implied(facts, notes)
    figures = _section(root, "parameters", notes, lambda _, field: parameter(field))
    departments = _section(root, "departments", notes, _words)
    levels = _section(root, "levels", notes, _words)
    documents = _section(root, "documents", notes, _words)
    flows = _section(root, "workflows", notes, lambda _, field: workflow(field))
    statuses = _section(root, "statuses", notes, lambda _, field: status(field))
    files = {path.stem: path for path in sorted((root / "programmes").glob("*.yml"))}
    if not files:
        notes.problems.append(Problem("programmes", "there is no programme"))
    for ident in sorted(files.keys() & statuses.keys()):
        notes.wrong(f"statuses/{ident}", f"`{ident}` is already a programme of this catalogue")
    known = Known(departments, levels, documents, flows, figures, files.keys() | statuses.keys())
    programmes = {}
    for ident, path in files.items():
        field = read_file(path, root, f"programmes/{ident}", notes)
        found = programme(ident, field, known) if field else None
        if found:
            programmes[ident] = found
    priors = _interview(root, programmes, notes)
    catalogue = Catalogue(
        version="",
        district=district,
        facts=facts,
        parameters={ident: rows for ident, (_, rows) in figures.items() if rows},
        programmes=programmes,
        departments=departments,
        levels=levels,
        documents=documents,
        workflows={ident: steps for ident, (steps, _) in flows.items()},
        statuses=tuple(statuses),
        workflow_totals={ident: total for ident, (_, total) in flows.items() if total},
        parameter_names={ident: name for ident, (name, _) in figures.items()},
        status_names={ident: words for ident, (words, _) in statuses.items()},
        status_groups={ident: group for ident, (_, group) in statuses.items() if group},
        interview=priors,
    )
    return _with_version(catalogue, root.name)


def _section(root: Path, name: str, notes: Notes, read: Callable[[str, Field], T]) -> dict[str, T]:
    """One file of `id: ...` entries."""
    field = read_file(root / f"{name}.yml", root, name, notes)
    return {ident: read(ident, entry) for ident, entry in field.entries().items()} if field else {}


def _check_implied(facts: Mapping[str, FactDef], notes: Notes) -> None:
    """What an answer says as well must be a value of a fact of the same subject."""
    for name, one in facts.items():
        for index, (_, other, value) in enumerate(one.implies):
            target = facts.get(other)
            if target is None or target.scope != one.scope:
                notes.wrong(
                    f"facts/{name}/implies/{index}", f"`{other}` is not another fact of a {one.scope}"
                )
            elif (target.type == "bool") != isinstance(value, bool) or (
                target.allowed and value not in target.allowed
            ):
                notes.wrong(f"facts/{name}/implies/{index}", f"`{value}` is not a value of {other}")


def _words(_: str, field: Field) -> Text:
    return field.words()


def _district(root: Path, notes: Notes) -> Text:
    """The district's name."""
    field = read_file(root / "district.yml", root, "district", notes)
    keys = field.record(("name",), ("compiled", "note")) if field else {}
    return keys["name"].words() if "name" in keys else {}


def _interview(root: Path, programmes: Mapping[str, Programme], notes: Notes) -> Interview:
    """The priors; each must speak of a programme and a criterion that exist."""
    field = read_file(root / "priors.yml", root, "priors", notes)
    if not field:
        return Interview(worth_asking=Decimal(0), most_questions=8)
    priors = interview(field)
    for ident, chances in priors.chances.items():
        known = {criterion.id for criterion in programmes[ident].criteria} if ident in programmes else set()
        if ident not in programmes:
            notes.wrong(f"priors/programmes/{ident}", f"`{ident}` is not a programme of this catalogue")
            continue
        for criterion in chances:
            if criterion not in known:
                path = f"priors/programmes/{ident}/criteria/{criterion}"
                notes.wrong(path, f"`{criterion}` is not a criterion of {ident}")
    return priors


def _with_version(catalogue: Catalogue, name: str) -> Catalogue:
    """The catalogue with its version: a hash of all that has meaning, so not of notes, sources or the order of files."""
    meaning = _plain(asdict(catalogue))
    digest = hashlib.sha256(json.dumps(meaning, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return replace(catalogue, version=f"{name}-{digest[:16]}")


def _plain(value: Any) -> Any:
    """Plain JSON values, without what is only said about them."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items() if key not in NO_MEANING}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, bool | int | str | None) else str(value)


def _by_place(problem: Problem) -> tuple[str, int, str]:
    """Problems in the order of files and lines."""
    name, _, line = problem.place.partition(":")
    return name, int(line) if line.isdigit() else 0, problem.message
