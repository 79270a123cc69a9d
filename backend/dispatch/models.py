"""Which department got which application, and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.db import Base, Key


class Dispatch(Base):
    """One handing-over of an application to the department that owns it; the newest row holds."""

    __tablename__ = "dispatches"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), index=True)
    department: Mapped[str] = mapped_column(String(80))
    accept_level: Mapped[str] = mapped_column(String(80))
    decide_level: Mapped[str] = mapped_column(String(80))
    office: Mapped[str | None] = mapped_column(ForeignKey("offices.id"))
    at: Mapped[datetime]
