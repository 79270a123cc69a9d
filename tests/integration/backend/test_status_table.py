"""Statuses follow the table, on both databases: from each to each."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from backend.access.staff import Actor
from backend.casework import service
from backend.casework.changes import change_status, locked
from backend.casework.desk import Desk
from backend.casework.models import Application
from backend.casework.statuses import FINAL, STATUSES, is_known_step, transition
from backend.errors import ConflictError
from tests.filings import filing

DIBAO = 1  # the second application of Hong's filing


def the(desk: Desk, reference: str) -> Application:
    with desk.database.read() as session:
        return session.scalars(select(Application).where(Application.reference == reference)).one()


@pytest.mark.parametrize("before", STATUSES)
def test_it_follows_the_table_and_nothing_else(desk: Desk, salma: Actor, before: str) -> None:
    """From each status to each: written when the table has it, refused with what is true now when it has not."""
    for number, after in enumerate(STATUSES):
        filed = service.submit(desk, "bot", f"k-{number}", filing())
        reference = filed.applications[DIBAO].reference
        bring_to(desk, reference, salma, before)
        if is_known_step(before, after):
            step(desk, reference, salma, before, after)
            assert the(desk, reference).status == after
            continue
        with pytest.raises(ConflictError) as refused:
            step(desk, reference, salma, before, after)
        assert refused.value.now == before
        assert the(desk, reference).status == before


def step(desk: Desk, reference: str, salma: Actor, before: str, after: Any) -> None:
    """One step with everything that any step needs, by whoever may take it."""
    actor = salma if transition(before, after, salma.role) else service.client_actor("bot")
    with desk.database.write() as session:
        change_status(
            session,
            locked(session, reference),
            after,
            actor,
            desk.clock.now(),
            reason="测试",
            having=["question", "answer", "determination"],
        )


def bring_to(desk: Desk, reference: str, salma: Actor, status: str) -> None:
    """Along real steps to `status`."""
    if status == "submitted":
        return
    if status == "accepted":
        lo = Actor("lo", "lo", "罗（测试）", "supervisor", None, None)
        service.take(desk, lo, reference)
        return
    service.take(desk, salma, reference)
    if status == "waiting_for_resident":
        service.ask_question(desk, salma, reference, "有存款吗？")
    elif status == "withdrawn":
        service.withdraw(desk, salma, reference, "不办了")
    elif status in FINAL:
        service.decide(desk, salma, reference, status, "测试")  # type: ignore[arg-type]
