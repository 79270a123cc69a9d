"""`onedoor catalogue`: look at the district's catalogue, and check one before it is used."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer

from backend.catalogue.load import load_catalogue
from backend.commands.screen import rules_or_exit
from backend.eligibility import CatalogueError
from backend.eligibility.model import Catalogue

app = typer.Typer(help="The district's programmes, facts and figures.", no_args_is_help=True)
Name = Annotated[str, typer.Option("--catalogue", envvar="ONEDOOR_CATALOGUE", help="A name or a folder.")]


@app.command()
def check(
    catalogue: Annotated[
        str, typer.Argument(envvar="ONEDOOR_CATALOGUE", help="A name or a folder.")
    ] = "yongchuan",
) -> None:
    """Read everything and list every mistake with file and line. Exit 1 when there is one."""
    try:
        found = load_catalogue(catalogue)
    except FileNotFoundError as problem:
        raise typer.BadParameter(str(problem)) from problem
    except CatalogueError as problem:
        _write({"problems": [{"place": one.place, "message": one.message} for one in problem.problems]})
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    _write({**_summary(found), "problems": []})


@app.command()
def show(
    programme: Annotated[
        str | None, typer.Argument(help="A programme's id; all in short when left out.")
    ] = None,
    catalogue: Name = "yongchuan",
) -> None:
    """One programme with everything known of it, or the list of them, as JSON."""
    found = rules_or_exit(catalogue).catalogue
    if programme is None:
        names = {name: dict(one.name) for name, one in found.programmes.items()}
        _write({**_summary(found), "list": names})
        return
    if programme not in found.programmes:
        raise typer.BadParameter(f"there is no programme {programme}")
    _write(asdict(found.programmes[programme]))


def _summary(found: Catalogue) -> dict[str, Any]:
    return {
        "catalogue": found.version,
        "district": dict(found.district),
        "programmes": len(found.programmes),
        "facts": len(found.facts),
        "parameters": len(found.parameters),
    }


def _write(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
