"""The audit chain: append-only rows, each holding the hash of the one before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, Key


class AuditHead(Base):
    """The end of a chain. Its row is locked while an entry is added, so that the chain never forks."""

    __tablename__ = "audit_heads"

    chain: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(Key)
    hash: Mapped[str] = mapped_column(String(64))


class AuditEntry(Base):
    """Who did what to which record, when. `details` never holds personal data: of free text, its SHA-256 only."""

    __tablename__ = "audit_entries"
    __table_args__ = (UniqueConstraint("chain", "number"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    chain: Mapped[str] = mapped_column(ForeignKey("audit_heads.chain"))
    number: Mapped[int] = mapped_column(Key)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(80))

    subject: Mapped[str] = mapped_column(String(120), index=True)  # e.g. "application:7KMX-4RWA-C9PT"
    details: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
