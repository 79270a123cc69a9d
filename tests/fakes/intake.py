"""An intake in memory, held to the same contract tests as the real one (`tests/contract`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from backend import contract
from handlers.ports import BackendRefusedError, BackendUnavailableError

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class FakeIntake:
    """Files once per submission id, knows where each application stands, takes answers and calls for help.

    `down` makes every call fail as when nothing answers; `lose_answer` files but loses the answer on its way back.
    """

    down: bool = False
    lose_answer: bool = False
    refuse: bool = False
    submissions: dict[str, contract.SubmissionIn] = field(default_factory=dict)
    receipts: dict[str, contract.Receipt] = field(default_factory=dict)
    standing: dict[str, contract.ApplicationStatus] = field(default_factory=dict)
    answers: dict[str, contract.AnswerIn] = field(default_factory=dict)
    help: dict[str, contract.HelpRequestIn] = field(default_factory=dict)
    calls: int = 0

    async def submit(self, submission_id: str, submission: contract.SubmissionIn) -> contract.Receipt:
        """The same id with the same body gives the same receipt; with another body it is refused."""
        self._reached()
        known = self.submissions.get(submission_id)
        if known is not None and known != submission:
            raise BackendRefusedError(
                contract.Problem(title="idempotency key used for another body", status=409)
            )
        if known is None:
            self.submissions[submission_id] = submission
            self.receipts[submission_id] = self._file(submission)
        if self.lose_answer:
            raise BackendUnavailableError
        return self.receipts[submission_id]

    async def applications(self, reference: str) -> list[contract.ApplicationStatus]:
        """All applications of a submission, or the one with this reference."""
        self._reached()
        found = [one for one in self.standing.values() if reference in (one.reference, one.submission)]
        if not found:
            raise BackendRefusedError(contract.Problem(title="not found", status=404))
        return found

    async def answer(self, message_id: str, reference: str, answer: contract.AnswerIn) -> None:
        """Kept once per message."""
        self._reached()
        if not any(reference in (one.reference, one.submission) for one in self.standing.values()):
            raise BackendRefusedError(contract.Problem(title="not found", status=404))
        self.answers.setdefault(message_id, answer)

    async def ask_for_help(self, message_id: str, request: contract.HelpRequestIn) -> None:
        """Kept once per message."""
        self._reached()
        self.help.setdefault(message_id, request)

    # ---- the other side of the counter

    def change(self, reference: str, status: contract.Status, reason: str | None = None) -> dict[str, Any]:
        """A caseworker moves an application on; what the backend then wants told."""
        before = self.standing[reference]
        self.standing[reference] = before.model_copy(update={"status": status, "reason": reason})
        kind = "question" if status == "waiting_for_resident" else status
        return self.notice(kind, reference, reason=reason)

    def notice(self, kind: str, reference: str, **more: Any) -> dict[str, Any]:
        """A notice about an application, as JSON."""
        one = self.standing[reference]
        contact = next(iter(self.submissions.values())).contact
        parameters = {
            "programme": one.programme,
            "subject": one.subject,
            "reference": reference,
            "due_on": one.due_on.isoformat() if one.due_on else None,
            **more,
        }
        number = sum(ord(each) for each in kind) + len(self.answers)
        return contract.Notice(
            id=f"notice-{reference}-{number}",
            kind=kind,  # type: ignore[arg-type]
            contact=contact,
            parameters=parameters,
            created_at=NOW,
        ).model_dump(mode="json")

    def _reached(self) -> None:
        self.calls += 1
        if self.down:
            raise BackendUnavailableError
        if self.refuse:
            raise BackendRefusedError(contract.Problem(title="refused", status=422))

    def _file(self, submission: contract.SubmissionIn) -> contract.Receipt:
        number = len(self.receipts) + 1
        reference = f"YC-TEST-{number:04d}"
        due: date = submission.on + timedelta(days=30)
        items = [
            contract.ReceiptItem(
                programme=item.programme,
                subject=item.subject,
                reference=f"{reference}-{index}",
                department="civil_affairs",
                due_on=due,
            )
            for index, item in enumerate(submission.items, 1)
        ]
        for one in items:
            self.standing[one.reference] = contract.ApplicationStatus(
                reference=one.reference,
                submission=reference,
                programme=one.programme,
                subject=one.subject,
                department=one.department,
                status="submitted",
                due_on=due,
            )
        return contract.Receipt(reference=reference, received_at=NOW, applications=items)
