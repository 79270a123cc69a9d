"""Run by Alembic: one transaction, batch mode on SQLite, and a lock so that two starting processes take turns."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, text

from backend import db
from backend.models import Base
from backend.tools.sql import open_engine

LOCK = 6_153_001  # any number nobody else uses; PostgreSQL's advisory locks are per database


def written(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write our own column types by name, so that the steps read like the models."""
    if kind == "type":
        for name, ours in (("Key", db.Key), ("Json", db.Json)):
            if item is ours:
                return f"db.{name}"
        if isinstance(item, db.Moment | db.Exact):
            return f"db.{type(item).__name__}()"
    return False


def run(connection: Connection) -> None:
    """The steps between what is there and what is wanted."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=written,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = open_engine(context.config.attributes["url"])
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": LOCK})
            run(connection)
    finally:
        engine.dispose()
