"""Dates by which somebody must act."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, Key


class Deadline(Base):
    """One date of an application. `kind` is "first_step" or "decision"; `basis` names the rule; `assumed` says that
    the rule gives no number of days and the documented default was used. `overdue_at` is set once."""

    __tablename__ = "deadlines"
    __table_args__ = (Index("ix_deadlines_open", "met_at", "overdue_at", "due_on"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    step: Mapped[str] = mapped_column(String(80))  # the workflow's step, or "total"
    step_name: Mapped[dict[str, Any]]
    due_on: Mapped[date]
    days: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(Text)
    assumed: Mapped[bool]
    met_at: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
