"""`onedoor`: one command for everything. Each subcommand is imported only when it is called, so that `--help` is quick
and `onedoor screen` needs neither Telegram nor a database."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)
