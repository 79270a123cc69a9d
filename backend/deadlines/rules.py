"""From a programme's workflow to the dates that somebody must act by."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.deadlines.calendar import add_calendar_days, add_months, add_working_days
from backend.deadlines.models import Deadline
from backend.eligibility.model import Catalogue, Programme, WorkflowStep
from backend.tools.clock import local_day

# Where neither the programme's rules nor its steps give a number of days. Not a rule of social assistance: the general
# yardstick of Chinese administration, which we say so wherever the date is shown.
DEFAULT = WorkflowStep(
    id="total",
    name={"zh": "作出决定（按一般期限估计）", "en": "Decision (general time limit, estimated)"},
    actor="district",
    days=20,
    unit="working_day",
    basis="未查到具体期限，参照《行政许可法》第四十二条、第八十二条（二十个工作日）估计",
)
COUNTED = ("working_day", "calendar_day", "month")


def whole_limit(catalogue: Catalogue, programme: Programme) -> tuple[WorkflowStep, bool]:
    """The limit for the decision, and whether it is assumed.

    A whole limit of 0 days ("at once") describes somebody standing at the counter of a hospital; what is filed from
    elsewhere has the longest limit that the district has for one of the steps, if there is one.
    """
    total = catalogue.workflow_totals.get(programme.workflow)
    if total is not None and total.days is not None and total.unit in COUNTED:
        remote = [
            step
            for step in catalogue.workflows.get(programme.workflow, ())
            if step.actor == "district" and step.days and step.unit == "working_day"
        ]
        if total.days == 0 and programme.decide_level == "district" and remote:
            return max(remote, key=lambda step: step.days or 0), False
        return total, False
    for step in reversed(catalogue.workflows.get(programme.workflow, ())):
        if step.id == "decision" and step.days is not None and step.unit in COUNTED:
            return step, False
    return DEFAULT, True


def first_step(catalogue: Catalogue, programme: Programme) -> WorkflowStep | None:
    """The first step with a number of days: what must happen soonest."""
    for step in catalogue.workflows.get(programme.workflow, ()):
        if step.days is not None and step.unit in COUNTED:
            return step
    return None


def due_on(start: date, step: WorkflowStep) -> date:
    """The last day of a step's limit that starts on `start`."""
    days = step.days or 0
    if step.unit == "month":
        return add_months(start, days)
    return (add_working_days if step.unit == "working_day" else add_calendar_days)(start, days)


def set_deadlines(
    session: Session, application_id: int, catalogue: Catalogue, programme: Programme, now: datetime
) -> date:
    """Start the clocks of a new application in the caller's transaction; the day by which it must be decided."""
    start = local_day(now)
    whole, assumed = whole_limit(catalogue, programme)
    decision = _deadline(application_id, "decision", whole, start, assumed)
    session.add(decision)
    first = first_step(catalogue, programme)
    if first is not None and first.id != whole.id:
        soonest = _deadline(application_id, "first_step", first, start, assumed=False)
        soonest.due_on = min(soonest.due_on, decision.due_on)
        session.add(soonest)
    return decision.due_on


def meet(session: Session, application_id: int, kinds: tuple[str, ...], now: datetime) -> None:
    """Stop clocks: what was to be done has been done."""
    for deadline in session.scalars(
        select(Deadline).where(
            Deadline.application_id == application_id, Deadline.kind.in_(kinds), Deadline.met_at.is_(None)
        )
    ):
        deadline.met_at = now


def due_day(session: Session, application_id: int) -> date | None:
    """The day by which the application must be decided."""
    return session.scalars(
        select(Deadline.due_on).where(Deadline.application_id == application_id, Deadline.kind == "decision")
    ).one_or_none()


def newly_overdue(session: Session, today: date) -> list[Deadline]:
    """Deadlines that have passed and were not yet marked, oldest first; each comes up once, however long we slept."""
    return list(
        session.scalars(
            select(Deadline)
            .where(Deadline.met_at.is_(None), Deadline.overdue_at.is_(None), Deadline.due_on < today)
            .order_by(Deadline.due_on, Deadline.id)
            .with_for_update(skip_locked=True)
        )
    )


def _deadline(application_id: int, kind: str, step: WorkflowStep, start: date, assumed: bool) -> Deadline:
    return Deadline(
        application_id=application_id,
        kind=kind,
        step=step.id,
        step_name=dict(step.name),
        due_on=due_on(start, step),
        days=step.days or 0,
        unit=step.unit,
        basis=step.basis,
        assumed=assumed,
    )
