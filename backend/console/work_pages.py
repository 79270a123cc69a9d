"""`/console`: the work list."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.access.models import Office
from backend.access.staff_models import StaffMember
from backend.casework.models import Application
from backend.casework.statuses import STATUSES
from backend.console import work_list
from backend.console.due import due_words
from backend.console.help_list import open_tasks
from backend.console.naming import department_name, programme_name, short_name, status_tone, subject_words
from backend.console.seat import Seat, SignedIn
from backend.console.web import PageRoute, console_of, render, words
from backend.console.work_list import PAGE, VIEWS, Filters
from backend.outbox.models import OutboxRow
from backend.people.models import Person
from backend.tools.clock import local_day
from locales import Translator, text

router = APIRouter(prefix="/console", route_class=PageRoute, include_in_schema=False)


@router.get("")
@router.get("/", include_in_schema=False)
def work(request: Request, seat: SignedIn) -> Response:
    """Who needs me, soonest first."""
    console, t = console_of(request), words(request)
    filters, today = Filters.read(request.query_params), local_day(console.now())
    with console.database.read() as session:
        found = work_list.rows(session, seat.actor, filters, console.catalogue, today)
        counted = work_list.counts(session, seat.actor, today)
        owners = work_list.departments(session, seat.actor)
        background = _Background(session, [application for application, _ in found[:PAGE]])
        tasks = open_tasks(session, seat.actor, t)
    rows = [
        _row(application, due_words(due, today, t), background, seat, console.catalogue, t)
        for application, due in found[:PAGE]
    ]
    filtered = bool(filters.search or filters.status or filters.department)
    return render(
        request,
        "work.html",
        here="work",
        today=t.date(today),
        filters=filters,
        views=[
            {
                "name": view,
                "count": counted.get(view),
                "url": filters.url(view=view, page=1),
                "here": view == filters.view,
            }
            for view in VIEWS
        ],
        statuses=STATUSES,
        departments=[
            {"id": owner, "name": department_name(console.catalogue, owner, t.lang)} for owner in owners
        ],
        many_departments=len(owners) > 1,
        rows=rows,
        empty="filtered" if filtered else filters.view,
        clear_url=Filters(view=filters.view).url(),
        previous_url=filters.url(page=filters.page - 1) if filters.page > 1 else "",
        next_url=filters.url(page=filters.page + 1) if len(found) > PAGE else "",
        help_tasks=tasks,
    )


class _Background:
    """What the rows of one page need besides the applications, read in four queries however long the page is."""

    def __init__(self, session: Session, applications: list[Application]) -> None:
        homes = {application.household_id for application in applications}
        self.persons: dict[int, list[Person]] = {home: [] for home in homes}
        for person in session.scalars(
            select(Person).where(Person.household_id.in_(homes)).order_by(Person.id)
        ):
            self.persons[person.household_id].append(person)
        self.offices = {
            office.id: office.name
            for office in session.scalars(
                select(Office).where(Office.id.in_({application.office for application in applications}))
            )
        }
        self.staff = dict(
            session.execute(
                select(StaffMember.id, StaffMember.name).where(
                    StaffMember.id.in_({application.assigned_to for application in applications})
                )
            ).all()
        )
        self.undeliverable = set(
            session.scalars(
                select(OutboxRow.application_id).where(
                    OutboxRow.application_id.in_({application.id for application in applications}),
                    OutboxRow.undeliverable_at.is_not(None),
                )
            )
        )


def _row(
    application: Application, due: Any, background: _Background, seat: Seat, catalogue: Any, t: Translator
) -> dict[str, Any]:
    persons = background.persons[application.household_id]
    flags = []
    if application.id in background.undeliverable:
        flags.append({"tone": "red", "words": t("console.chip.undeliverable")})
    if application.possible_duplicate_of_id:
        flags.append({"tone": "amber", "words": t("console.chip.duplicate")})
    return {
        "reference": application.reference,
        "programme": programme_name(catalogue, application.programme, t.lang),
        "department": department_name(catalogue, application.department, t.lang),
        "whom": subject_words(application.subject, persons, t),
        "name": short_name(application.subject, persons),
        "place": text(background.offices.get(application.office or "", {}), t.lang),
        "status": application.status,
        "tone": status_tone(application),
        "urgent": application.urgent,
        "due": due,
        "mine": application.assigned_to == seat.actor.id,
        "assigned_to": background.staff.get(application.assigned_to or "", ""),
        "flags": flags,
    }
