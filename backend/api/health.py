"""Is it alive, is it ready, how is it doing; and a page that lists the API."""

from __future__ import annotations

from html import escape
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import text

from backend.api import problems
from backend.api.caller import Shared
from backend.deadlines.calendar import known_until
from backend.migrations import at_head
from backend.tools.clock import local_day

router = APIRouter(include_in_schema=False)
WARN_DAYS = 60
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


@router.get("/healthz")
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz", response_model=None)
def ready(parts: Shared) -> dict[str, Any] | Response:
    """The database answers and has the shape this code needs; warnings do not make it unready."""
    try:
        with parts.database.read() as session:
            session.execute(text("select 1"))
            shaped = at_head(session.connection())
    except problems.UNAVAILABLE:
        return problems.problem(503, "The database does not answer", retryable=True)
    if not shaped:
        return problems.problem(503, "The database needs `onedoor migrate`", retryable=True)
    left = (known_until() - local_day(parts.clock.now())).days
    warnings = [f"holiday calendar ends on {known_until().isoformat()}"] if left < WARN_DAYS else []
    return {"status": "ready", "catalogue": parts.catalogue.version, "warnings": warnings}


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Figures for Prometheus."""
    return Response(request.app.state.figures.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Every call of the API on one plain page, from the OpenAPI description; nothing is loaded from elsewhere."""
    described = request.app.openapi()
    rows = [
        f"<dt><code>{escape(method.upper())} {escape(path)}</code></dt>"
        f"<dd>{escape(call.get('description') or call.get('summary', ''))}</dd>"
        for path, calls in described["paths"].items()
        for method, call in calls.items()
    ]
    page = (
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>OneDoor API</title><h1>OneDoor API</h1>"
        "<p>The full description is <a href='/openapi.json'>/openapi.json</a> (OpenAPI 3.1). Calls need a bearer key; "
        f"errors are problem documents (RFC 9457).</p><dl>{''.join(rows)}</dl></html>"
    )
    return HTMLResponse(page, headers=PAGE_HEADERS)
