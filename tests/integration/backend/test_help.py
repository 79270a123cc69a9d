"""Calls for a person: opened once, looked after by one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.access.staff import Actor
from backend.casework import service
from backend.casework.desk import Desk
from backend.casework.models import HelpTask
from backend.contract import HelpRequestIn
from backend.errors import ConflictError


def test_it_gives_help_once_and_to_one(desk: Desk, salma: Actor, otto: Actor) -> None:
    request = HelpRequestIn.model_validate(
        {
            "kind": "urgent",
            "urgent": "hunger",
            "contact": {"channel": "web", "conversation": "c-1", "lang": "zh"},
            "transcript": [
                {"message": "m", "at": "2026-11-23T01:00:00Z", "who": "reporter", "text": "三天没吃饭"}
            ],
        }
    )
    reference = service.open_help(desk, "bot", "m-1", request)
    assert service.open_help(desk, "bot", "m-1", request) == reference
    service.take_help(desk, salma, reference)
    with pytest.raises(ConflictError):
        service.take_help(desk, otto, reference)
    service.close_help(desk, salma, reference, "送去了米和油")
    with pytest.raises(ConflictError):
        service.close_help(desk, salma, reference, "再来一次")
    with desk.database.read() as session:
        task = session.scalars(select(HelpTask)).one()
    assert (task.kind, task.urgent, task.outcome) == ("urgent", "hunger", "送去了米和油")
