"""Who works here, in which role, and what that role may see."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.access.models import Office
from backend.access.passwords import Passwords
from backend.access.staff_models import StaffMember

Role = Literal["town_clerk", "caseworker", "supervisor", "verifier"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person acting in this request, with the role held at this very moment (read anew each time)."""

    id: str
    login: str
    name: str
    role: str
    department: str | None
    office: str | None


def actor_of(staff: StaffMember) -> Actor:
    """What the rest of the intake may know of a staff member."""
    return Actor(staff.id, staff.login, staff.name, staff.role, staff.department, staff.office)


def normal_login(login: str) -> str:
    """The way logins are kept and compared: without surrounding spaces, in small letters."""
    return login.strip().casefold()


def add_staff(
    session: Session,
    passwords: Passwords,
    *,
    login: str,
    password: str,
    name: str,
    role: str,
    now: datetime,
    department: str | None = None,
    office: str | None = None,
) -> StaffMember:
    """Enrol somebody. An unknown role, or one without the department or office it needs, is a ValueError."""
    if role not in ROLES:
        raise ValueError(f"unknown role {role!r}; roles are {', '.join(ROLES)}")
    if role == "town_clerk" and not office:
        raise ValueError("a town clerk needs an office")
    if role in ("caseworker", "verifier") and not department:
        raise ValueError(f"a {role} needs a department")
    staff = StaffMember(
        id=secrets.token_hex(16),
        login=normal_login(login),
        password_hash=passwords.hash(password),
        name=name,
        role=role,
        department=department,
        office=office,
        active=True,
        created_at=now,
    )
    session.add(staff)
    return staff


def find_staff(session: Session, login: str) -> StaffMember | None:
    """The staff member with this login, also when no longer active."""
    return session.scalars(select(StaffMember).where(StaffMember.login == normal_login(login))).one_or_none()


def visible_to(
    actor: Actor, department: InstrumentedAttribute[str], office: InstrumentedAttribute[str | None]
) -> ColumnElement[bool]:
    """The one rule of who may see which applications, as a condition on their owning department and town.

    A supervisor sees all; a town clerk the town's and its villages'; everybody else the department's. What is not
    seen does not exist: pages answer 404, never 403.
    """
    if actor.role == "supervisor":
        return true()
    mine: list[ColumnElement[bool]] = []
    if actor.role == "town_clerk" and actor.office:
        villages = select(Office.id).where(Office.parent_id == actor.office)
        mine.append(or_(office == actor.office, office.in_(villages)))
    if actor.role in ("caseworker", "verifier") and actor.department:
        mine.append(department == actor.department)
    return or_(*mine) if mine else false()
