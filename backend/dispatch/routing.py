"""Which department owns an application: the programme's own, always; chat, windows and officers change nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from backend.dispatch.models import Dispatch
from backend.eligibility.model import Programme


def dispatch(
    session: Session, application_id: int, programme: Programme, office: str | None, now: datetime
) -> Dispatch:
    """Hand an application to its department, in the caller's transaction; `office` is the town, when it is known."""
    row = Dispatch(
        application_id=application_id,
        department=programme.department,
        accept_level=programme.accept_level,
        decide_level=programme.decide_level,
        office=office,
        at=now,
    )
    session.add(row)
    return row
