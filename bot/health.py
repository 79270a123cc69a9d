"""`/healthz`: the process lives. `/readyz`: it can do its work; what is degraded is named."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from backend.tools.sql import Database
from bot.outbound_store import waiting

ALARM_SECONDS = 3600


def router(database: Database, telegram: Callable[[], str]) -> APIRouter:
    """`telegram` says how Telegram stands: off, polling, webhook, or token refused (not ready)."""
    routes = APIRouter()

    @routes.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @routes.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        try:
            figures = await asyncio.to_thread(waiting, database)
        except SQLAlchemyError:
            return JSONResponse({"status": "not ready", "database": "away"}, 503)
        state = telegram()
        late = (
            figures["outbound_oldest_seconds"] > ALARM_SECONDS
            or figures["inbox_oldest_seconds"] > ALARM_SECONDS
        )
        good = state != "token refused"
        body = {
            "status": ("late" if late else "ready") if good else "not ready",
            "telegram": state,
            **figures,
        }
        return JSONResponse(body, 200 if good else 503)

    return routes
