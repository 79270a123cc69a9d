"""Where applications stand, as their reporter may see it."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from backend import contract
from backend.casework.models import Application
from backend.casework.statuses import FINAL
from backend.deadlines.rules import due_day
from backend.errors import NotFoundError
from backend.intake.models import Submission
from backend.tools.references import read_reference


def standing(session: Session, client: str, reference: str) -> list[contract.ApplicationStatus]:
    """Each application of the submission, or the one application, with this reference, filed by this client.

    NotFoundError for a mistyped, unknown or foreign reference alike."""
    written = read_reference(reference)
    rows = session.execute(
        select(Application, Submission.reference)
        .join(Submission, Submission.id == Application.submission_id)
        .where(
            Submission.client == client,
            or_(Application.reference == written, Submission.reference == written),
        )
        .order_by(Application.id)
        .options(selectinload(Application.changes))
    ).all()
    if written is None or not rows:
        raise NotFoundError
    return [_status(session, application, filed) for application, filed in rows]


def _status(session: Session, application: Application, filed: str) -> contract.ApplicationStatus:
    closed = application.status in FINAL
    history = [
        contract.StatusChange(at=change.at, status=change.to_status, reason=_shown(change))  # type: ignore[arg-type]
        for change in application.changes
    ]
    return contract.ApplicationStatus(
        reference=application.reference,
        submission=filed,
        programme=application.programme,
        subject=application.subject,
        department=application.department,
        status=application.status,  # type: ignore[arg-type]
        due_on=None if closed else due_day(session, application.id),
        reason=history[-1].reason,
        history=history,
    )


def _shown(change: object) -> str | None:
    """Reasons of decisions are written for the resident; notes of caseworkers among themselves are not."""
    return getattr(change, "reason", None) if getattr(change, "to_status", None) in FINAL else None
