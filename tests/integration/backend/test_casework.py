"""From filing to determination: who may do what, what it needs, and what goes with every step."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from backend.access.staff import Actor
from backend.audit.models import AuditEntry
from backend.casework import service
from backend.casework.desk import Desk
from backend.casework.models import Application, CaseQuestion, Determination, StatusChange
from backend.contract import AnswerIn, Receipt
from backend.deadlines.models import Deadline
from backend.errors import ConflictError, ForbiddenError, KeyReusedError, NotFoundError, UnprocessableError
from backend.intake.models import StatedFact
from backend.invariants import broken
from backend.outbox.models import OutboxRow
from tests.filings import filing, said

DIBAO = 1  # the second application of Hong's filing


@pytest.fixture
def receipt(desk: Desk) -> Receipt:
    return service.submit(desk, "bot", "k-1", filing(office="test_village"))


@pytest.fixture
def dibao(receipt: Receipt) -> str:
    return receipt.applications[DIBAO].reference


def the(desk: Desk, reference: str) -> Application:
    with desk.database.read() as session:
        return session.scalars(select(Application).where(Application.reference == reference)).one()


def notices(desk: Desk) -> list[OutboxRow]:
    with desk.database.read() as session:
        return list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def whole(desk: Desk) -> list[str]:
    with desk.database.read() as session:
        return list(broken(session))


def test_it_goes_from_filing_to_a_decision_and_tells_every_step(
    desk: Desk, dibao: str, wen: Actor, salma: Actor
) -> None:
    service.take(desk, wen, dibao)
    service.take(desk, salma, dibao)
    service.decide(desk, salma, dibao, "approved", "收入低于低保线，材料齐全。")
    assert [row.kind for row in notices(desk)] == ["received", "accepted", "in_review", "approved"]
    approved = notices(desk)[-1].parameters
    assert approved["reason"] == "收入低于低保线，材料齐全。"
    assert (approved["reference"], approved["programme"], approved["due_on"]) == (dibao, "dibao_rural", None)
    with desk.database.read() as session:
        decision = session.scalars(select(Determination)).one()
        assert (decision.decision, decision.by_name) == ("approved", salma.name)
        application = session.scalars(select(Application).where(Application.reference == dibao)).one()
        assert [change.to_status for change in application.changes] == [
            "submitted",
            "accepted",
            "in_review",
            "approved",
        ]
        open_ = select(Deadline).where(Deadline.application_id == application.id, Deadline.met_at.is_(None))
        assert session.scalars(open_).all() == []
    assert not whole(desk)


def test_it_shows_the_reporter_where_things_stand(desk: Desk, receipt: Receipt, salma: Actor) -> None:
    dibao = receipt.applications[DIBAO].reference
    service.take(desk, salma, dibao)
    service.decide(desk, salma, dibao, "denied", "家里的存款超过规定。")
    with desk.database.read() as session:
        both = service.standing(session, "bot", receipt.reference.lower().replace("-", " "))
        one = service.standing(session, "bot", dibao)
        with pytest.raises(NotFoundError):
            service.standing(session, "somebody else", dibao)
    assert [status.status for status in both] == ["submitted", "denied"]
    assert one == [both[1]]
    assert one[0].reason == "家里的存款超过规定。"
    assert one[0].due_on is None
    assert both[0].due_on == receipt.applications[0].due_on
    assert one[0].submission == receipt.reference


def test_it_asks_and_the_answer_lands_in_the_field_and_in_the_case(
    desk: Desk, dibao: str, salma: Actor
) -> None:
    service.take(desk, salma, dibao)
    question = service.ask_question(
        desk, salma, dibao, "一个月一共多少？", fact="household_income_month", subject="household"
    )
    asked = notices(desk)[-1]
    assert asked.kind == "question"
    assert asked.parameters["question"] == question
    assert (asked.parameters["fact"], asked.parameters["text"]) == (
        "household_income_month",
        "一个月一共多少？",
    )
    assert the(desk, dibao).status == "waiting_for_resident"
    assert the(desk, dibao).truth == "unknown"

    fact = said("household_income_month", "household", "五千", value="5000")
    answer = AnswerIn.model_validate({"question": question, "text": "有五千", "fact": fact})
    service.record_answer(desk, "bot", "m-9", dibao, answer)
    service.record_answer(desk, "bot", "m-9", dibao, answer)

    after = the(desk, dibao)
    assert after.status == "in_review"
    assert after.truth == "false", "screened again with the new answer"
    assert [one["criterion"] for one in after.screening["decided_by"]] == ["income"]
    with desk.database.read() as session:
        kept = session.get_one(CaseQuestion, question)
        assert (kept.answer_text, kept.answer_message) == ("有五千", "m-9")
        rows = session.scalars(
            select(StatedFact).where(StatedFact.fact == "household_income_month").order_by(StatedFact.id)
        ).all()
    assert [(row.low, row.value) for row in rows] == [(400, None), (None, "5000")]
    assert rows[0].superseded_by_id == rows[1].id
    assert (rows[1].words, rows[1].question_id) == ("五千", question)
    assert [row.kind for row in notices(desk)][-1] == "question", "the answer itself makes no notice"
    assert not whole(desk)


def test_it_waits_for_every_question_and_loses_no_word(desk: Desk, dibao: str, salma: Actor) -> None:
    service.take(desk, salma, dibao)
    first = service.ask_question(desk, salma, dibao, "第一个问题")
    second = service.ask_question(desk, salma, dibao, "第二个问题")
    service.record_answer(desk, "bot", "m-1", dibao, AnswerIn(question=second, text="答二"))
    assert the(desk, dibao).status == "waiting_for_resident"
    service.record_answer(desk, "bot", "m-2", dibao, AnswerIn(question=first, text="答一"))
    assert the(desk, dibao).status == "in_review"
    service.record_answer(desk, "bot", "m-3", dibao, AnswerIn(question=first, text="还有一句"))
    with desk.database.read() as session:
        assert session.get_one(CaseQuestion, first).answer_text == "答一\n还有一句"


def test_it_keeps_an_answer_that_comes_after_the_decision(desk: Desk, dibao: str, salma: Actor) -> None:
    service.take(desk, salma, dibao)
    question = service.ask_question(desk, salma, dibao, "有存款吗？")
    service.go_on(desk, salma, dibao, "十天没有回音，先按现有材料办。")
    service.decide(desk, salma, dibao, "denied", "材料不够。")
    service.record_answer(desk, "bot", "m-1", dibao, AnswerIn(question=question, text="没得存款"))
    with desk.database.read() as session:
        assert session.get_one(CaseQuestion, question).answer_text == "没得存款"
    assert the(desk, dibao).status == "denied"
    assert not whole(desk)


def test_it_returns_to_where_it_was_asked(desk: Desk, dibao: str, wen: Actor) -> None:
    service.take(desk, wen, dibao)
    question = service.ask_question(desk, wen, dibao, "户口本带了吗？")
    service.record_answer(desk, "bot", "m-1", dibao, AnswerIn(question=question, text="带了"))
    assert the(desk, dibao).status == "accepted"


def test_it_takes_an_answer_only_for_a_question_of_this_case(
    desk: Desk, receipt: Receipt, salma: Actor
) -> None:
    emergency, dibao = (item.reference for item in receipt.applications)
    service.take(desk, salma, dibao)
    question = service.ask_question(desk, salma, dibao, "有存款吗？")
    answer = AnswerIn(question=question, text="没得")
    for reference, client in ((emergency, "bot"), (dibao, "another"), ("7KMX", "bot"), ("\x00", "bot")):
        with pytest.raises(NotFoundError):
            service.record_answer(desk, client, "m-1", reference, answer)
    service.record_answer(desk, "bot", "m-1", receipt.reference, answer)
    with pytest.raises(KeyReusedError):
        service.record_answer(desk, "bot", "m-1", dibao, AnswerIn(question=question, text="有"))


def test_it_lets_one_of_two_caseworkers_take_a_case(desk: Desk, dibao: str, salma: Actor) -> None:
    colleague = Actor("ping", "ping", "平（测试）", "caseworker", "civil_affairs", None)
    outcomes = at_once(
        [
            lambda: service.take(desk, salma, dibao),
            lambda: service.take(desk, colleague, dibao),
        ]
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["ConflictError", "NoneType"]
    holder, other = (salma, colleague) if the(desk, dibao).assigned_to == salma.id else (colleague, salma)
    with pytest.raises(ConflictError):
        service.decide(desk, other, dibao, "approved", "符合条件。")
    service.take(desk, other, dibao, over=True)
    with pytest.raises(ConflictError):
        service.decide(desk, holder, dibao, "approved", "符合条件。")


def test_it_refuses_a_change_to_what_has_moved_on(desk: Desk, dibao: str, salma: Actor) -> None:
    service.take(desk, salma, dibao)
    shown = the(desk, dibao).version
    service.ask_question(desk, salma, dibao, "有存款吗？", version=shown)
    with pytest.raises(ConflictError) as refused:
        service.decide(desk, salma, dibao, "approved", "符合条件。", shown)
    assert refused.value.now == "waiting_for_resident"


def test_it_decides_once_when_pressed_twice_at_once(desk: Desk, dibao: str, salma: Actor) -> None:
    service.take(desk, salma, dibao)
    shown = the(desk, dibao).version
    outcomes = at_once(
        [
            lambda: service.decide(desk, salma, dibao, "approved", "符合条件。", shown),
            lambda: service.decide(desk, salma, dibao, "denied", "不符合条件。", shown),
        ]
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["ConflictError", "NoneType"]
    with desk.database.read() as session:
        assert len(session.scalars(select(Determination)).all()) == 1
    assert not whole(desk)


@pytest.mark.parametrize(
    ("who", "error"),
    [("otto", ForbiddenError), ("wen", ForbiddenError), ("lo", ForbiddenError), ("bot", ForbiddenError)],
)
def test_it_lets_only_the_owning_department_decide(
    desk: Desk, dibao: str, salma: Actor, request: pytest.FixtureRequest, who: str, error: type[Exception]
) -> None:
    service.take(desk, salma, dibao)
    others = {
        "lo": Actor("lo", "lo", "罗（测试）", "supervisor", None, None),
        "bot": service.client_actor("bot"),
    }
    actor = others.get(who) or request.getfixturevalue(who)
    with pytest.raises(error):
        service.decide(desk, actor, dibao, "approved", "符合条件。")
    assert the(desk, dibao).status == "in_review"


def test_it_keeps_another_towns_clerk_out(desk: Desk, dibao: str) -> None:
    elsewhere = Actor("gu", "gu", "古（测试）", "town_clerk", None, "another_town")
    with pytest.raises(ForbiddenError):
        service.take(desk, elsewhere, dibao)


@pytest.mark.parametrize("reason", ["", "   ", "\n", "x" * 4001, "好\x00"])
def test_it_does_not_decide_without_a_reason(desk: Desk, dibao: str, salma: Actor, reason: str) -> None:
    service.take(desk, salma, dibao)
    with pytest.raises(UnprocessableError):
        service.decide(desk, salma, dibao, "denied", reason)
    assert the(desk, dibao).status == "in_review"


def test_it_writes_down_everybody_who_changed_anything(
    desk: Desk, dibao: str, wen: Actor, salma: Actor
) -> None:
    service.take(desk, wen, dibao)
    service.take(desk, salma, dibao)
    service.decide(desk, salma, dibao, "denied", "收入超过低保线。")
    with desk.database.read() as session:
        entries = session.scalars(
            select(AuditEntry)
            .where(AuditEntry.subject == f"application:{dibao}", AuditEntry.action == "status")
            .order_by(AuditEntry.number)
        ).all()
        changes = session.scalars(
            select(StatusChange)
            .join(Application)
            .where(Application.reference == dibao)
            .order_by(StatusChange.number)
        ).all()
    assert [entry.actor for entry in entries] == ["client:bot", wen.id, salma.id, salma.id]
    assert [entry.details["to"] for entry in entries] == [change.to_status for change in changes]
    assert "收入" not in str([entry.details for entry in entries]), "words stay out of the audit chain"


def at_once(calls: list[Callable[[], None]]) -> list[Exception | None]:
    """Run the calls in threads that start together; what each ended with."""
    outcomes: list[Exception | None] = [None] * len(calls)
    together = threading.Barrier(len(calls))

    def run(place: int) -> None:
        together.wait()
        try:
            calls[place]()
        except Exception as error:
            outcomes[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
