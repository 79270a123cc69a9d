"""What must happen by itself: `python -m backend.jobs`. Rounds are short and repeatable; after a stop of any length a
round catches up once per due thing, not once per missed round."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from backend import models  # noqa: F401 - every table is known before the first query
from backend.audit import chain
from backend.casework.help import give_up_unclaimable
from backend.casework.models import Application
from backend.casework.service import SYSTEM
from backend.db import in_one_write
from backend.deadlines.rules import newly_overdue
from backend.outbox.queue import release_expired
from backend.parts import Parts, put_together, read_settings
from backend.tools import logs
from backend.tools.clock import local_day

ROUND_SECONDS = 10.0
log = structlog.get_logger("backend.jobs")


def one_round(parts: Parts) -> dict[str, int]:
    """Everything that is due now, each job in a transaction of its own; how much there was of each."""
    jobs = {"leases": release_expired, "unclaimable": give_up_unclaimable, "overdue": _overdue}
    return {name: _run(parts, job) for name, job in jobs.items()}


def _run(parts: Parts, job: Callable[[Session, datetime], int]) -> int:
    return in_one_write(parts.database, lambda session: job(session, parts.clock.now()))


def _overdue(session: Session, now: datetime) -> int:
    """Deadlines that have passed are marked, once each, and written down; nothing else happens by itself."""
    late = newly_overdue(session, local_day(now))
    for deadline in late:
        deadline.overdue_at = now
        reference = session.scalars(
            select(Application.reference).where(Application.id == deadline.application_id)
        ).one()
        chain.record(
            session,
            at=now,
            actor=SYSTEM.id,
            action="overdue",
            subject=f"application:{reference}",
            details={"deadline": deadline.kind, "due_on": deadline.due_on.isoformat()},
        )
    return len(late)


def main() -> int:
    """Rounds until SIGTERM or Ctrl-C. A database that is away is waited for."""
    logs.set_up("jobs")
    parts = put_together(read_settings())
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log.info("started")
    while not stop.is_set():
        try:
            for name, count in one_round(parts).items():
                if count:
                    log.info("done", kind=name, count=count)
        except SQLAlchemyError as error:
            log.warning("round_failed", error=type(error).__name__)
        stop.wait(ROUND_SECONDS)
    parts.database.close()
    log.info("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
