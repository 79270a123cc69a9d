"""The backend's subcommands of `onedoor`. Databases and migrations are imported by the subcommand that needs them."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from backend.commands.catalogue import app as catalogue_app
from backend.commands.screen import screen_command
from backend.commands.staff import offices_app, staff_app

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
clients = typer.Typer(no_args_is_help=True, help="Programs that may call the API.")
audit = typer.Typer(no_args_is_help=True, help="The audit chain.")
app.add_typer(clients, name="clients")
app.add_typer(audit, name="audit")


@app.command()
def migrate() -> None:
    """Bring the intake's database to the present shape; safe to repeat."""
    from backend.migrations import upgrade
    from backend.parts import read_settings

    upgrade(read_settings().url)
    typer.echo("The intake's database is up to date.", err=True)


@app.command()
def demo(
    size: Annotated[Literal["small"], typer.Option(help="How large a district to make.")] = "small",
) -> None:
    """Make a demonstration district with staff, people and applications; repeating it changes nothing."""
    from backend.demo import load

    load(size)


@app.command()
def check() -> None:
    """Check that nothing is lost or half done; exit 1 and a line for each thing that is not as it must be."""
    from backend.invariants import broken
    from backend.parts import read_settings
    from backend.tools.sql import Database

    with Database(read_settings().url).read() as session:
        lines = list(broken(session))
    for line in lines:
        typer.echo(line)
    if lines:
        raise typer.Exit(1)
    typer.echo("Nothing lost, nothing half done.", err=True)


@audit.command()
def verify(
    published: Annotated[
        str | None, typer.Option("--head", help="NUMBER:HASH printed by an earlier run.")
    ] = None,
) -> None:
    """Walk the whole chain; exit 1 and a line for each entry that was changed, removed or moved."""
    from backend.audit.chain import head
    from backend.audit.chain import verify as wrong
    from backend.parts import read_settings
    from backend.tools.sql import Database

    number, _, digest = (published or "").partition(":")
    if published and not (number.isdigit() and len(digest) == 64):
        raise typer.BadParameter("give NUMBER:HASH as it was printed", param_hint="--head")
    with Database(read_settings().url).read() as session:
        lines = list(wrong(session, (int(number), digest) if published else None))
        last = head(session)
    for line in lines:
        typer.echo(line)
    typer.echo(f"{last[0]}:{last[1]}")
    if lines:
        raise typer.Exit(1)


@clients.command("add")
def add(
    name: Annotated[str, typer.Argument(help="What the program is called.")],
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="What it may do; may be repeated. All by default.")
    ] = None,
) -> None:
    """Make a key for a program; it is printed once and kept only as a hash."""
    from backend.access.clients import SCOPES, add_client
    from backend.parts import read_settings
    from backend.tools.clock import open_clock
    from backend.tools.sql import Database

    settings = read_settings()
    try:
        with Database(settings.url).write() as session:
            key = add_client(session, name, list(scope or SCOPES), open_clock(settings.clock).now())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--scope") from error
    typer.echo(key)


@clients.command("revoke")
def revoke(name: Annotated[str, typer.Argument(help="What the program is called.")]) -> None:
    """Make every key of a program worthless at once."""
    from backend.access.clients import revoke_keys
    from backend.parts import read_settings
    from backend.tools.clock import open_clock
    from backend.tools.sql import Database

    settings = read_settings()
    with Database(settings.url).write() as session:
        count = revoke_keys(session, name, open_clock(settings.clock).now())
    typer.echo(f"{count} revoked.", err=True)


app.command("screen")(screen_command)
app.add_typer(catalogue_app, name="catalogue")
app.add_typer(staff_app, name="staff")
app.add_typer(offices_app, name="offices")
