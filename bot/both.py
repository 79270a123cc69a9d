"""`onedoor migrate` and `onedoor check`: the intake's part, then the bot's own database.

The intake's commands are reached as `bot.cli` reaches them, by name and only when called.
"""

from __future__ import annotations

from importlib import import_module

import typer


def migrate_command() -> None:
    """Bring both databases, the intake's and the bot's, to the present shape; safe to repeat."""
    import_module("backend.cli").migrate()
    from backend.tools.sql import Database
    from bot.settings import BotSettings
    from bot.store import migrate

    database = Database(BotSettings().database_url)
    migrate(database)
    database.close()
    typer.echo("The bot's database is up to date.", err=True)


def check_command() -> None:
    """Check that nothing is lost or half done, in both databases; exit 1 and a line for each thing that is not as it must be."""
    lines = _of_the_bot()
    for line in lines:
        typer.echo(line)
    import_module("backend.cli").check()  # ends with 1 when something is wrong there
    if lines:
        raise typer.Exit(1)


def _of_the_bot() -> list[str]:
    from backend.tools.sql import Database
    from bot.invariants import broken
    from bot.settings import BotSettings
    from bot.store import exists

    database = Database(BotSettings().database_url)
    try:
        if not exists(database):
            return []  # a machine without a bot
        with database.read() as session:
            return list(broken(session))
    finally:
        database.close()
