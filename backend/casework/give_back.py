"""Let go of a case, so that a colleague can take it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.access.staff import Actor
from backend.audit import chain
from backend.casework.changes import locked
from backend.casework.desk import Desk
from backend.casework.statuses import FINAL
from backend.db import in_one_write
from backend.errors import ConflictError


def give_back(desk: Desk, actor: Actor, reference: str, version: int | None = None) -> None:
    """The case is nobody's again, its status stays. ConflictError when it is closed or not (any more) one's own."""

    def work(session: Session) -> None:
        application = locked(session, reference, version)
        if application.status in FINAL:
            raise ConflictError("this case is closed", now=application.status)
        if application.assigned_to != actor.id:
            raise ConflictError("this case is not yours", now=application.status)
        application.assigned_to = None
        application.version += 1
        chain.record(
            session,
            at=desk.clock.now(),
            actor=actor.id,
            action="give_back",
            subject=f"application:{application.reference}",
            details={},
        )

    in_one_write(desk.database, work)
