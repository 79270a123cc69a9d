"""Households and persons, written down as they were told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from backend.contract import PersonIn
from backend.people.models import Household, Person


def open_household(
    session: Session, persons: Iterable[PersonIn], *, complete: bool, office: str | None, now: datetime
) -> Household:
    """A new household with its members, in the caller's transaction; `office` is one that exists, or None."""
    household = Household(created_at=now, members_complete=complete, office=office)
    household.persons = [Person(subject=one.id, relation=one.relation, name=one.name) for one in persons]
    session.add(household)
    session.flush()
    return household
