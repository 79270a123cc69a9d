"""Filing: the one writer of a submission. All of it, or nothing, in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend import contract
from backend.access.staff import Actor
from backend.audit import chain
from backend.casework.changes import contact_of, open_application
from backend.casework.desk import Desk, client_actor
from backend.casework.models import Application
from backend.casework.screening import screen_household
from backend.casework.statuses import OPEN
from backend.db import in_one_write
from backend.deadlines.rules import set_deadlines
from backend.dispatch.routing import dispatch
from backend.errors import UnprocessableError
from backend.intake import filing
from backend.intake.checks import check_filing
from backend.intake.keys import claim_key, digest_of, keep_answer
from backend.intake.models import Submission
from backend.outbox import queue as outbox
from backend.people.models import Household, Person
from backend.tools.references import new_reference

SUBMIT = "submit"
MOST_EARLIER = 10  # earlier filings of the same people that are looked through for a double


def submit(desk: Desk, client: str, key: str, filed: contract.SubmissionIn) -> contract.Receipt:
    """File once: household, facts, applications, deadlines, notice and audit in one transaction.

    The same `key` with the same body gives the same receipt, however often and from however many at once.
    KeyReusedError for another body, UnprocessableError for one that contradicts itself.
    """
    check_filing(filed)
    unknown = [
        {"where": f"items.{place}.programme", "problem": "not a programme of this district"}
        for place, item in enumerate(filed.items)
        if item.programme not in desk.catalogue.programmes
    ]
    digest = digest_of(filed)

    def work(session: Session) -> contract.Receipt:
        now = desk.clock.now()
        before = claim_key(session, client, SUBMIT, key, digest, now)
        if before is not None:
            return contract.Receipt.model_validate(before)
        if unknown:
            raise UnprocessableError(errors=unknown)
        receipt = _file(session, desk, client_actor(client), filed, now)
        keep_answer(session, client, SUBMIT, key, receipt.model_dump(mode="json"))
        return receipt

    return in_one_write(desk.database, work)


def _file(
    session: Session, desk: Desk, actor: Actor, filed: contract.SubmissionIn, now: datetime
) -> contract.Receipt:
    submission, household = filing.record(session, actor.login, filed, now)
    results = screen_household(session, desk.rules, submission, household)
    items: list[contract.ReceiptItem] = []
    for item in filed.items:
        programme = desk.catalogue.programmes[item.programme]
        result = results.of(item.programme, item.subject)
        application = Application(
            reference=new_reference(),
            submission_id=submission.id,
            household_id=household.id,
            person_id=next((one.id for one in household.persons if one.subject == item.subject), None),
            programme=item.programme,
            subject=item.subject,
            department=programme.department,
            office=household.office,
            accept_level=programme.accept_level,
            decide_level=programme.decide_level,
            urgent=programme.urgent or filed.urgent is not None,
            status="submitted",
            version=1,
            catalogue=submission.catalogue,
            said_truth=item.truth,
            truth=result["truth"],
            screening=result,
            possible_duplicate_of_id=_double(session, household, item),
            submitted_at=now,
        )
        session.add(application)
        session.flush()
        open_application(session, application, actor, now)
        dispatch(session, application.id, programme, household.office, now)
        due = set_deadlines(session, application.id, desk.catalogue, programme, now)
        items.append(
            contract.ReceiptItem(
                programme=item.programme,
                subject=item.subject,
                reference=application.reference,
                department=programme.department,
                due_on=due,
            )
        )
    _tell_and_note(session, submission, items, actor, now)
    return contract.Receipt(
        reference=submission.reference,
        received_at=now,
        applications=items,
        rescreened=submission.rescreened,
    )


def _tell_and_note(
    session: Session,
    submission: Submission,
    items: list[contract.ReceiptItem],
    actor: Actor,
    now: datetime,
) -> None:
    outbox.put(
        session,
        kind="received",
        client=submission.client,
        contact=contact_of(submission),
        now=now,
        submission_id=submission.id,
        parameters={
            "reference": submission.reference,
            "applications": len(items),
            "due_on": min(item.due_on for item in items).isoformat(),
        },
    )
    chain.record(
        session,
        at=now,
        actor=actor.id,
        action="submission",
        subject=f"submission:{submission.reference}",
        details={
            "applications": [item.reference for item in items],
            "catalogue": submission.catalogue,
            "said_catalogue": submission.said_catalogue,
        },
    )


def _double(session: Session, household: Household, item: contract.ApplicationItem) -> int | None:
    """An open application for the same programme that looks like the same people's: filed all the same, and shown."""
    if household.possibly_same_as_id is None:
        return None
    same_person = select(Person.relation).where(
        Person.household_id == household.id, Person.subject == item.subject
    )
    relation = session.scalar(same_person)
    earlier: int | None = household.possibly_same_as_id
    for _ in range(MOST_EARLIER):
        if earlier is None:
            break
        found = session.execute(
            select(Application.id, Person.relation)
            .outerjoin(Person, Person.id == Application.person_id)
            .where(
                Application.household_id == earlier,
                Application.programme == item.programme,
                Application.status.in_(OPEN),
            )
            .order_by(Application.id.desc())
        )
        for application_id, its_relation in found:
            if its_relation == relation:
                return int(application_id)
        earlier = session.get_one(Household, earlier).possibly_same_as_id
    return None
