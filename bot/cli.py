"""`onedoor`: one command for everything. Only the subcommand that was asked for is imported, so that `--help` is quick
and `onedoor screen` needs neither Telegram nor a database.

Exit codes: 0 done, 1 failed, 2 bad arguments (one clear line on standard error)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import typer

# Ours: name -> where its function is, and what `--help` says of it before anything is imported.
COMMANDS = {
    "up": ("bot.supervisor.command:up_command", "Open the desk: every process, watched, until Ctrl-C."),
    "chat": ("bot.channels.terminal:chat_command", "Talk to the desk in this terminal."),
    "migrate": ("bot.both:migrate_command", "Bring both databases to the present shape; safe to repeat."),
    "check": ("bot.both:check_command", "Check that nothing is lost or half done."),
    "understand": (
        "bot.understand:understand_command",
        "What the desk understands of texts (JSON lines in and out).",
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `onedoor` with these arguments (the command line's by default) and give the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    command = typer.main.get_command(build(given[0]))
    try:
        result = command.main(args=given, prog_name="onedoor", standalone_mode=False)
    except typer.TyperException as problem:
        typer.echo(f"onedoor: {one_line(problem.format_message())}", err=True)
        return problem.exit_code
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("onedoor: stopped", err=True)
        return 130
    except BrokenPipeError:  # the reader of `onedoor screen | head` has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return result if isinstance(result, int) else 0


def build(wanted: str) -> typer.Typer:
    """The command line with `wanted` imported and the rest of ours only named.

    The backend's own commands (`backend.cli`, the one permitted edge) come in whole unless one of ours is wanted."""
    app = typer.Typer(
        name="onedoor",
        help="One door for social assistance, as a chat.",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    for name, (place, summary) in COMMANDS.items():
        app.command(name, help=None if name == wanted else summary)(
            _load(place) if name == wanted else _only_named
        )
    if wanted not in COMMANDS:
        app.add_typer(import_module("backend.cli").app)
    return app


def one_line(message: str) -> str:
    """A message of several lines as one, for people and for scripts that read standard error."""
    return " ".join(message.split())


def _load(place: str) -> Callable[..., object]:
    module, _, attribute = place.partition(":")
    function: Callable[..., object] = getattr(import_module(module), attribute)
    return function


def _only_named() -> None:
    """Never called: stands in `--help` for a command that is imported when it is asked for."""


if __name__ == "__main__":
    sys.exit(main())
