"""The bot's own small database: what came in, where each conversation stands, what is to be sent.

Four tables. Everything that is evidence goes to the backend; what is here can be forgotten (`/forget`) without loss.
Times are UTC. `inbox.done_at`/`dead_at` and `outbound.status` only ever move forward.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    inspect,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from backend.tools.sql import Database

if TYPE_CHECKING:
    from alembic.config import Config

# SQLite numbers rows by itself only in INTEGER columns; PostgreSQL needs eight bytes for a busy desk.
Serial = BigInteger().with_variant(Integer, "sqlite")
MIGRATION_LOCK = 7_214_001
# A version table of its own: the bot's and the backend's tables may share one PostgreSQL database.
VERSION_TABLE = "bot_alembic_version"
NEWEST = "0001"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment on both databases (SQLite keeps no zone of its own)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone; SQLite gets it as UTC without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give every moment back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The bot's tables."""


class ConversationRow(Base):
    """One chat: who it is for the channel (`chat_key`), what we remember of it, and who is working on it just now."""

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("channel", "chat_key", name="conversation_chat"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat_key: Mapped[str] = mapped_column(String(120))
    version: Mapped[int] = mapped_column(Integer, default=0)
    state: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    lang: Mapped[str | None] = mapped_column(String(20), default=None)
    token_hash: Mapped[str | None] = mapped_column(
        String(64), default=None
    )  # web: SHA-256 of its access token
    leased_by: Mapped[str | None] = mapped_column(String(80), default=None)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    unreachable_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    unreachable_reason: Mapped[str | None] = mapped_column(String(80), default=None)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class InboxRow(Base):
    """One thing that came in, kept as it came. Unique by channel and `update_key`, so that a repeat is no second effect."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "update_key", name="inbox_update"),
        Index(
            "inbox_pending",
            "conversation_id",
            "position",
            "id",
            sqlite_where=text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND dead_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(
        String(40), unique=True
    )  # the message id the conversation and backend see
    channel: Mapped[str] = mapped_column(String(20))
    update_key: Mapped[str] = mapped_column(String(160))
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversation.id"), default=None)
    kind: Mapped[str] = mapped_column(String(20))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(
        Serial, default=0
    )  # order within the chat, before `id` (Telegram update id)
    group_key: Mapped[str | None] = mapped_column(
        String(80), default=None
    )  # rows that are one message: an album
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the desk's clock
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the machine's clock, like all below
    ready_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None] = mapped_column(String(80), default=None)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    failures: Mapped[int] = mapped_column(Integer, default=0)  # tries that ended in an error, not in a crash
    error: Mapped[str | None] = mapped_column(
        String(80), default=None
    )  # type of the last failure, never its words
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    no_reply: Mapped[str | None] = mapped_column(String(80), default=None)  # why nothing was answered
    dead_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    dead_reason: Mapped[str | None] = mapped_column(String(80), default=None)
    help_due: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)  # a person must look at it
    acknowledged_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, default=None
    )  # notices: told the backend


class OutboundRow(Base):
    """One message to one chat, in the shape of the web chat's `Message` without its id.

    `status`: pending -> leased -> sent | uncertain -> (one re-send) sent | dead. `sent` on web and terminal means
    readable there.
    """

    __tablename__ = "outbound"
    __table_args__ = (
        Index("outbound_conversation", "conversation_id", "id"),
        Index(
            "outbound_unsent",
            "status",
            "next_at",
            sqlite_where=text("status IN ('pending', 'leased', 'uncertain')"),
            postgresql_where=text("status IN ('pending', 'leased', 'uncertain')"),
        ),
        Index("outbound_inbox", "inbox_id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), default=None)
    position: Mapped[int] = mapped_column(Integer, default=0)  # order within the turn
    message: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(12), default="pending")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    resent: Mapped[bool] = mapped_column(default=False)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    leased_by: Mapped[str | None] = mapped_column(String(80), default=None)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    reason: Mapped[str | None] = mapped_column(String(80), default=None)
    notice_id: Mapped[str | None] = mapped_column(String(80), default=None)
    unclear: Mapped[bool] = mapped_column(default=False)  # a try may have arrived without our knowing
    closed: Mapped[bool] = mapped_column(default=False)  # its buttons have been taken away
    provider_ids: Mapped[list[Any]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class TelegramOffset(Base):
    """How far the polling loop of one Telegram bot has come, when it last heard from Telegram, and who polls."""

    __tablename__ = "telegram_offset"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    offset: Mapped[int] = mapped_column("next_update", BigInteger, default=0)
    polled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    leased_by: Mapped[str | None] = mapped_column(String(80), default=None)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    gaps: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [{"from", "to"}]: down for more than a day
    details: Mapped[str | None] = mapped_column(Text, default=None)


def migrate(database: Database) -> None:
    """Bring the bot's database to the newest shape; safe when several bots start at once."""
    if _is_current(database):
        return  # a restart after a crash should not wait for the migration tool
    from alembic import command

    config = alembic_config()
    with database.engine.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def exists(database: Database) -> bool:
    """Whether there are any tables of the bot yet."""
    with database.read() as session:
        return inspect(session.connection()).has_table(VERSION_TABLE)


def _is_current(database: Database) -> bool:
    if not exists(database):
        return False
    with database.read() as session:
        return session.scalars(text(f"SELECT version_num FROM {VERSION_TABLE}")).all() == [NEWEST]  # noqa: S608


def alembic_config() -> Config:
    """The migrations' configuration, without a file: the folder is next to this module."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
