"""The server: Telegram's Bot API as bots see it, what people do (`/_user`), faults to order (`/_fault`), the transcript, the page."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from starlette.datastructures import UploadFile
from starlette.types import Receive, Scope, Send

from tests.fakes.bot_api import control
from tests.fakes.bot_api.errors import ApiError
from tests.fakes.bot_api.faults import HTML, CutError, Faults, HtmlError
from tests.fakes.bot_api.limits import MAX_DOWNLOAD
from tests.fakes.bot_api.methods import Methods
from tests.fakes.bot_api.people import People
from tests.fakes.bot_api.queue import Queue
from tests.fakes.bot_api.world import World

PAGE = Path(__file__).parent / "page"
TOKEN = re.compile(r"^\d+:[A-Za-z0-9_-]+$")
CSP = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SAVE_SECONDS = 1.0


class BotApi(FastAPI):
    """Knows how to cut the connection of a request without an answer (a fault to order)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the connection on with the request."""
        if scope["type"] == "http":
            scope["connection"] = getattr(
                send, "__self__", None
            )  # uvicorn's request cycle; nothing in process
        await super().__call__(scope, receive, send)


def create_app(token: str | None = None, state: Path | None = None) -> FastAPI:
    """A Telegram of its own. Without a token the first well-formed one that comes is the bot's."""
    world = World(token, state)
    queue = Queue(world)
    methods, people, faults = Methods(world, queue), People(world, queue), Faults()

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        saver = asyncio.create_task(_save(world))
        yield
        saver.cancel()
        await queue.close()
        world.save()

    app = BotApi(
        title="A Telegram Bot API to try and test with", lifespan=life, docs_url=None, redoc_url=None
    )
    app.state.world, app.state.queue, app.state.methods, app.state.faults = world, queue, methods, faults
    app.include_router(control.router(world, queue, methods, people, faults))

    async def call(token: str, method: str, request: Request) -> Response:
        try:
            _check_token(world, token)
            parameters = await _parameters(request)
            struck = await faults.before(method, _number(parameters.get("chat_id")))
            result = await methods.call(method, parameters | {"_gone": request.is_disconnected})
            await faults.after(struck)
        except ApiError as error:
            return JSONResponse(error.body(), error.code)
        except HtmlError as error:
            return HTMLResponse(HTML, error.code)
        except CutError:
            request.scope["connection"].transport.abort()
            await asyncio.sleep(0.01)  # until the loop has noticed; the answer then goes nowhere
            return Response()
        return JSONResponse({"ok": True, "result": result})

    app.add_api_route("/bot{token}/{method}", call, methods=["GET", "POST"], include_in_schema=False)

    @app.get("/file/bot{token}/{path:path}", include_in_schema=False)
    async def download(token: str, path: str) -> Response:
        _check_token(world, token)
        for file in world.files.values():
            if file["file_path"] == path and file["file_size"] <= MAX_DOWNLOAD:
                return Response(
                    file["bytes"] * (file["file_size"] if file["bytes"] == b"x" else 1),
                    media_type="application/octet-stream",
                )
        return JSONResponse({"ok": False, "error_code": 404, "description": "Not Found"}, 404)

    @app.get("/", include_in_schema=False)
    async def page() -> Response:
        return FileResponse(
            PAGE / "index.html", headers={"Content-Security-Policy": CSP, "Cache-Control": "no-store"}
        )

    @app.get("/page/{name}", include_in_schema=False)
    async def part(name: str) -> Response:
        if name not in ("page.js", "drawing.js", "words.js", "style.css", "icon.svg"):
            return Response(status_code=404)
        return FileResponse(
            PAGE / name, headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        )

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    return app


def _check_token(world: World, token: str) -> None:
    if not TOKEN.match(token):
        raise ApiError(404, "Not Found")
    if world.token is None:
        world.token, world.bot_id = token, int(token.split(":")[0])
    if token != world.token:
        raise ApiError(401, "Unauthorized")


async def _parameters(request: Request) -> dict[str, Any]:
    """Query, form, multipart or JSON: Telegram takes them all."""
    found: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        body = await request.body()
        try:
            found |= json.loads(body) if body else {}
        except ValueError:
            raise ApiError(400, "Bad Request: can't parse JSON object") from None
        return found
    async with request.form() as form:
        for key, value in form.multi_items():
            if isinstance(value, UploadFile):
                content = await value.read()
                found[key] = {"name": value.filename, "size": len(content)}
            else:
                found[key] = value
    for key, value in list(found.items()):  # PTB names an upload and sends it apart: "attach://..."
        if isinstance(value, str) and value.startswith("attach://"):
            found[key] = found.get(value.removeprefix("attach://"), value)
    return found


def _number(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


async def _save(world: World) -> None:
    revision = world.revision
    while True:
        await asyncio.sleep(SAVE_SECONDS)
        if world.revision != revision:
            revision = world.revision
            await asyncio.to_thread(world.save)
