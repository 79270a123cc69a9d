"""The web chat: its page and its API (the shapes in which others measure the desk, which stay put).

    chat = mount(app, database=..., signals=..., clock=..., folder=settings.var / "attachments")
    chat.close()                        # before the server stops: ends the open event streams

A message is committed to the inbox before anything else happens, under the id its sender gave it; the answer is then
waited for, ten seconds at most. What takes longer arrives by the event stream or the next GET.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from starlette.datastructures import UploadFile

from backend.tools.clock import Clock
from backend.tools.sql import Database
from bot import inbox
from bot.channels import web_files, web_mail
from bot.channels.web_limits import Limits, address, read_body
from bot.channels.web_mail import Seat
from bot.channels.web_page import SECURITY, page_router
from bot.channels.web_problems import WebProblemError, WebRoute
from bot.channels.web_stream import Streams, events
from bot.signals import Signals

MOST_CHARACTERS = 4000
WAIT_SECONDS = 10.0
Model = TypeVar("Model", bound=BaseModel)
MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,100}$")]


class Opening(BaseModel):
    """What a new conversation begins with."""

    model_config = ConfigDict(extra="forbid", strict=True)
    lang: Literal["zh", "en"] | None = None
    start: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None


class Said(BaseModel):
    """Typed words or a tapped choice; exactly one of them."""

    model_config = ConfigDict(extra="forbid", strict=True)
    message_id: MessageId
    text: str | None = None
    choice: Annotated[str, Field(min_length=1, max_length=100)] | None = None

    @model_validator(mode="after")
    def one_of_them(self) -> Said:
        """Neither or both means nothing."""
        if (self.text is None) == (self.choice is None):
            raise ValueError("text or choice")
        return self


@dataclass(slots=True)
class WebChat:
    """What the routes share."""

    database: Database
    signals: Signals
    clock: Clock
    folder: Path
    wait_seconds: float
    streams: Streams
    limits: Limits = field(default_factory=Limits)

    def close(self) -> None:
        """End the event streams, so that the server can stop."""
        self.streams.close()


def mount(
    app: FastAPI,
    *,
    database: Database,
    signals: Signals,
    clock: Clock,
    folder: Path,
    path: str = "/chat",
    wait_seconds: float = WAIT_SECONDS,
) -> WebChat:
    """Put the page at `path` and its API under `{path}/api` of an application; attachments are kept in `folder`."""
    chat = WebChat(database, signals, clock, folder, wait_seconds, Streams(signals))
    app.state.web_chat = chat
    app.include_router(page_router(path))
    app.include_router(api, prefix=f"{path}/api")
    return chat


def _chat(request: Request) -> WebChat:
    chat: WebChat = request.app.state.web_chat
    chat.limits.requests.take(address(request))
    return chat


async def _seat(
    conversation: str,
    authorization: str = Header(default=""),
    chat: WebChat = Depends(_chat),
) -> Seat:
    """The conversation of this address, if its token came along; somebody else's is as good as none."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise WebProblemError(401, "no_token", challenge=True)
    seat = await asyncio.to_thread(web_mail.find_seat, chat.database, conversation, token.strip())
    if seat is None:
        raise WebProblemError(404, "no_conversation")
    return seat


api = APIRouter(route_class=WebRoute, tags=["web chat"])


@api.post("/conversations", status_code=201)
async def begin(request: Request, chat: WebChat = Depends(_chat)) -> Response:
    """Open a conversation: its id, its token (shown this once) and what the desk says first."""
    chat.limits.conversations.take(address(request))
    opening = _shape(Opening, await read_body(request), allow_empty=True)
    conversation, token = await asyncio.to_thread(web_mail.open_seat, chat.database)
    _, messages = await _take_in(
        chat, conversation, "start", "start", {"lang": opening.lang, "start": opening.start}
    )
    return _answer({"conversation": conversation, "token": token, "messages": messages or []}, 201)


@api.post("/conversations/{conversation}/messages")
async def say(request: Request, seat: Seat = Depends(_seat), chat: WebChat = Depends(_chat)) -> Response:
    """Say something or tap a choice. 200 with the answer; 202 when it takes longer and arrives by itself."""
    chat.limits.messages.take(seat.conversation)
    said = _shape(Said, await read_body(request))
    if said.choice is not None:
        kind, payload = "choice", {"choice": _clean(said.choice)}
    else:
        kind, payload = "text", {"text": _clean(said.text or "")}
    _, messages = await _take_in(chat, seat.conversation, said.message_id, kind, payload)
    return _answer({"messages": messages or []}, 202 if messages is None else 200)


@api.get("/conversations/{conversation}/messages")
async def read(seat: Seat = Depends(_seat), after: str = "", chat: WebChat = Depends(_chat)) -> Response:
    """Everything the desk said after message `after`; without it, from the beginning, with what the reporter said."""
    messages = await asyncio.to_thread(web_mail.after, chat.database, seat.conversation, _message_id(after))
    body: dict[str, Any] = {"messages": messages, "lang": seat.lang}
    if not after:
        body["said"] = await asyncio.to_thread(web_mail.said, chat.database, seat.conversation)
    return _answer(body)


def _last_seen(
    last_event_id: str = Header(default=""), after: str = "", chat: WebChat = Depends(_chat)
) -> int:
    chat.streams.check()
    return _message_id(last_event_id or after)


@api.get("/conversations/{conversation}/events", response_class=EventSourceResponse)
async def follow(
    seat: Seat = Depends(_seat), last: int = Depends(_last_seen), chat: WebChat = Depends(_chat)
) -> AsyncIterator[ServerSentEvent]:
    """The same as server-sent events, resumed after `Last-Event-ID`."""
    async for event in events(chat.database, chat.streams, seat.conversation, last):
        yield event


@api.post("/conversations/{conversation}/attachments", status_code=201)
async def attach(request: Request, seat: Seat = Depends(_seat), chat: WebChat = Depends(_chat)) -> Response:
    """Send a photo (JPEG, PNG) or a PDF as `file`, with an optional `message_id` that makes it repeatable."""
    chat.limits.files.take(seat.conversation)
    form = await web_files.read_form(request)
    try:
        upload, message_id = form.get("file"), form.get("message_id", "")
        if not isinstance(upload, UploadFile) or not isinstance(message_id, str):
            raise WebProblemError(422, "file_missing", fields=("file",))
        if message_id:
            _shape(Said, json.dumps({"message_id": message_id, "text": ""}).encode())
        kept = await asyncio.to_thread(web_files.keep, chat.folder / seat.conversation, upload)
    finally:
        await form.close()
    payload = {"attachment": kept.shown() | {"file": kept.name, "sha256": kept.digest}}
    accepted, messages = await _take_in(
        chat, seat.conversation, message_id or inbox.new_id(), "attachment", payload
    )
    shown: dict[str, Any] | None = kept.shown()
    if not accepted.fresh:  # the same upload again: the first one counts
        (chat.folder / seat.conversation / kept.name).unlink(missing_ok=True)
        shown = await asyncio.to_thread(web_mail.attachment, chat.database, accepted.id)
    return _answer({"attachment": shown, "messages": messages or []}, 201)


async def _take_in(
    chat: WebChat, conversation: str, message_id: str, kind: str, payload: dict[str, Any]
) -> tuple[inbox.Accepted, list[dict[str, Any]] | None]:
    """Commit one message and wait for its answer: its row, and the answer or None when that takes longer."""
    loop = asyncio.get_running_loop()
    end = loop.time() + chat.wait_seconds
    with chat.signals.subscribe(conversation) as news:
        accepted = await asyncio.to_thread(
            lambda: inbox.accept(
                chat.database,
                "web",
                conversation,
                web_mail.update_key(conversation, message_id),
                payload,
                kind=kind,
                clock=chat.clock,
            )
        )
        chat.signals.notify("inbox")
        while not await asyncio.to_thread(web_mail.is_handled, chat.database, accepted.id):
            left = end - loop.time()
            if left <= 0:
                return accepted, None
            await news.wait(min(left, 1.0))
    return accepted, await asyncio.to_thread(web_mail.answer_to, chat.database, accepted.id)


def _shape(model: type[Model], body: bytes, *, allow_empty: bool = False) -> Model:
    try:
        # The plain reader, because it lets lone surrogates through (a phone may cut an emoji in two): see `_clean`.
        found = json.loads(body) if body or not allow_empty else {}
    except (ValueError, RecursionError):
        raise WebProblemError(400, "not_json") from None
    try:
        return model.model_validate(found)
    except ValidationError as error:
        fields = {str(part["loc"][0]) if part["loc"] else "message" for part in error.errors()}
        raise WebProblemError(422, "shape", fields=tuple(sorted(fields))) from None


def _clean(words: str) -> str:
    """What was typed, as it was, but storable: at most 4,000 characters, no NUL, halves of characters marked."""
    if len(words) > MOST_CHARACTERS:
        raise WebProblemError(413, "too_long")
    if "\x00" in words:
        raise WebProblemError(422, "nul", fields=("text",))
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _message_id(written: str) -> int:
    if not written:
        return 0
    if not (written.isascii() and written.isdigit() and len(written) <= 18):
        raise WebProblemError(422, "shape", fields=("after",))
    return int(written)


def _answer(body: dict[str, Any], status: int = 200) -> JSONResponse:
    return JSONResponse(body, status, headers={**SECURITY, "Cache-Control": "no-store"})
