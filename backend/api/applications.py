"""Filing, asking where things stand, and answering a caseworker."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from backend import contract
from backend.api.caller import Key, MayAnswer, MayFile, MayRead, Shared
from backend.casework import service

router = APIRouter(tags=["applications"])
Reference = Annotated[str, Path(max_length=80, description="Of a submission or of one application.")]


@router.post("/applications", status_code=201)
def file(filed: contract.SubmissionIn, key: Key, caller: MayFile, parts: Shared) -> contract.Receipt:
    """File one submission with k applications, once; all of it or nothing."""
    return service.submit(parts.desk, caller.name, key, filed)


@router.get("/applications/{reference}")
def standing(reference: Reference, caller: MayRead, parts: Shared) -> list[contract.ApplicationStatus]:
    """Where each application of a submission, or the one application, stands."""
    with parts.database.read() as session:
        return service.standing(session, caller.name, reference)


@router.post("/applications/{reference}/answers", status_code=204)
def answer(
    reference: Reference, given: contract.AnswerIn, key: Key, caller: MayAnswer, parts: Shared
) -> None:
    """The resident's answer to a caseworker's question; the key is the id of the inbound message."""
    service.record_answer(parts.desk, caller.name, key, reference, given)
