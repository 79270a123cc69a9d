"""`/api/v1`: what the bot and the departments' programs call. Errors are problem documents (RFC 9457)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from backend.api import applications, help, notices, programmes  # noqa: A004 - the module of calls for help
from backend.api.problems import MEDIA_TYPE
from backend.contract import Problem

PROBLEM: dict[str, Any] = {"content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}}
router = APIRouter(
    prefix="/api/v1",
    responses={
        401: {**PROBLEM, "description": "No key, or one we do not know."},
        403: {**PROBLEM, "description": "The key does not carry the scope."},
        404: {**PROBLEM, "description": "Not there, or not yours."},
        409: {**PROBLEM, "description": "The case has moved on meanwhile."},
        413: {**PROBLEM, "description": "More than a megabyte."},
        422: {**PROBLEM, "description": "Not the right shape, or it contradicts itself."},
        503: {**PROBLEM, "description": "Not available at the moment: the same call may go through later."},
    },
)
for part in (applications, notices, help, programmes):
    router.include_router(part.router)
