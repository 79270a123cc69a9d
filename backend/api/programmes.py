"""What there is to apply for."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from backend.api.caller import MaySeeProgrammes, Shared
from backend.contract import Id
from backend.eligibility.model import Catalogue, Programme
from backend.tools.clock import local_day

router = APIRouter(tags=["programmes"])


class ProgrammeOut(BaseModel):
    """A scheme with rules and a department; names and descriptions by language."""

    id: Id
    name: dict[str, str]
    description: dict[str, str]
    department: Id
    department_name: dict[str, str]
    scope: Literal["household", "person"]
    urgent: bool


class Programmes(BaseModel):
    """One page; `next` is the cursor of the following one (`after`), or null."""

    catalogue: str
    programmes: list[ProgrammeOut]
    next: str | None


@router.get("/programmes")
def programmes(
    _caller: MaySeeProgrammes,
    parts: Shared,
    after: Annotated[Id | None, Query(description="The `next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> Programmes:
    """The programmes in force today, by id."""
    catalogue, today = parts.catalogue, local_day(parts.clock.now())
    running = [
        programme
        for _, programme in sorted(catalogue.programmes.items())
        if programme.valid_from <= today and (programme.valid_to is None or today <= programme.valid_to)
    ]
    page = [programme for programme in running if after is None or programme.id > after]
    return Programmes(
        catalogue=catalogue.version,
        programmes=[_out(programme, catalogue) for programme in page[:limit]],
        next=page[limit - 1].id if len(page) > limit else None,
    )


def _out(programme: Programme, catalogue: Catalogue) -> ProgrammeOut:
    return ProgrammeOut(
        id=programme.id,
        name=dict(programme.name),
        description=dict(programme.description),
        department=programme.department,
        department_name=dict(catalogue.departments[programme.department]),
        scope=programme.scope,
        urgent=programme.urgent,
    )
