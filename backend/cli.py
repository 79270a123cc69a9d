"""The backend's commands, mounted by `onedoor`. Each is imported only when it is asked for."""

from __future__ import annotations

import typer

from backend.commands import catalogue
from backend.commands.screen import screen_command

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)
app.command("screen")(screen_command)
app.add_typer(catalogue.app, name="catalogue")
