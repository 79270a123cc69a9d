"""What every table of the intake is made of: one metadata, names for constraints, and types that mean the same on
SQLite and PostgreSQL. The tables themselves live with their packages; `backend.models` knows them all."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, Numeric, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator, TypeEngine

from backend.tools.sql import Database

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; a time without a zone is a mistake of ours and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal that stays exact: NUMERIC on PostgreSQL, digits as text on SQLite (which only has floats)."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value)


Key = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts by itself only in INTEGER
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class Base(DeclarativeBase):
    """Every table of the intake; attributes named `dict`/`list` types are stored as JSON."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own way of saying it
        datetime: Moment(),
        Decimal: Exact(),
        dict[str, Any]: Json,
        list[str]: Json,
        list[dict[str, Any]]: Json,
    }


Made = TypeVar("Made")
_TRY_AGAIN = {"40001", "40P01"}  # serialisation failure, deadlock
TRIES = 4


def in_one_write(database: Database, work: Callable[[Session], Made]) -> Made:
    """Run `work` in one transaction; the whole of it again, a few times, when the database asks for that.

    `work` must take everything it needs from the session it is given, so that a second run starts afresh.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with database.write() as session:
                return work(session)
        except DBAPIError as failure:
            if attempt == TRIES or not _worth_repeating(failure):
                raise
            time.sleep(0.02 * attempt)
    raise AssertionError("unreachable")


def _worth_repeating(failure: DBAPIError) -> bool:
    if getattr(failure.orig, "sqlstate", None) in _TRY_AGAIN:
        return True
    return isinstance(failure, OperationalError) and "database is locked" in str(failure.orig)
