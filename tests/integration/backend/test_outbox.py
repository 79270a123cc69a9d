"""Notices: every one told, by one worker at a time, in order for each contact."""

from __future__ import annotations

import threading
from collections import defaultdict
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.casework import service
from backend.casework.desk import Desk
from backend.casework.models import HelpTask
from backend.contract import ContactPoint, Notice
from backend.db import in_one_write
from backend.errors import ConflictError, NotFoundError
from backend.outbox import queue
from backend.outbox.models import OutboxRow
from backend.tools.clock import FixedClock


def put(desk: Desk, conversation: str, number: int, client: str = "bot") -> None:
    contact = ContactPoint(channel="web", conversation=conversation, lang="zh")
    with desk.database.write() as session:
        queue.put(
            session,
            kind="message",
            client=client,
            contact=contact,
            parameters={"text": f"{conversation}-{number}"},
            now=desk.clock.now(),
        )


def claim(desk: Desk, worker: str, limit: int = 20, client: str = "bot") -> list[Notice]:
    return in_one_write(
        desk.database,
        lambda session: queue.claim(session, client, worker, limit, 60, desk.clock.now()),
    )


def told(notices: list[Notice]) -> list[object]:
    return [notice.parameters["text"] for notice in notices]


def test_it_gives_each_notice_to_one_worker_and_keeps_order(desk: Desk) -> None:
    for number in range(3):
        put(desk, "a", number)
        put(desk, "b", number)
    mine = claim(desk, "w1")
    assert told(mine) == ["a-0", "b-0", "a-1", "b-1", "a-2", "b-2"]
    put(desk, "a", 3)
    assert claim(desk, "w2") == [], "a's notices are held, so its new one waits too"
    service.acknowledge(desk, "bot", mine[0].id, "w1", None)
    assert claim(desk, "w2") == []


def test_it_starts_with_the_oldest_of_each_contact_when_there_are_many(desk: Desk) -> None:
    for number in range(3):
        put(desk, "a", number)
    put(desk, "b", 0)
    assert told(claim(desk, "w1", limit=2)) == ["a-0", "b-0"]
    assert claim(desk, "w2") == []


def test_it_brings_back_what_a_dead_worker_held(desk: Desk, clock: FixedClock) -> None:
    put(desk, "a", 0)
    [first] = claim(desk, "w1")
    clock.moment += timedelta(seconds=59)
    assert claim(desk, "w2") == []
    clock.moment += timedelta(seconds=1)
    [again] = claim(desk, "w2")
    assert again == first
    with desk.database.read() as session:
        row = session.scalars(select(OutboxRow)).one()
    assert (row.attempts, row.claimed_by) == (2, "w2")
    with pytest.raises(ConflictError):
        service.acknowledge(desk, "bot", first.id, "w1", "blocked")
    service.acknowledge(desk, "bot", first.id, "w1", None)  # it did tell it, late: a fact


def test_it_asks_somebody_to_phone_when_a_notice_cannot_be_told(desk: Desk) -> None:
    put(desk, "a", 0)
    put(desk, "a", 1)
    stuck, later = claim(desk, "w1")
    for _ in range(2):
        service.acknowledge(desk, "bot", stuck.id, "w1", "blocked")
    with desk.database.read() as session:
        task = session.scalars(select(HelpTask)).one()
        row = session.scalars(select(OutboxRow).where(OutboxRow.notice == stuck.id)).one()
    assert (task.kind, task.conversation) == ("phone", "a")
    assert (row.undeliverable_reason, row.delivered_at) == ("blocked", None)
    with pytest.raises(ConflictError):
        service.acknowledge(desk, "bot", stuck.id, "w1", None)
    service.acknowledge(desk, "bot", later.id, "w1", None)
    assert claim(desk, "w1") == []


def test_it_keeps_the_notices_of_clients_apart(desk: Desk) -> None:
    put(desk, "a", 0)
    put(desk, "a", 0, client="another")
    [mine] = claim(desk, "w1")
    with pytest.raises(NotFoundError):
        service.acknowledge(desk, "another", mine.id, "w1", None)
    assert len(claim(desk, "w1", client="another")) == 1
    with pytest.raises(NotFoundError):
        service.acknowledge(desk, "bot", "n-nothing", "w1", None)


@pytest.mark.slow
def test_it_tells_everything_once_and_in_order_with_four_workers(desk: Desk) -> None:
    contacts, each = 8, 6
    for number in range(each):
        for contact in range(contacts):
            put(desk, f"c{contact}", number)
    said: dict[str, list[str]] = defaultdict(list)
    lock, errors = threading.Lock(), []

    def work(name: str) -> None:
        try:
            while notices := claim(desk, name, limit=5):
                for notice in notices:
                    with lock:
                        said[notice.contact.conversation].append(str(notice.parameters["text"]))
                    service.acknowledge(desk, "bot", notice.id, name, None)
        except Exception as error:
            errors.append(error)

    while sum(map(len, said.values())) < contacts * each and not errors:
        workers = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert not errors
    assert dict(said) == {f"c{c}": [f"c{c}-{n}" for n in range(each)] for c in range(contacts)}
    with desk.database.read() as session:
        assert {row.attempts for row in session.scalars(select(OutboxRow))} == {1}
