"""`onedoor check`: each thing that must always be true is noticed when it is not."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from backend.access.staff import Actor
from backend.casework import service
from backend.casework.desk import Desk
from backend.invariants import BROKEN, broken
from tests.filings import filing, said

FOREIGN = "insert into outbox (notice, kind, parameters, client, channel, conversation, lang, created_at, attempts, submission_id) "
DAMAGE = {
    "every application was filed exactly once": "delete from status_changes where from_status is null",
    "every application has a deadline for its decision": "delete from deadlines where kind = 'decision'",
    "every application was handed to the department that owns it": "update dispatches set department = 'justice'",
    "every submission has one receipt in the outbox": FOREIGN
    + "select 'n-2', kind, parameters, client, channel, conversation, lang, created_at, 0, submission_id from outbox where kind = 'received'",
    "every submission has an application": "update applications set submission_id = 99",
    "every status is where its changes lead": "update applications set status = 'accepted' where status = 'in_review'",
    "every change begins where the one before ended": "update status_changes set from_status = 'accepted' where number = 2",
    "every decision has a determination by a person, and only decisions have one": "delete from determinations",
    "no decided application waits for anything": "update deadlines set met_at = null",
    "a notice is delivered or undeliverable, never both, and was tried": "update outbox set delivered_at = created_at",
    "every fact that was superseded points at a newer one of the same thing": "update stated_facts set fact = 'age' where superseded_by_id is not null",
    "every fact has the words or the button it came from": "update stated_facts set words = null, choice = null",
    "of each thing at most one fact holds": "update stated_facts set superseded_by_id = null",
}


@pytest.fixture
def lived_in(desk: Desk, salma: Actor) -> Desk:
    """A desk where something of everything has happened."""
    twice = [
        said("household_size", "household", "四口", value=4),
        said("household_size", "household", "五口", value=5),
    ]
    receipt = service.submit(desk, "bot", "k-1", filing(facts=twice))
    for item in receipt.applications:
        service.take(desk, salma, item.reference)
    service.decide(desk, salma, receipt.applications[0].reference, "approved", "先救急。")
    return desk


def lines(desk: Desk) -> list[str]:
    with desk.database.read() as session:
        return list(broken(session))


def test_it_finds_nothing_wrong_with_a_desk_that_works(lived_in: Desk) -> None:
    assert lines(lived_in) == []


def test_it_notices_every_kind_of_damage(lived_in: Desk) -> None:
    """Each damage is done, found by name, and undone with its transaction."""
    assert DAMAGE.keys() == BROKEN.keys()
    for name, statement in DAMAGE.items():
        with lived_in.database.engine.connect() as connection, connection.begin() as transaction:
            if lived_in.database.is_sqlite:
                connection.execute(text("pragma defer_foreign_keys = on"))
            elif "submission_id = 99" in statement:
                connection.execute(
                    text("alter table applications drop constraint fk_applications_submission_id_submissions")
                )
            connection.execute(text(statement))
            assert connection.execute(text(BROKEN[name])).all(), name
            transaction.rollback()
    assert lines(lived_in) == []


def test_it_notices_a_reason_that_was_rewritten(lived_in: Desk) -> None:
    with lived_in.database.write() as session:
        session.execute(text("update status_changes set reason = '改过的理由' where to_status = 'approved'"))
    [line] = lines(lived_in)
    assert "reason" in line
    assert "改过" not in line
