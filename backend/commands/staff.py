"""`onedoor staff` and `onedoor offices`: who works here and where, in a district of its own (no demonstration)."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

staff_app = typer.Typer(no_args_is_help=True, help="People who may log in to the console.")
offices_app = typer.Typer(no_args_is_help=True, help="The district's towns, villages and departments.")


@staff_app.command("add")
def add(
    login: Annotated[str, typer.Argument(help="What they type to log in.")],
    name: Annotated[str, typer.Option(help="Their name, as colleagues read it.")],
    role: Annotated[Literal["town_clerk", "caseworker", "supervisor", "verifier"], typer.Option()],
    department: Annotated[
        str | None, typer.Option(help="A department of the catalogue, such as civil_affairs.")
    ] = None,
    office: Annotated[
        str | None, typer.Option(help="A town or village made by `onedoor offices add`.")
    ] = None,
) -> None:
    """Enrol somebody; their first password is printed once and kept only as a hash. They change it in the console."""
    import secrets

    from backend.access.models import Office
    from backend.access.passwords import Passwords
    from backend.access.staff import add_staff, find_staff
    from backend.catalogue.load import load_catalogue
    from backend.parts import read_settings
    from backend.tools.clock import open_clock
    from backend.tools.sql import Database

    settings = read_settings()
    known = load_catalogue(settings.catalogue).departments
    if department is not None and department not in known:
        raise typer.BadParameter(f"one of {', '.join(known)}", param_hint="--department")
    password = secrets.token_urlsafe(12)
    try:
        with Database(settings.url).write() as session:
            if find_staff(session, login) is not None:
                raise ValueError("this login is taken")
            if office is not None and session.get(Office, office) is None:
                raise ValueError("no such office; `onedoor offices add` makes one")
            add_staff(
                session, Passwords(), login=login, password=password, name=name, role=role,
                now=open_clock(settings.clock).now(), department=department, office=office,
            )  # fmt: skip
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    typer.echo(password)


@staff_app.command("stop")
def stop(login: Annotated[str, typer.Argument(help="Whose login ends.")]) -> None:
    """End a login at once, open sessions included; what they did stays theirs."""
    from backend.access.staff import find_staff
    from backend.parts import read_settings
    from backend.tools.sql import Database

    with Database(read_settings().url).write() as session:
        found = find_staff(session, login)
        if found is not None:
            found.active = False  # read anew at every request, so open sessions end with the next click
    if found is None:
        raise typer.BadParameter("nobody has this login")
    typer.echo("Stopped.", err=True)


@offices_app.command("add")
def add_office(
    office: Annotated[str, typer.Argument(help="A short id, such as town-qingxi.")],
    kind: Annotated[Literal["district", "department", "town", "village"], typer.Option()],
    name: Annotated[str, typer.Option(help="Its name, as people read it.")],
    parent: Annotated[str | None, typer.Option(help="The office above it.")] = None,
) -> None:
    """Make an office."""
    from backend.access.models import Office
    from backend.parts import read_settings
    from backend.tools.sql import Database

    try:
        with Database(read_settings().url).write() as session:
            if session.get(Office, office) is not None:
                raise ValueError("this office is there already")
            if parent is not None and session.get(Office, parent) is None:
                raise ValueError("the office above it is not there")
            session.add(Office(id=office, kind=kind, name={"zh": name}, parent_id=parent))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    typer.echo("Made.", err=True)
