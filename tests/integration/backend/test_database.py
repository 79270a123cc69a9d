"""The database's own moods: connections that died, deadlocks, moments and exact numbers, on both."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from backend.access.models import Office
from backend.casework.desk import Desk
from backend.db import Exact, Key, Moment, in_one_write
from backend.tools.sql import Database


def test_it_gets_over_connections_that_died(desk: Desk) -> None:
    """As after a restart of PostgreSQL: the next call works, nobody has to restart us."""
    for _ in range(2):
        with desk.database.read() as session:
            assert session.scalars(select(Office.id)).first()
        if desk.database.is_sqlite:
            desk.database.close()  # the nearest thing: every connection is gone
            continue
        killer = Database(desk.database.engine.url.render_as_string(hide_password=False))
        with killer.write() as session:
            session.execute(
                text(
                    "select pg_terminate_backend(pid) from pg_stat_activity "
                    "where datname = current_database() and pid <> pg_backend_pid()"
                )
            )
        killer.close()


def test_it_repeats_what_a_deadlock_stopped(desk: Desk) -> None:
    """Two units lock the same two rows in opposite order; both end well."""
    barrier, errors, runs = threading.Barrier(2, timeout=30), [], []

    def unit(first: str, second: str) -> None:
        met = False

        def work(session: Session) -> None:
            nonlocal met
            runs.append(first)
            rename(session, first)
            if not met and not desk.database.is_sqlite:
                met = True
                barrier.wait()
            rename(session, second)

        try:
            in_one_write(desk.database, work)
        except Exception as error:
            errors.append(error)

    names = ("test_town", "test_village")
    threads = [threading.Thread(target=unit, args=pair) for pair in (names, names[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(runs) == (2 if desk.database.is_sqlite else 3), "on PostgreSQL one of them had to begin again"


def rename(session: Session, ident: str) -> None:
    session.execute(text("update offices set kind = kind where id = :id"), {"id": ident})


def test_it_gives_back_the_moment_and_the_number_it_was_given(intake_database: Database) -> None:
    table = Table(
        "odd", MetaData(), Column("id", Key, primary_key=True), Column("at", Moment()), Column("n", Exact())
    )
    east = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    numbers = [Decimal("0.1"), Decimal("-3"), Decimal("999999999999.999999"), Decimal("400")]
    with intake_database.write() as session:
        table.create(session.connection())
        session.execute(insert(table), [{"at": east, "n": number} for number in numbers])
    with intake_database.read() as session:
        rows = session.execute(select(table.c.at, table.c.n).order_by(table.c.id)).all()
    assert [row.n for row in rows] == numbers
    assert {row.at for row in rows} == {east}
    assert rows[0].at.tzinfo == UTC
    with pytest.raises(StatementError), intake_database.write() as session:
        session.execute(insert(table).values(at=datetime(2026, 1, 1), n=None))  # noqa: DTZ001 - the mistake
