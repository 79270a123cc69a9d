"""The work list: what this person may see, narrowed by the filters in the address, due soonest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from backend.access.staff import Actor, visible_to
from backend.casework.models import Application
from backend.casework.statuses import OPEN, STATUSES
from backend.deadlines.models import Deadline
from backend.eligibility.model import Catalogue
from backend.intake.models import Submission
from backend.people.models import Person

PAGE = 50
VIEWS = ("open", "mine", "unassigned", "late", "waiting", "closed")
NEXT_DUE = (
    select(func.min(Deadline.due_on))
    .where(Deadline.application_id == Application.id, Deadline.met_at.is_(None))
    .correlate(Application)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything unknown in it counts as not asked."""

    view: str = "open"
    department: str = ""
    status: str = ""
    search: str = ""
    page: int = 1

    @staticmethod
    def read(query: Mapping[str, str]) -> Filters:
        """From the address."""
        view, status, page = query.get("view", ""), query.get("status", ""), query.get("page", "")
        return Filters(
            view=view if view in VIEWS else "open",
            department=query.get("department", "")[:80].replace("\x00", ""),
            status=status if status in STATUSES else "",
            search=query.get("q", "").strip()[:80].replace("\x00", ""),
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    def url(self, **changed: str | int) -> str:
        """The address of the list with these filters and some of them changed."""
        values = {
            "view": self.view, "department": self.department, "status": self.status, "q": self.search, "page": self.page,
        } | changed  # fmt: skip
        plain = {"view": "open", "page": 1}
        kept = {key: value for key, value in values.items() if value and plain.get(key) != value}
        return "/console" + (f"?{urlencode(kept)}" if kept else "")


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Which applications exist for this person."""
    return visible_to(actor, Application.department, Application.office)


def find_visible(session: Session, actor: Actor, reference: str) -> Application | None:
    """The application with this reference, if this person may see it."""
    return session.scalars(
        select(Application).where(Application.reference == reference, seen_by(actor))
    ).one_or_none()


def rows(
    session: Session, actor: Actor, filters: Filters, catalogue: Catalogue, today: date
) -> list[tuple[Application, date | None]]:
    """One page of the list and one row more (which says that there is a next page), with the next date of each."""
    due = NEXT_DUE.label("due")  # named, so that it is worked out once a row and not once more for the order
    wanted = (
        select(Application, due)
        .where(seen_by(actor), _in_view(filters.view, actor, today))
        .order_by(due.nulls_last(), Application.urgent.desc(), Application.id)
        .limit(PAGE + 1)
        .offset((filters.page - 1) * PAGE)
    )
    if filters.department:
        wanted = wanted.where(Application.department == filters.department)
    if filters.status:
        wanted = wanted.where(Application.status == filters.status)
    if filters.search:
        wanted = wanted.where(_matches(filters.search, catalogue))
    if filters.view == "closed":
        wanted = wanted.order_by(None).order_by(Application.closed_at.desc(), Application.id.desc())
    return list(session.execute(wanted).all())


def counts(session: Session, actor: Actor, today: date) -> dict[str, int]:
    """How many there are in each view, in one query."""
    sums = [
        func.coalesce(func.sum(case((_in_view(view, actor, today), 1), else_=0)), 0)
        for view in VIEWS
        if view != "closed"
    ]
    found = session.execute(select(*sums).where(seen_by(actor), Application.status.in_(OPEN))).one()
    closed = session.scalar(
        select(func.count()).select_from(Application).where(seen_by(actor), Application.status.not_in(OPEN))
    )
    names = [view for view in VIEWS if view != "closed"]
    return {**dict(zip(names, map(int, found), strict=True)), "closed": closed or 0}


def departments(session: Session, actor: Actor) -> list[str]:
    """The departments that own something this person may see."""
    return list(
        session.scalars(
            select(Application.department).where(seen_by(actor)).distinct().order_by(Application.department)
        )
    )


def _in_view(view: str, actor: Actor, today: date) -> ColumnElement[bool]:
    is_open = Application.status.in_(OPEN)
    match view:
        case "mine":
            return and_(is_open, Application.assigned_to == actor.id)
        case "unassigned":
            return and_(is_open, Application.assigned_to.is_(None))
        case "late":
            return and_(is_open, today > NEXT_DUE)
        case "waiting":
            return and_(is_open, Application.status == "waiting_for_resident")
        case "closed":
            return Application.status.not_in(OPEN)
        case _:
            return is_open


def _matches(search: str, catalogue: Catalogue) -> ColumnElement[bool]:
    """By reference, by the name of anybody in the household or of the reporter, or by the programme's name."""
    folded = search.casefold()
    programmes = [
        programme.id
        for programme in catalogue.programmes.values()
        if any(folded in name.casefold() for name in programme.name.values())
    ]
    return or_(
        Application.reference.icontains(search, autoescape=True),
        Application.programme.in_(programmes),
        exists().where(
            Person.household_id == Application.household_id, Person.name.icontains(search, autoescape=True)
        ),
        exists().where(
            Submission.id == Application.submission_id,
            or_(
                Submission.reporter_name.icontains(search, autoescape=True),
                Submission.reference.icontains(search, autoescape=True),
            ),
        ),
    )
