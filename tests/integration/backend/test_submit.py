"""Filing: once, all of it or nothing, on both databases."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from backend.access.staff import Actor
from backend.audit import chain
from backend.casework import service
from backend.casework.desk import Desk
from backend.casework.models import Application, StatusChange
from backend.contract import Receipt
from backend.db import Base
from backend.deadlines.models import Deadline
from backend.errors import KeyReusedError, UnprocessableError
from backend.intake.models import IdempotencyKey, StatedFact, Submission, TranscriptLine
from backend.intake.screenings import result_from
from backend.outbox.models import OutboxRow
from backend.people.models import Household, Person
from tests.filings import filing, said

KEY = "01JDXSUBMISSION000000000001"


def count(desk: Desk, table: type[Base]) -> int:
    with desk.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def everything(desk: Desk) -> dict[str, int]:
    """Rows of every table but the offices."""
    with desk.database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name != "offices"
        }


def test_it_files_everything_at_once(desk: Desk) -> None:
    receipt = service.submit(desk, "bot", KEY, filing(office="test_village"))
    assert [item.programme for item in receipt.applications] == ["temp_aid_emergency", "dibao_rural"]
    assert {item.department for item in receipt.applications} == {"civil_affairs"}
    assert receipt.rescreened, "the bot had another version of the catalogue"
    with desk.database.read() as session:
        submission = session.scalars(select(Submission)).one()
        assert submission.reference == receipt.reference
        assert session.scalars(select(Person.name)).one() == "洪某（测试）"
        assert session.scalars(select(Household.office)).one() == "test_village"
        assert session.scalars(select(TranscriptLine.who)).all() == ["reporter", "desk"]
        notice = session.scalars(select(OutboxRow)).one()
        assert (notice.kind, notice.conversation) == ("received", "chat-1")
        assert notice.parameters["reference"] == receipt.reference
        for item in receipt.applications:
            application = session.scalars(
                select(Application).where(Application.reference == item.reference)
            ).one()
            assert [change.to_status for change in application.changes] == ["submitted"]
            due = session.scalars(
                select(Deadline.due_on).where(
                    Deadline.application_id == application.id, Deadline.kind == "decision"
                )
            ).one()
            assert due == item.due_on
            assert result_from(application.screening).programme == item.programme
        assert not list(chain.verify(session))


def test_it_keeps_the_words_of_every_fact(desk: Desk) -> None:
    service.submit(desk, "bot", KEY, filing())
    with desk.database.read() as session:
        rows = {row.fact: row for row in session.scalars(select(StatedFact))}
    income = rows["household_income_month"]
    assert (income.low, income.high, income.value) == (400, 500, None)
    assert (income.words, income.span_start, income.span_end) == ("一个月四五百", 0, 6)
    assert (income.person_id, income.message, income.confirmed) == (None, "m-1", True)
    assert rows["household_size"].choice == "2人"
    assert rows["household_size"].words is None
    assert rows["household_size"].value == 2
    assert rows["vehicle_value"].state == "declined"
    assert rows["self_care_ability"].person_id is not None


def test_it_sets_the_dates_of_each_programme(desk: Desk) -> None:
    receipt = service.submit(desk, "bot", KEY, filing())
    due = {item.programme: item.due_on for item in receipt.applications}
    assert due["temp_aid_emergency"] == date(2026, 11, 24), "one working day"
    assert due["dibao_rural"] == date(2026, 12, 28), "25 working days"


def test_it_lets_the_newest_word_about_a_thing_hold(desk: Desk) -> None:
    earlier, later = (
        said("household_size", "household", "四口人", value=4),
        said("household_size", "household", "不对，五口", value=5),
    )
    earlier["evidence"]["said_at"] = "2026-11-23T01:00:00Z"
    service.submit(desk, "bot", KEY, filing(facts=[later, earlier]))
    with desk.database.read() as session:
        current = session.scalars(select(StatedFact).where(StatedFact.superseded_by_id.is_(None))).one()
        assert current.value == 5
        assert session.scalars(select(StatedFact.value).order_by(StatedFact.id)).all() == [4, 5]


def test_it_gives_the_same_receipt_for_the_same_key_and_body(desk: Desk) -> None:
    first = service.submit(desk, "bot", KEY, filing())
    before = everything(desk)
    assert service.submit(desk, "bot", KEY, filing()) == first
    assert everything(desk) == before


def test_it_refuses_the_same_key_with_another_body(desk: Desk) -> None:
    service.submit(desk, "bot", KEY, filing())
    before = everything(desk)
    with pytest.raises(KeyReusedError):
        service.submit(desk, "bot", KEY, filing(story="另一个故事"))
    assert everything(desk) == before


def test_it_keeps_the_keys_of_clients_apart(desk: Desk) -> None:
    first = service.submit(desk, "bot", KEY, filing())
    second = service.submit(desk, "another", KEY, filing(story="另一个故事"))
    assert first.reference != second.reference


def test_it_leaves_nothing_behind_when_anything_fails(desk: Desk) -> None:
    """A trigger makes the last insert of all fail; before it, everything else was written."""
    before = everything(desk)
    refuse_outbox(desk)
    with pytest.raises(DatabaseError):
        service.submit(desk, "bot", KEY, filing())
    assert everything(desk) == before
    allow_outbox(desk)
    assert service.submit(desk, "bot", KEY, filing()).applications


@pytest.mark.slow
def test_it_makes_one_case_of_twenty_clients_trying_five_times(desk: Desk) -> None:
    receipts: list[Receipt] = []
    errors: list[Exception] = []
    together = threading.Barrier(20)

    def one_client() -> None:
        together.wait()
        try:
            receipts.extend([service.submit(desk, "bot", KEY, filing()) for _ in range(5)])
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=one_client) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(receipts) == 100
    assert len({receipt.model_dump_json() for receipt in receipts}) == 1
    assert count(desk, Submission) == count(desk, IdempotencyKey) == 1
    assert count(desk, Application) == count(desk, StatusChange) == 2


def test_it_files_a_second_time_and_points_at_the_first(desk: Desk) -> None:
    first = service.submit(desk, "bot", KEY, filing())
    only_dibao = [{"programme": "dibao_rural", "subject": "household", "truth": "unknown"}]
    second = service.submit(desk, "bot", KEY + "2", filing(items=only_dibao))
    with desk.database.read() as session:
        doubles = session.scalars(
            select(Application).where(Application.possible_duplicate_of_id.is_not(None))
        ).one()
        assert doubles.reference == second.applications[0].reference
        original = session.get_one(Application, doubles.possible_duplicate_of_id)
        assert original.reference == first.applications[1].reference


def test_it_does_not_take_two_people_of_one_officer_for_one(desk: Desk) -> None:
    service.submit(desk, "bot", KEY, filing())
    other = [{"id": "self", "relation": "self", "name": "张某（测试）"}]
    service.submit(desk, "bot", KEY + "2", filing(persons=other))
    with desk.database.read() as session:
        assert session.scalars(select(Application.possible_duplicate_of_id)).all() == [None] * 4


def test_it_does_not_call_a_closed_case_a_double(desk: Desk, salma: Actor) -> None:
    first = service.submit(desk, "bot", KEY, filing())
    for item in first.applications:
        service.withdraw(desk, salma, item.reference, "不办了")
    service.submit(desk, "bot", KEY + "2", filing())
    with desk.database.read() as session:
        assert session.scalars(select(Application.possible_duplicate_of_id)).all() == [None] * 4


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"items": [{"programme": "free_money", "subject": "self", "truth": "true"}]}, "items.0.programme"),
        ({"items": [{"programme": "dibao_rural", "subject": "ghost", "truth": "true"}]}, "items.0.subject"),
        ({"items": [{"programme": "dibao_rural", "subject": "self", "truth": "true"}] * 2}, "items"),
        ({"facts": [said("age", "ghost", value=3)]}, "facts.0.subject"),
        ({"facts": [said("age", "self", low="9", high="3")]}, "facts.0.low"),
        ({"facts": [said("age", "self", value=10**30)]}, "facts.0.value"),
        ({"facts": [said("age", "self", low="1E-99999")]}, "facts.0.low"),
        ({"persons": [{"id": "self", "relation": "self"}] * 2}, "persons"),
        ({"on": "1999-01-01"}, "on"),
    ],
)
def test_it_refuses_what_contradicts_itself_and_says_where(
    desk: Desk, changed: dict[str, object], where: str
) -> None:
    before = everything(desk)
    with pytest.raises(UnprocessableError) as refused:
        service.submit(desk, "bot", KEY, filing(**changed))
    assert where in [error["where"] for error in refused.value.errors]
    assert everything(desk) == before


@pytest.mark.parametrize(
    "odd",
    [
        said("no_such_fact", "self", value="x"),
        said("self_care_ability", "self", value="upside_down"),
        said("household_size", "household", value=0),
        said("household_size", "self", value=3),
        said("disability_certificate", "self", value="maybe"),
        said("household_income_month", "household", value="很多"),
        said("receiving_programmes", "self", value=["no_such_programme"]),
    ],
    ids=lambda fact: f"{fact['fact']}={fact['value']}",
)
def test_it_never_loses_a_filing_for_an_odd_value(desk: Desk, odd: dict[str, object]) -> None:
    """What the rules cannot use is kept with its words, marked, and left out of the screening."""
    receipt = service.submit(
        desk, "bot", KEY, filing(facts=[*filing().model_dump(mode="json")["facts"], odd])
    )
    assert len(receipt.applications) == 2
    with desk.database.read() as session:
        assert count(desk, StatedFact) == 5
        submission = session.scalars(select(Submission)).one()
        assert submission.screening["unreadable"] == [{"fact": odd["fact"], "for": odd["subject"]}]


def refuse_outbox(desk: Desk) -> None:
    with desk.database.write() as session:
        if desk.database.is_sqlite:
            session.execute(
                text("CREATE TRIGGER refuse BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'disk'); END")
            )
            return
        session.execute(text("ALTER TABLE outbox ADD CONSTRAINT refuse CHECK (id < 0) NOT VALID"))


def allow_outbox(desk: Desk) -> None:
    with desk.database.write() as session:
        drop = (
            "DROP TRIGGER refuse" if desk.database.is_sqlite else "ALTER TABLE outbox DROP CONSTRAINT refuse"
        )
        session.execute(text(drop))
