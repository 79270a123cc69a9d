"""What residents are to be told, committed with the change that caused it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, Key


class OutboxRow(Base):
    """One notice: a kind and parameters, never finished text. Delivered, undeliverable, or still to go.

    Rows of one contact go out in the order of `id`; a row is claimed until `claimed_until` by `claimed_by`."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_contact", "client", "channel", "conversation", "id"),
        Index("ix_outbox_open", "client", "delivered_at", "undeliverable_at", "id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    notice: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    parameters: Mapped[dict[str, Any]]
    client: Mapped[str] = mapped_column(String(80))  # the API client that filed and that delivers
    channel: Mapped[str] = mapped_column(String(20))
    conversation: Mapped[str] = mapped_column(String(80))
    lang: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"), index=True)
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    delivered_at: Mapped[datetime | None]
    undeliverable_at: Mapped[datetime | None]
    undeliverable_reason: Mapped[str | None] = mapped_column(String(200))
