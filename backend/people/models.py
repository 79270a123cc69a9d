"""Households and the people in them, as they were told to us."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backend.db import Base, Key


class Household(Base):
    """People assessed together. Two filings are never merged by a machine: `possibly_same_as_id` only points."""

    __tablename__ = "households"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    created_at: Mapped[datetime]
    members_complete: Mapped[bool] = mapped_column(default=False)
    office: Mapped[str | None] = mapped_column(ForeignKey("offices.id"))  # the town or village, when known
    possibly_same_as_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), index=True)

    persons: Mapped[list[Person]] = relationship(back_populates="household", order_by="Person.id")


class Person(Base):
    """A member; `subject` is the id used in the filing (`self`, `daughter`, ...), `relation` is to the applicant."""

    __tablename__ = "persons"
    __table_args__ = (UniqueConstraint("household_id", "subject"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    subject: Mapped[str] = mapped_column(String(80))
    relation: Mapped[str] = mapped_column(String(20))
    name: Mapped[str | None] = mapped_column(String(200))

    household: Mapped[Household] = relationship(back_populates="persons")
