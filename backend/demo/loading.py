"""Load the demonstration district through the real services, so that it is as whole as any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend import (
    contract,
    models,  # noqa: F401 - every table is known before the first query
)
from backend.access.models import Office
from backend.access.staff import Actor, actor_of, find_staff
from backend.casework import service
from backend.casework.desk import Desk
from backend.demo import logins
from backend.demo.district import OFFICES, STAFF
from backend.demo.stories import CALLS, STORIES, Said, Story
from backend.intake.models import IdempotencyKey
from backend.migrations import upgrade
from backend.outbox import queue
from backend.parts import put_together, read_settings
from backend.tools.clock import FixedClock, local_day

CLIENT = "demo"  # files these cases; nobody is behind their chats, so no bot ever claims their notices


def load(size: str) -> None:
    """Make the district of this size (only "small" so far) and write `demo.json`; repeating it changes nothing."""
    settings = read_settings()
    upgrade(settings.url)
    parts = put_together(settings)
    path = Path(settings.var) / "demo.json"
    with parts.database.write() as session:
        _offices(session)
        content = logins.make_logins(session, logins.known(path), parts.clock.now())
    logins.write(path, content)
    now = parts.clock.now()
    for number, story in enumerate(STORIES):
        _tell(parts.desk, f"{size}-{number}", story, now)
    for number, (kind, urgent, lines) in enumerate(CALLS):
        _call(parts.desk, f"{size}-call-{number}", kind, urgent, lines)
    _nobody_is_there(parts.desk)
    parts.database.close()
    typer.echo(f"A demonstration district is ready; the logins are in {path}.", err=True)


def _offices(session: Session) -> None:
    for ident, kind, chinese, english, parent in OFFICES:
        if session.get(Office, ident) is None:
            session.add(Office(id=ident, kind=kind, name={"zh": chinese, "en": english}, parent_id=parent))
            session.flush()


def _tell(desk: Desk, key: str, story: Story, now: datetime) -> None:
    """File one story on the day it is from, and let the staff do what the story says. Once only."""
    then = now - timedelta(days=story.days_ago, hours=1)
    with desk.database.read() as session:
        office = session.get(Office, story.office)
        staff = {one.login: _actor(session, one.login) for one in STAFF}
    if office is None or _is_there(desk, key):
        return
    past = replace(desk, clock=FixedClock(then))
    receipt = service.submit(past, CLIENT, f"demo-{key}", _filing(desk, key, story, then))
    for step, deed in enumerate(story.then, 1):
        later = replace(desk, clock=FixedClock(min(now, then + timedelta(hours=step))))
        _do(later, staff, list(receipt.applications), deed)


def _is_there(desk: Desk, key: str) -> bool:
    with desk.database.read() as session:
        found = select(IdempotencyKey.id).where(
            IdempotencyKey.client == CLIENT, IdempotencyKey.key == f"demo-{key}"
        )
        return session.scalars(found).one_or_none() is not None


def _actor(session: Session, login: str) -> Actor:
    staff = find_staff(session, login)
    assert staff is not None
    return actor_of(staff)


def _filing(desk: Desk, key: str, story: Story, at: datetime) -> contract.SubmissionIn:
    kind, name, relation, consent = story.reporter
    return contract.SubmissionIn.model_validate(
        {
            "on": local_day(at),
            "catalogue": desk.catalogue.version,
            "reporter": {
                "kind": kind,
                "name": name,
                "phone": "130 0000 0000",
                "relation": relation,
                "consent": consent,
            },
            "contact": {"channel": "terminal", "conversation": f"demo-{key}", "lang": "zh"},
            "persons": [
                {"id": ident, "relation": relation_of, "name": called}
                for ident, relation_of, called in story.persons
            ],
            "members_complete": True,
            "facts": [_fact(said, story, at) for said in story.facts],
            "items": [
                {"programme": programme, "subject": subject, "truth": truth}
                for programme, subject, truth in story.items
            ],
            "story": story.lines[0],
            "urgent": story.urgent,
            "office": story.office,
            "transcript": _transcript(story.lines, at),
        }
    )


def _fact(said: Said, story: Story, at: datetime) -> dict[str, object]:
    line = story.lines[said.message - 1] if said.message <= len(story.lines) else ""
    start = line.index(said.words) if said.words else 0
    by = {"self": "applicant", "proxy": "proxy", "officer": "officer"}[story.reporter[0]]
    return {
        "fact": said.fact,
        "subject": said.subject,
        "state": said.state,
        "value": said.value,
        "low": said.low,
        "high": said.high,
        "evidence": {
            "words": said.words,
            "span": (start, start + len(said.words)) if said.words else None,
            "choice": said.choice,
            "message": f"m{said.message}",
            "said_by": by,
            "said_at": at,
            "sureness": 1.0 if said.choice else said.sureness,
            "confirmed": True,
        },
    }


def _transcript(lines: tuple[str, ...], at: datetime) -> list[dict[str, object]]:
    return [
        {"message": f"m{place}", "at": at + timedelta(seconds=20 * place), "who": "reporter", "text": line}
        for place, line in enumerate(lines, 1)
    ]


def _do(desk: Desk, staff: dict[str, Actor], items: list[contract.ReceiptItem], deed: str) -> None:
    """One deed of the staff: "take:0" is the owning department taking the first application, and so on."""
    verb, place, *rest = deed.split(":", 3)
    item = items[int(place)]
    owner = next(staff[one.login] for one in STAFF if one.department == item.department)
    if verb == "accept":
        service.take(desk, staff["supervisor"], item.reference)
    elif verb == "take":
        service.take(desk, owner, item.reference)
    elif verb == "ask":
        service.ask_question(desk, owner, item.reference, rest[1], fact=rest[0], subject="household")
    elif verb == "withdraw":
        service.withdraw(desk, owner, item.reference, rest[0])
    else:
        service.decide(
            desk, owner, item.reference, "approved" if verb == "approve" else "denied", ":".join(rest)
        )


def _call(desk: Desk, key: str, kind: str, urgent: str | None, lines: tuple[str, ...]) -> None:
    request = contract.HelpRequestIn.model_validate(
        {
            "kind": kind,
            "urgent": urgent,
            "contact": {"channel": "terminal", "conversation": f"demo-{key}", "lang": "zh"},
            "transcript": _transcript(lines, desk.clock.now()),
        }
    )
    if not _is_there(desk, key):
        service.open_help(desk, CLIENT, f"demo-{key}", request)


def _nobody_is_there(desk: Desk) -> None:
    """The notices of these cases count as told: there is no chat to tell them in."""
    worker = "demo"
    with desk.database.write() as session:
        now = desk.clock.now()
        while notices := queue.claim(session, CLIENT, worker, 100, 60, now):
            for notice in notices:
                queue.acknowledge(session, CLIENT, notice.id, worker, None, now)
