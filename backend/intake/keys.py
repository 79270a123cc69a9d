"""Idempotency keys: a creating call that comes again is answered as the first time and has no second effect."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.errors import KeyReusedError
from backend.intake.models import IdempotencyKey


def digest_of(body: BaseModel) -> str:
    """SHA-256 of a body in one canonical form: spaces and the order of keys do not matter."""
    written = json.dumps(body.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def claim_key(
    session: Session, client: str, operation: str, key: str, digest: str, now: datetime
) -> dict[str, Any] | None:
    """Make this key ours in the caller's transaction (None), or give the answer it was given before.

    While another transaction holds the same key this waits for it: two at once become one after the other.
    KeyReusedError when the key came before with another body.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    made = session.execute(
        dialect.insert(IdempotencyKey)
        .values(client=client, operation=operation, key=key, digest=digest, at=now)
        .on_conflict_do_nothing(index_elements=["client", "operation", "key"])
        .returning(IdempotencyKey.id)
    ).first()
    if made is not None:
        return None
    before = session.execute(
        select(IdempotencyKey.digest, IdempotencyKey.response).where(*_same(client, operation, key))
    ).one()
    if before.digest != digest:
        raise KeyReusedError
    return before.response or {}


def keep_answer(session: Session, client: str, operation: str, key: str, response: dict[str, Any]) -> None:
    """Remember what the caller is told, in the transaction that does it."""
    row = session.scalars(select(IdempotencyKey).where(*_same(client, operation, key))).one()
    row.response = response


def _same(client: str, operation: str, key: str) -> tuple[Any, ...]:
    return (
        IdempotencyKey.client == client,
        IdempotencyKey.operation == operation,
        IdempotencyKey.key == key,
    )
