"""`onedoor screen`: cases in as JSON lines, screenings out, one line for one line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from backend.catalogue.load import load_catalogue
from backend.commands.cases import BadLineError, parse, read_case, report
from backend.eligibility import (
    CaseError,
    CatalogueError,
    Rules,
    compile_catalogue,
    next_question,
    screen,
)


def screen_lines(lines: Iterable[str | bytes], rules: Rules, *, thorough: bool = False) -> Iterator[str]:
    """One line of JSON for each line that is not blank; a bad one answers with its error and the rest goes on."""
    for number, line in enumerate(lines):
        answer = _screen_line(line, rules, thorough=thorough, first=number == 0)
        if answer is not None:
            yield json.dumps(answer, ensure_ascii=False)


def _screen_line(line: str | bytes, rules: Rules, *, thorough: bool, first: bool) -> dict[str, Any] | None:
    """The answer to one line; None to a blank one."""
    name: Any = None
    try:
        text = _text(line, first=first)
        if not text:
            return None
        given = parse(text)
        name = given.get("id")
        if isinstance(name, dict | list):
            name = None
            raise BadLineError("`id` must be a text or a number")
        case, asked = read_case(rules, given)
        screening = screen(rules, case)
        mode: Any = "thorough" if thorough else "shortlist"
        question = next_question(rules, case, screening, mode=mode, asked=asked)
    except (BadLineError, CaseError) as problem:
        return {"id": _id(name), "error": str(problem)}
    asks = {"fact": question.fact, "for": question.subject} if question else None
    return {"id": _id(name), **report(screening), "next_question": asks}


def _text(line: str | bytes, *, first: bool) -> str:
    """The line as text. A byte order mark may stand before the first."""
    if isinstance(line, bytes):
        try:
            line = line.decode("utf-8-sig" if first else "utf-8")
        except UnicodeDecodeError as problem:
            raise BadLineError("the line is not UTF-8") from problem
    return line.strip()


def _id(name: Any) -> Any:
    """The caller's own id, back as it came."""
    return name if isinstance(name, str | int | None) else float(name)


def screen_command(
    file: Annotated[Path | None, typer.Argument(help="JSON lines; standard input when left out.")] = None,
    thorough: Annotated[bool, typer.Option("--thorough", help="Ask on until nothing can change.")] = False,
    catalogue: Annotated[
        str, typer.Option(envvar="ONEDOOR_CATALOGUE", help="A name or a folder.")
    ] = "yongchuan",
) -> None:
    """Screen households: {"id", "on", "household", "persons"} a line in, truths with reasons a line out."""
    rules = rules_or_exit(catalogue)
    if file is not None and not file.is_file():
        raise typer.BadParameter(f"there is no file {file}")
    with file.open("rb") if file else sys.stdin.buffer as lines:
        for answer in screen_lines(lines, rules, thorough=thorough):
            sys.stdout.write(answer + "\n")
            sys.stdout.flush()


def rules_or_exit(catalogue: str) -> Rules:
    """The rules of a catalogue; a wrong name is a bad argument, a wrong catalogue a failure with all its mistakes."""
    try:
        return compile_catalogue(load_catalogue(catalogue))
    except FileNotFoundError as problem:
        raise typer.BadParameter(str(problem)) from problem
    except CatalogueError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
