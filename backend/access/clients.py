"""API clients: which program is calling, and what it may do."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access.models import ApiClient, ApiKey

Scope = Literal[
    "applications:file", "applications:read", "applications:answer", "notices", "help", "programmes"
]
SCOPES: tuple[Scope, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class Caller:
    """A client whose key was right."""

    name: str
    scopes: frozenset[str]


def add_client(session: Session, name: str, scopes: list[str], now: datetime) -> str:
    """A key for the client `name` (made if new; its scopes become these). The key is shown now and never again.

    ValueError for a scope we do not know."""
    if unknown := set(scopes) - set(SCOPES):
        raise ValueError(f"unknown scopes: {', '.join(sorted(unknown))}; known: {', '.join(SCOPES)}")
    client = session.scalars(select(ApiClient).where(ApiClient.name == name)).one_or_none()
    if client is None:
        client = ApiClient(name=name, scopes=scopes, created_at=now)
        session.add(client)
    client.scopes = sorted(scopes)
    key = "od_" + secrets.token_urlsafe(32)
    client.keys.append(ApiKey(digest=_digest(key), created_at=now))
    session.flush()
    return key


def revoke_keys(session: Session, name: str, now: datetime) -> int:
    """Make every key of a client worthless at once; how many there were."""
    keys = session.scalars(
        select(ApiKey).join(ApiKey.client).where(ApiClient.name == name, ApiKey.revoked_at.is_(None))
    ).all()
    for key in keys:
        key.revoked_at = now
    return len(keys)


def find_caller(session: Session, key: str) -> Caller | None:
    """Whose key this is, or None. Looked up by its hash, so time tells nothing about keys that are nearly right."""
    found = session.scalars(
        select(ApiClient)
        .join(ApiClient.keys)
        .where(ApiKey.digest == _digest(key), ApiKey.revoked_at.is_(None))
    ).one_or_none()
    return Caller(found.name, frozenset(found.scopes)) if found else None


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
