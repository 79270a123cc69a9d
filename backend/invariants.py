"""What must always be true of the intake, as SQL (`onedoor check`): nothing lost, nothing half done."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from backend.audit import chain
from backend.audit.models import AuditEntry
from backend.casework.models import Application, StatusChange

# Each gives the rows that break it; a row's first column names it.
BROKEN: dict[str, str] = {
    "every application was filed exactly once": """
        select a.reference from applications a left join status_changes c
            on c.application_id = a.id and c.from_status is null
        group by a.id, a.reference having count(c.id) <> 1""",
    "every application has a deadline for its decision": """
        select a.reference from applications a where not exists
            (select 1 from deadlines d where d.application_id = a.id and d.kind = 'decision')""",
    "every application was handed to the department that owns it": """
        select a.reference from applications a where not exists
            (select 1 from dispatches d where d.application_id = a.id and d.department = a.department)""",
    "every submission has one receipt in the outbox": """
        select s.reference from submissions s left join outbox o on o.submission_id = s.id and o.kind = 'received'
        group by s.id, s.reference having count(o.id) <> 1""",
    "every submission has an application": """
        select s.reference from submissions s where not exists
            (select 1 from applications a where a.submission_id = s.id)""",
    "every status is where its changes lead": """
        select a.reference from applications a where a.status <> (select c.to_status from status_changes c
            where c.application_id = a.id order by c.number desc limit 1)""",
    "every change begins where the one before ended": """
        select a.reference from status_changes c
            join applications a on a.id = c.application_id
            left join status_changes b on b.application_id = c.application_id and b.number = c.number - 1
        where (c.number = 1 and c.from_status is not null) or (c.number > 1 and (b.id is null or b.to_status <> c.from_status))""",
    "every decision has a determination by a person, and only decisions have one": """
        select a.reference from applications a left join determinations d on d.application_id = a.id
        where (a.status in ('approved', 'denied')) <> (d.id is not null)
            or (d.id is not null and d.decision <> a.status)""",
    "no decided application waits for anything": """
        select a.reference from applications a join deadlines d on d.application_id = a.id and d.met_at is null
        where a.status in ('approved', 'denied', 'withdrawn')""",
    "a notice is delivered or undeliverable, never both, and was tried": """
        select o.notice from outbox o where (o.delivered_at is not null and o.undeliverable_at is not null)
            or (o.undeliverable_at is not null and o.undeliverable_reason is null)
            or (o.delivered_at is not null and o.attempts = 0)""",
    "every fact that was superseded points at a newer one of the same thing": """
        select f.id from stated_facts f join stated_facts n on n.id = f.superseded_by_id
        where n.id <= f.id or n.household_id <> f.household_id or n.fact <> f.fact or n.subject <> f.subject""",
    "every fact has the words or the button it came from": """
        select f.id from stated_facts f where f.words is null and f.choice is null and f.said_by <> 'caseworker'""",
    "of each thing at most one fact holds": """
        select f.household_id from stated_facts f where f.superseded_by_id is null
        group by f.household_id, f.subject, f.fact having count(*) > 1""",
}


def broken(session: Session) -> Iterator[str]:
    """One line for each thing that is not as it must be."""
    for name, query in BROKEN.items():
        rows = session.execute(text(query)).all()
        if rows:
            yield f"not true: {name} ({len(rows)}, first {rows[0][0]})"
    yield from (f"audit chain: {line}" for line in chain.verify(session))
    yield from _reasons(session)
    yield from _orphans(session)


def _reasons(session: Session) -> Iterator[str]:
    """Reasons kept beside the audit chain are still the ones that the chain has the hash of."""
    rows = session.execute(
        select(Application.reference, StatusChange.number, StatusChange.reason, AuditEntry.details)
        .join(Application, Application.id == StatusChange.application_id)
        .join(AuditEntry, AuditEntry.subject == "application:" + Application.reference)
        .where(AuditEntry.action == "status")
    )
    for reference, number, reason, details in rows:
        if details["number"] == number and details["reason_sha256"] != chain.digest(reason):
            yield f"the reason of {reference}, change {number}, is not the one that was written"


def _orphans(session: Session) -> Iterator[str]:
    """Foreign keys hold; PostgreSQL enforces them always, SQLite can be asked."""
    if session.get_bind().dialect.name == "sqlite":
        for table, row, *_ in session.execute(text("PRAGMA foreign_key_check")):
            yield f"row {row} of {table} points at nothing"
