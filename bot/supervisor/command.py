"""The subcommand `onedoor up`."""

from __future__ import annotations

import asyncio
import signal
from typing import Annotated

import typer
from pydantic import ValidationError

from bot.supervisor.desk import CannotOpenError, Desk, prepare_folder, run
from bot.supervisor.keeping import (
    AlreadyRunningError,
    BrokenSecretsError,
    Lock,
    clear_up_left_processes,
    read_json,
)
from bot.supervisor.screen import Screen
from bot.supervisor.settings import UpSettings


def up_command(
    nlu: Annotated[bool, typer.Option(help="Install, train and start the language model too.")] = True,
    demo: Annotated[
        bool, typer.Option(help="Load a demonstration district and a Telegram simulator.")
    ] = True,
    port: Annotated[int, typer.Option(min=1024, max=65532, help="First of four ports in a row.")] = 8000,
) -> None:
    """Open the desk: every process, watched, until Ctrl-C."""
    screen = Screen()
    try:
        settings = UpSettings()
    except ValidationError as problem:
        names = ", ".join(f"ONEDOOR_{error['loc'][0]}".upper() for error in problem.errors())
        _fail(f"wrong value in the environment or .env: {names}")
    var = settings.var.resolve()
    try:
        prepare_folder(var)
        lock = Lock(var)
        lock.take()
        clear_up_left_processes(var)
        asyncio.run(_until_stopped(Desk(settings, port, nlu, demo, screen), screen))
        lock.give_back()
    except AlreadyRunningError as other:
        home = (read_json(var / "urls.json") or {}).get("home", "")
        _fail(f"OneDoor is already open on {var} ({other}){': ' + home if home else ''}")
    except (CannotOpenError, BrokenSecretsError) as problem:
        _fail(str(problem))


async def _until_stopped(desk: Desk, screen: Screen) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def asked() -> None:
        if not stop.is_set():
            screen.say("\nclosing ...")
        stop.set()

    for which in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(which, asked)
    await run(desk, stop)
    screen.say("OneDoor is closed.")


def _fail(line: str) -> None:
    typer.echo(f"onedoor: {line}", err=True)
    raise typer.Exit(1)
