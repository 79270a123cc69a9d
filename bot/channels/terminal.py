"""`onedoor chat`: the same conversation in a terminal, by typing and numbered choices.

It talks to the running desk through the web chat's API. Without one, but with an intake that answers, it runs the
bot in this process (`terminal_own`). Made for a plain terminal, a screen reader and a pipe.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any, Protocol

import typer

from bot.channels.terminal_api import ApiDesk, GoneError, NoDeskError, RefusedError
from bot.channels.terminal_own import own_desk
from bot.channels.terminal_screen import drawn, keys_of, meaning
from bot.settings import BotSettings
from locales import DEFAULT, LANGUAGES, translator

LATE_SECONDS = 120.0
HOME = "home"  # the desk of this machine, whatever its port is today


class Desk(Protocol):
    """What the terminal needs of a desk, over HTTP or in this process."""

    seat: dict[str, str] | None

    async def begin(self, lang: str | None) -> list[dict[str, Any]]:
        """A new conversation."""

    async def resume(self, seat: dict[str, str]) -> list[dict[str, Any]]:
        """An earlier one, from its beginning."""

    async def say(self, said: dict[str, str], lost: Any = None) -> list[dict[str, Any]]:
        """Say something and get the answer; an empty one comes later, through `follow`."""

    def follow(self, after: str) -> AsyncIterator[dict[str, Any]]:
        """Everything said after a message."""

    async def close(self) -> None:
        """Leave; the conversation stays."""


def chat_command(
    url: Annotated[
        str, typer.Option(help="The desk's chat address; otherwise the one that `onedoor up` wrote down.")
    ] = "",
    lang: Annotated[str, typer.Option(help="zh or en; otherwise you are asked.")] = "",
    new: Annotated[bool, typer.Option("--new", help="Begin a new conversation.")] = False,
) -> int:
    """Talk to the desk in this terminal."""
    if lang and lang not in LANGUAGES:
        raise typer.BadParameter(f"one of {', '.join(LANGUAGES)}", param_hint="--lang")
    settings = BotSettings()
    keeper = Keeper(settings.var / "terminal.json")
    try:
        return asyncio.run(_run(settings, keeper, url, lang or None, new))
    except KeyboardInterrupt:
        return 0


class Keeper:
    """The key of this terminal's conversation, in a file that only its owner may read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self, whose: str) -> dict[str, str] | None:
        """The seat of the last visit at this desk, if any; a key is never shown to another desk."""
        try:
            seat = json.loads(self.path.read_text(encoding="utf-8"))[whose]
            return {"conversation": seat["conversation"], "token": seat["token"]}
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def save(self, whose: str, seat: dict[str, str] | None) -> None:
        """Keep the seat for the next visit."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({whose: seat}, file)


async def _run(settings: BotSettings, keeper: Keeper, url: str, lang: str | None, new: bool) -> int:
    place = url or _written_down(settings.var) or f"http://{settings.bot_host}:{settings.bot_port}/chat"
    try:
        return await _visit(place, keeper, url or HOME, lang, new)
    except NoDeskError:
        if not url:
            try:
                async with own_desk(settings) as own:
                    return await _visit(own, keeper, HOME, lang, new)
            except (NoDeskError, TimeoutError):
                pass
        typer.echo(f"onedoor: {translator(lang or DEFAULT)('web.terminal.no_desk')} ({place})", err=True)
        return 1


async def _visit(place: str, keeper: Keeper, whose: str, lang: str | None, new: bool) -> int:
    desk: Desk = ApiDesk(place)
    try:
        first = await _opened(desk, None if new else keeper.load(whose), lang)
        keeper.save(whose, desk.seat)
        talk = Talk(desk, lang)
        try:
            await talk.run(first)
        except GoneError:
            typer.echo(f"{talk.words('web.gone.title')}: {talk.words('web.gone.text')}", err=True)
            return 1
        return 0
    finally:
        await desk.close()


async def _opened(desk: Desk, seat: dict[str, str] | None, lang: str | None) -> list[dict[str, Any]]:
    if seat is not None:
        try:
            return (await desk.resume(seat))[-3:]
        except GoneError:
            pass
    return await desk.begin(lang)


def _written_down(var: Path) -> str:
    try:
        return str(json.loads((var / "urls.json").read_text(encoding="utf-8"))["chat"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


class Talk:
    """The conversation on the screen: each message shown once, the newest choices in force."""

    def __init__(self, desk: Desk, lang: str | None) -> None:
        self.desk, self.lang = desk, lang
        self.keys: dict[str, str] = {}
        self.turn = ""
        self.seen: set[str] = set()
        self.last = "0"
        self.answered = asyncio.Event()

    async def run(self, first: list[dict[str, Any]]) -> None:
        """Until the input ends."""
        for message in first:
            self.show(message)
        typer.echo(f"\n({self.words('web.terminal.hint')})")
        lines = _lines()
        following = asyncio.create_task(self._follow())
        try:
            while (line := await self._next(lines)) is not None:
                if line.strip():
                    await self._say(line)
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
        typer.echo(f"\n{self.words('web.terminal.bye')}")

    def show(self, message: dict[str, Any]) -> None:
        """Put a message on the screen, unless it is there."""
        if message["id"] in self.seen:
            return
        self.seen.add(message["id"])
        self.last = str(max(int(self.last), int(message["id"])))
        self.lang = message.get("lang") or self.lang
        turn = message.get("in_reply_to") or message["id"]
        keys = keys_of(message, len(self.keys) if turn == self.turn else 0)
        if keys:  # the choices of one answer count together; those of an earlier one no longer
            self.keys = {**self.keys, **keys} if turn == self.turn else keys
            self.turn = turn
        typer.echo(drawn(message, keys))

    def words(self, key: str) -> str:
        """The terminal's own words, in the language of the conversation."""
        return translator(self.lang)(key)

    async def _say(self, line: str) -> None:
        self.answered.clear()
        try:
            messages = await self.desk.say(
                meaning(line, self.keys), lambda: typer.echo(self.words("web.terminal.lost"), err=True)
            )
        except RefusedError as refused:
            typer.echo(str(refused), err=True)
            return
        for message in messages:
            self.show(message)
        if not messages:
            typer.echo(self.words("web.waiting.long"))
            try:
                async with asyncio.timeout(LATE_SECONDS):
                    await self.answered.wait()
            except TimeoutError:
                typer.echo(self.words("web.error"), err=True)

    async def _follow(self) -> None:
        async for message in self.desk.follow(self.last):
            self.show(message)
            if message.get("kind") != "notice":
                self.answered.set()

    @staticmethod
    async def _next(lines: asyncio.Queue[str | None]) -> str | None:
        if sys.stdin.isatty():
            typer.echo("\n> ", nl=False)
        return await lines.get()


def _lines() -> asyncio.Queue[str | None]:
    """What is typed, line by line, then None; read in a thread of its own so that news can be shown meanwhile."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\n"))
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return lines
