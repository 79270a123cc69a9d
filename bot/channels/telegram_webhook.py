"""Telegram calls us: the secret is checked before anything else, and "200" means that the update is committed."""

from __future__ import annotations

import asyncio
import hmac
import json

import structlog
from fastapi import APIRouter, Request, Response

from bot.channels.telegram import Telegram

PATH = "/telegram/webhook"
MOST_BYTES = 1024 * 1024
HEADER = "X-Telegram-Bot-Api-Secret-Token"
log = structlog.get_logger()


def router(telegram: Telegram, secret: str) -> APIRouter:
    """`POST /telegram/webhook`. Without a secret 401, with a wrong one 403; nothing is stored then."""
    if not secret:
        raise ValueError("a webhook needs ONEDOOR_TELEGRAM_WEBHOOK_SECRET")
    routes = APIRouter()

    @routes.post(PATH, include_in_schema=False)
    async def webhook(request: Request) -> Response:
        given = request.headers.get(HEADER)
        if given is None:
            return Response(status_code=401)
        if not hmac.compare_digest(given.encode(), secret.encode()):
            log.warning("webhook_secret_wrong")
            return Response(status_code=403)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return Response(status_code=413)
        try:
            update = json.loads(body)
            if not isinstance(update, dict):
                return Response(status_code=400)
            accepted = await asyncio.to_thread(telegram.accept, update)
        except ValueError:
            return Response(status_code=400)
        except Exception as problem:  # our database is away: Telegram keeps the update and calls again
            log.error("update_not_stored", exc_info=problem)
            return Response(status_code=503)
        telegram.after_accept(update, accepted)
        return Response(status_code=200)

    return routes
