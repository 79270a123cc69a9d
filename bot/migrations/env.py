"""Runs the bot's migrations on the connection handed in (`bot.store.migrate`, or the migration tests)."""

from __future__ import annotations

from alembic import context

from bot.store import VERSION_TABLE, Base


def _run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table=VERSION_TABLE,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        include_name=lambda name, kind, _parents: kind != "table" or name in Base.metadata.tables,
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
