"""Notices: claimed under a lease, told by the bot in the reader's language, then acknowledged."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session

from backend import contract
from backend.api.caller import MayDeliver, Shared
from backend.casework import service
from backend.db import in_one_write
from backend.errors import UnprocessableError
from backend.outbox import queue

router = APIRouter(tags=["notices"])


@router.post("/notices/claim")
def claim(wanted: contract.ClaimIn, caller: MayDeliver, parts: Shared) -> contract.Claim:
    """Notices to be told now, oldest first, in order for each contact; yours until the lease ends."""

    def work(session: Session) -> list[contract.Notice]:
        now = parts.clock.now()
        return queue.claim(session, caller.name, wanted.worker, wanted.limit, wanted.lease_seconds, now)

    return contract.Claim(notices=in_one_write(parts.database, work))


@router.post("/notices/{notice}/acknowledge", status_code=204)
def acknowledge(
    notice: Annotated[contract.Id, Path()],
    outcome: contract.AcknowledgeIn,
    caller: MayDeliver,
    parts: Shared,
) -> None:
    """Delivered, or undeliverable with a reason: then a caseworker is asked to phone. May be repeated."""
    if outcome.outcome == "undeliverable" and not (outcome.reason or "").strip():
        raise UnprocessableError(errors=[{"where": "reason", "problem": "needed when undeliverable"}])
    reason = outcome.reason if outcome.outcome == "undeliverable" else None
    service.acknowledge(parts.desk, caller.name, notice, outcome.worker, reason)
