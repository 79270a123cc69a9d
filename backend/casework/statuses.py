"""The life of an application as data: which status may follow which, who may do it, what it needs, whom it tells.

submitted -> accepted -> in_review <-> waiting_for_resident
                            |-> approved | denied          (any open status -> withdrawn)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from backend.contract import NoticeKind, Status

STATUSES: tuple[Status, ...] = get_args(Status)
OPEN: tuple[Status, ...] = ("submitted", "accepted", "in_review", "waiting_for_resident")
FINAL: tuple[Status, ...] = ("approved", "denied", "withdrawn")
Role = Literal["town_clerk", "caseworker", "supervisor", "client", "system"]
Need = Literal["reason", "question", "answer", "determination"]


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted step. `needs` must be there before it is written; `notice` is what the resident is told."""

    before: Status
    after: Status
    who: frozenset[Role]
    needs: frozenset[Need] = frozenset()
    notice: NoticeKind | None = None


def _step(
    before: Status, after: Status, who: str, needs: tuple[Need, ...] = (), notice: NoticeKind | None = None
) -> Transition:
    return Transition(before, after, frozenset(who.split()), frozenset(needs), notice)  # type: ignore[arg-type]


TRANSITIONS: tuple[Transition, ...] = (
    _step("submitted", "accepted", "town_clerk caseworker supervisor", (), "accepted"),
    _step("submitted", "in_review", "caseworker", (), "in_review"),
    _step("accepted", "in_review", "caseworker", (), "in_review"),
    _step("accepted", "waiting_for_resident", "town_clerk caseworker", ("question",), "question"),
    _step("in_review", "waiting_for_resident", "caseworker", ("question",), "question"),
    # The answer came (client), or the caseworker goes on without it and says why.
    _step("waiting_for_resident", "accepted", "client", ("answer",)),
    _step("waiting_for_resident", "in_review", "client", ("answer",)),
    _step("waiting_for_resident", "in_review", "caseworker", ("reason",), "in_review"),
    _step("in_review", "approved", "caseworker", ("determination", "reason"), "approved"),
    _step("in_review", "denied", "caseworker", ("determination", "reason"), "denied"),
    *(
        _step(status, "withdrawn", "client town_clerk caseworker", ("reason",), "withdrawn")
        for status in OPEN
    ),
)


def transition(before: str, after: str, role: str) -> Transition | None:
    """The permitted step from `before` to `after` for this role, or None."""
    for step in TRANSITIONS:
        if step.before == before and step.after == after and role in step.who:
            return step
    return None


def is_known_step(before: str, after: str) -> bool:
    """Whether anybody at all may go from `before` to `after`."""
    return any(step.before == before and step.after == after for step in TRANSITIONS)
