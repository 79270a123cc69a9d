"""Whatever people do in whatever order: nothing is lost, the timeline replays to where the case stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from backend.access.staff import Actor
from backend.casework import service
from backend.casework.desk import Desk
from backend.casework.models import Application, CaseQuestion, StatusChange
from backend.contract import AnswerIn
from backend.errors import OneDoorError
from backend.invariants import broken
from backend.tools.sql import Database
from tests.filings import filing

SALMA = Actor("salma", "salma", "萨尔玛（测试）", "caseworker", "civil_affairs", None)
PING = Actor("ping", "ping", "平（测试）", "caseworker", "civil_affairs", None)
OTTO = Actor("otto", "otto", "奥托（测试）", "caseworker", "medical_security", None)
WEN = Actor("wen", "wen", "文（测试）", "town_clerk", None, "test_town")
LO = Actor("lo", "lo", "罗（测试）", "supervisor", None, None)
NUMBERS: Iterator[int] = count(1)
Deed = Callable[[Desk, Actor, str], object]


def answer(desk: Desk, _actor: Actor, reference: str) -> None:
    """The resident answers the newest question, if there is one."""
    with desk.database.read() as session:
        asked = select(CaseQuestion.id).join(Application).where(Application.reference == reference)
        question = session.scalars(asked.order_by(CaseQuestion.asked_at.desc())).first()
    if question is not None:
        service.record_answer(
            desk, "bot", f"m-{next(NUMBERS)}", reference, AnswerIn(question=question, text="答")
        )


DEEDS: dict[str, Deed] = {
    "take": lambda desk, actor, case: service.take(desk, actor, case),
    "take over": lambda desk, actor, case: service.take(desk, actor, case, over=True),
    "give back": lambda desk, actor, case: service.give_back(desk, actor, case),
    "ask": lambda desk, actor, case: service.ask_question(desk, actor, case, "问？"),
    "answer": answer,
    "go on": lambda desk, actor, case: service.go_on(desk, actor, case, "不等了"),
    "approve": lambda desk, actor, case: service.decide(desk, actor, case, "approved", "符合"),
    "deny": lambda desk, actor, case: service.decide(desk, actor, case, "denied", "不符合"),
    "withdraw": lambda desk, actor, case: service.withdraw(desk, actor, case, "不办了"),
    "message": lambda desk, actor, case: service.send_message(desk, actor, case, "请带身份证"),
}


@pytest.fixture
def intake_database(sqlite_intake: Database) -> Database:
    return sqlite_intake


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    deeds=st.lists(
        st.tuples(st.sampled_from(sorted(DEEDS)), st.sampled_from([SALMA, SALMA, PING, OTTO, WEN, LO])),
        max_size=14,
    )
)
def test_it_stays_whole_whatever_people_do(desk: Desk, deeds: list[tuple[str, Actor]]) -> None:
    filed = service.submit(desk, "bot", f"k-{next(NUMBERS)}", filing(office="test_village"))
    reference = filed.applications[1].reference
    for deed, actor in deeds:
        before = standing(desk, reference)
        try:
            DEEDS[deed](desk, actor, reference)
        except OneDoorError:
            assert standing(desk, reference) == before, f"{deed} was refused and yet did something"
    with desk.database.read() as session:
        assert list(broken(session)) == []


def standing(desk: Desk, reference: str) -> tuple[str, int, int]:
    """Status, version and number of changes."""
    with desk.database.read() as session:
        one = session.scalars(select(Application).where(Application.reference == reference)).one()
        changes = session.scalars(
            select(StatusChange.number).where(StatusChange.application_id == one.id)
        ).all()
        return one.status, one.version, len(changes)
