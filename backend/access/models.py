"""Who may call us from outside (API clients and their keys) and where people work (offices)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.db import Base, Key


class Office(Base):
    """A node of the district's tree: the district, a department, a town or street, a village or community.

    `kind` is district, department, town or village; `name` is in the catalogue's languages."""

    __tablename__ = "offices"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[dict[str, Any]]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("offices.id"), index=True)
    department: Mapped[str | None] = mapped_column(String(80))  # the catalogue's department id


class ApiClient(Base):
    """A program that may call the API, with what it may do (`scopes`)."""

    __tablename__ = "api_clients"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime]

    keys: Mapped[list[ApiKey]] = relationship(back_populates="client")


class ApiKey(Base):
    """One key of a client; only its SHA-256 is kept (the key is 256 random bits, so nothing can be guessed back)."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("api_clients.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    client: Mapped[ApiClient] = relationship(back_populates="keys")
