"""`onedoor understand`: what the desk makes of texts, one JSON object a line in and out (`interfaces.md`)."""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

import typer

from backend.catalogue.load import load_catalogue
from backend.eligibility.model import Catalogue
from backend.tools.clock import local_day, open_clock
from bot import nlu_server, nlu_setup
from bot.nlu_client import NluClient
from bot.settings import BotSettings
from bot.supervisor.spawn import end, spawn
from handlers.interpretation import interpret
from handlers.interpretation.language import detect
from handlers.interpretation.model import Interpretation
from handlers.messages import Understanding, UnderstoodFact
from locales import language_of

WHO = (
    "self", "household", "spouse", "father", "mother", "son", "daughter", "child", "grandchild", "grandfather",
    "grandmother", "brother", "sister", "other",
)  # fmt: skip
SURE = 0.6  # as in the chat: a reading below is a guess
LONGEST = 4000  # characters that are read of one text, as in the chat
PATIENCE = 10.0  # nobody is waiting in a chat here: a slow machine may take its time


@dataclass(frozen=True, slots=True)
class Request:
    """One line in, checked."""

    id: Any
    text: str
    lang: str | None
    asked: str | None
    asked_for: str | None
    on: date


class BadLine(Exception):  # noqa: N818 (it is an answer, not a failure)
    """A line that is no request; `id` where it has one."""

    def __init__(self, words: str, id_: Any = None) -> None:
        super().__init__(words)
        self.id = id_


def understand_command(
    nlu: Annotated[
        bool, typer.Option("--nlu/--no-nlu", help="Ask the language model too, starting it if none answers.")
    ] = True,
    on: Annotated[
        str | None, typer.Option(help="The day the texts are from, YYYY-MM-DD (default: today).")
    ] = None,
) -> None:
    """Read texts from standard input, one JSON object a line, and say what the desk understands of each.

    In: {"id": "1", "text": "我爸63了,瘫在床上", "lang": null, "asked": null, "asked_for": null}
    """
    settings = BotSettings()
    try:
        day = date.fromisoformat(on) if on else local_day(open_clock(settings.clock).now().astimezone(UTC))
    except ValueError:
        raise typer.BadParameter(f"{on!r} is not a date like 2026-11-23", param_hint="--on") from None
    catalogue = load_catalogue(settings.catalogue)
    asyncio.run(_run(sys.stdin.buffer, settings, catalogue, day, nlu))


async def _run(
    source: Iterable[bytes], settings: BotSettings, catalogue: Catalogue, day: date, nlu: bool
) -> None:
    async with _model(settings) if nlu else _nobody() as client:
        for line in source:
            if line.strip():
                sys.stdout.write(dump(await answer_line(line, client, catalogue, day)) + "\n")
                sys.stdout.flush()


def dump(answer: dict[str, Any]) -> str:
    """An answer as one line; half a character that no encoding knows is written by its number."""
    words = json.dumps(answer, ensure_ascii=False, default=_plain)
    try:
        words.encode()
    except UnicodeEncodeError:
        return json.dumps(answer, default=_plain)
    return words


async def answer_line(
    line: str | bytes, client: NluClient | None, catalogue: Catalogue, day: date
) -> dict[str, Any]:
    """The answer to one line; a bad one gets `{"id": ..., "error": ...}`."""
    try:
        request = read_request(line, catalogue, day)
    except BadLine as bad:
        return {"id": bad.id, "error": str(bad)}
    text = request.text[:LONGEST]
    understanding = await client.understand(text) if client else Understanding.nothing()
    read = interpret(
        text, understanding, lang=request.lang, on=request.on,
        catalogue=catalogue, asked=request.asked, asked_for=request.asked_for,
    )  # fmt: skip
    return {"id": request.id, **as_json(read, request)}


def read_request(line: str | bytes, catalogue: Catalogue, day: date) -> Request:
    """One line as a request; raises BadLine saying what is wrong with it."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLine("this line is not JSON") from None
    if not isinstance(given, dict):
        raise BadLine("this line is not a JSON object")
    id_ = given.get("id")
    text = given.get("text")
    if not isinstance(text, str):
        raise BadLine("`text` is missing or not a string", id_)
    lang, asked, who = given.get("lang"), given.get("asked"), given.get("asked_for")
    if lang is not None and (not isinstance(lang, str) or language_of(lang) is None):
        raise BadLine("`lang` is zh, en or null", id_)
    if asked is not None and (not isinstance(asked, str) or asked not in catalogue.facts):
        raise BadLine(f"`asked` is not a fact of the catalogue: {asked!r}", id_)
    if who is not None and who not in WHO:
        raise BadLine("`asked_for` is none of: " + " ".join(WHO), id_)
    return Request(id_, text, language_of(lang), asked, who, _day(given.get("on"), day, id_))


def _day(given: Any, default: date, id_: Any) -> date:
    if given is None:
        return default
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise BadLine("`on` is not a date like 2026-11-23", id_) from None


def as_json(read: Interpretation, request: Request) -> dict[str, Any]:
    """An interpretation in the shape of `interfaces.md`, with how sure each reading is beside it."""
    unsure = [one for one in read.facts if one.sureness < SURE]
    out: dict[str, Any] = {
        "lang": request.lang or detect(request.text),
        "intent": read.intent,
        "confidence": round(read.confidence, 3),
        "urgent": read.urgent,
        "facts": [_fact(one) for one in read.facts if one.sureness >= SURE],
        "not_understood": list(read.not_understood),
    }
    if request.asked is not None:
        out["answer"] = read.answer
    if unsure:
        out["unsure"] = [_fact(one) for one in unsure]  # what the chat would ask about before it stores it
    if read.corrects:
        out["corrects"] = True
    if len(request.text) > LONGEST:
        out["read"] = LONGEST  # characters; the rest of a longer text is not looked at, here as in the chat
    return out


def _fact(one: UnderstoodFact) -> dict[str, Any]:
    out: dict[str, Any] = {"fact": one.fact, "who": one.who}
    if one.which is not None:
        out["which"] = one.which
    if one.value is not None:
        out["value"] = list(one.value) if isinstance(one.value, tuple) else one.value
    else:
        out["low"], out["high"] = one.low, one.high
    out |= {"words": one.words, "span": list(one.span), "sureness": round(one.sureness, 2)}
    return out


def _plain(value: object) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)


@asynccontextmanager
async def _nobody() -> AsyncIterator[None]:
    yield None


@asynccontextmanager
async def _model(settings: BotSettings) -> AsyncIterator[NluClient | None]:
    """A client of the server at `ONEDOOR_NLU_URL`; else of one of our own, ended afterwards; else None, said on stderr."""
    token = settings.nlu_token.get_secret_value()
    if settings.nlu_url:
        client = NluClient(settings.nlu_url, token, patience=PATIENCE)
        if await client.warm_up():
            yield client
            await client.close()
            return
        await client.close()
    try:
        model = await nlu_setup.prepare(lambda progress: _say(f"{progress.state}: {progress.detail}"))
    except nlu_setup.SetUpError as problem:
        _say(f"no language model ({problem}); extractors alone")
        yield None
        return
    port, token = _free_port(), secrets.token_urlsafe(24)
    process = await spawn(
        nlu_server.serve_command(model, port, token), nlu_setup.environment(), cwd=nlu_setup.NLU
    )
    silence = asyncio.create_task(_drain(process))
    client = NluClient(f"http://127.0.0.1:{port}", token, patience=PATIENCE)
    try:
        ready = asyncio.create_task(nlu_server.warm_up(f"http://127.0.0.1:{port}", token))
        ended = asyncio.create_task(process.wait())
        done, _ = await asyncio.wait({ready, ended}, timeout=180, return_when=asyncio.FIRST_COMPLETED)
        for task in (ready, ended):
            task.cancel()
        if ready not in done:
            _say("the language model did not start; extractors alone")
        yield client if ready in done else None
    finally:
        await client.close()
        await end(process)
        silence.cancel()


async def _drain(process: asyncio.subprocess.Process) -> None:
    """Read away what the server prints, so that it never waits for us."""
    assert process.stdout is not None
    while await process.stdout.read(65536):
        pass


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


_say = partial(typer.echo, err=True)
