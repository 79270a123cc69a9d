"""Calls for a person."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from backend import contract
from backend.api.caller import Key, MayCallForHelp, Shared
from backend.casework import service

router = APIRouter(tags=["help"])


class HelpOpened(BaseModel):
    """The task somebody at the desk now has."""

    reference: contract.Id


@router.post("/help-requests", status_code=201)
def ask_for_help(
    request: contract.HelpRequestIn, key: Key, caller: MayCallForHelp, parts: Shared
) -> HelpOpened:
    """Open a task for a person: an urgent word, or a wish to talk to somebody."""
    return HelpOpened(reference=service.open_help(parts.desk, caller.name, key, request))
