"""What the conversation needs from outside. `bot.backend_client` and `tests.fakes` implement these; both pass the
same tests (`tests/contract/`)."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from backend import contract


class BackendUnavailableError(Exception):
    """The intake did not answer, or not in time. Nothing is known to be done; the same call may be repeated."""


class BackendRefusedError(Exception):
    """The intake said no for good (`problem.status` 4xx). Repeating the same call will not help."""

    def __init__(self, problem: contract.Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


class IntakeBackend(Protocol):
    """The single intake, as the conversation sees it. Every method raises BackendUnavailableError or BackendRefusedError."""

    async def submit(self, submission_id: str, submission: contract.SubmissionIn) -> contract.Receipt:
        """File once: the same `submission_id` with the same body always gives the same receipt."""

    async def applications(self, reference: str) -> list[contract.ApplicationStatus]:
        """Where each application of a submission (or the one application) with this reference stands."""

    async def answer(self, message_id: str, reference: str, answer: contract.AnswerIn) -> None:
        """Hand a caseworker's question its answer; repeatable by `message_id`."""

    async def ask_for_help(self, message_id: str, request: contract.HelpRequestIn) -> None:
        """Open an urgent or "a person, please" task; repeatable by `message_id`."""


class Clock(Protocol):
    """The desk's time: aware UTC."""

    def now(self) -> datetime:
        """The present moment, in UTC."""


class Ids(Protocol):
    """Where new ids come from, so that tests can know them."""

    def new(self) -> str:
        """A fresh random id of 26 to 36 ASCII characters."""
