"""The audit chain: append-only in the database, and any tampering below it is found."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from backend.audit import chain
from backend.audit.models import AuditEntry
from backend.casework.desk import Desk


@pytest.fixture
def five(desk: Desk) -> Desk:
    """A desk with five entries."""
    for number in range(1, 6):
        with desk.database.write() as session:
            note(session, desk, number)
    return desk


def note(session: Session, desk: Desk, number: int) -> AuditEntry:
    return chain.record(
        session,
        at=desk.clock.now(),
        actor="salma",
        action="test",
        subject=f"application:{number}",
        details={"number": number, "words_sha256": chain.digest("低保"), "nothing": None, "list": ["一", 2]},
    )


def wrong(desk: Desk, published: tuple[int, str] | None = None) -> list[str]:
    with desk.database.read() as session:
        return list(chain.verify(session, published))


def tamper(desk: Desk, statement: str) -> None:
    """As somebody with the database's own password would: switch the triggers off first."""
    with desk.database.write() as session:
        if desk.database.is_sqlite:
            for verb in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER audit_entries_no_{verb}"))
        else:
            session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
        session.execute(text(statement))


def test_it_is_whole_when_nobody_touched_it(five: Desk) -> None:
    assert wrong(five) == []
    with five.database.read() as session:
        assert chain.head(session)[0] == 5


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit_entries SET actor = 'otto' WHERE number = 3", "entry 3 was changed"),
        ("UPDATE audit_entries SET details = '{}' WHERE number = 2", "entry 2 was changed"),
        ("UPDATE audit_entries SET action = 'Test' WHERE number = 5", "entry 5 was changed"),
        ("DELETE FROM audit_entries WHERE number = 4", "entry 4 is missing"),
        ("DELETE FROM audit_entries WHERE number = 1", "entry 1 is missing"),
        ("DELETE FROM audit_entries WHERE number = 5", "its head says 5"),
        (
            "UPDATE audit_entries SET number = CASE number WHEN 2 THEN 3 ELSE 2 END + 10 WHERE number IN (2, 3)",
            "entry 2 is missing",
        ),
        (
            "UPDATE audit_entries SET hash = (SELECT hash FROM audit_entries e WHERE e.number = 1) WHERE number = 3",
            "entry 4 does not follow entry 3",
        ),
    ],
)
def test_it_names_what_was_tampered_with(five: Desk, statement: str, found: str) -> None:
    tamper(five, statement)
    assert any(found in line for line in wrong(five)), wrong(five)


def test_it_needs_a_published_head_to_find_a_clean_cut(five: Desk) -> None:
    """Whoever can cut the tail and set the head back leaves a shorter chain that is whole; its old head shows it."""
    with five.database.read() as session:
        published = chain.head(session)
    tamper(five, "DELETE FROM audit_entries WHERE number = 5")
    with five.database.write() as session:
        last = session.query(AuditEntry).filter_by(number=4).one()
        session.execute(text(f"UPDATE audit_heads SET number = 4, hash = '{last.hash}'"))
    assert wrong(five) == []
    assert wrong(five, published) == ["the chain ends at entry 4, but entry 5 was published"]


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries"])
def test_it_cannot_be_changed_through_the_front_door(five: Desk, statement: str) -> None:
    with pytest.raises(DatabaseError), five.database.write() as session:
        session.execute(text(statement))
    assert wrong(five) == []


def test_it_never_forks_when_many_write_at_once(desk: Desk) -> None:
    errors: list[Exception] = []

    def work(number: int) -> None:
        try:
            with desk.database.write() as session:
                note(session, desk, number)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert wrong(desk) == []
    with desk.database.read() as session:
        assert chain.head(session)[0] == 12
