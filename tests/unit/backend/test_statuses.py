"""The transition table is complete: every status can be reached, and left or is final."""

from __future__ import annotations

import pytest

from backend.access.staff import ROLES
from backend.casework.statuses import FINAL, OPEN, STATUSES, TRANSITIONS, is_known_step, transition


def test_it_names_every_status_once_as_open_or_final() -> None:
    assert sorted(OPEN + FINAL) == sorted(STATUSES)


@pytest.mark.parametrize("status", OPEN)
def test_it_has_a_way_out_of_every_open_status(status: str) -> None:
    assert any(step.before == status for step in TRANSITIONS)


@pytest.mark.parametrize("status", FINAL)
def test_it_lets_nothing_leave_a_final_status(status: str) -> None:
    assert not any(step.before == status for step in TRANSITIONS)


def test_it_reaches_every_status_from_submitted() -> None:
    reached = {"submitted"}
    for _ in STATUSES:
        reached |= {step.after for step in TRANSITIONS if step.before in reached}
    assert reached == set(STATUSES)


def test_it_lets_only_people_decide_and_only_with_a_reason() -> None:
    for step in TRANSITIONS:
        if step.after in ("approved", "denied"):
            assert step.who == {"caseworker"}
            assert step.needs >= {"determination", "reason"}
            assert step.notice == step.after


def test_it_lets_the_machine_do_nothing_by_itself() -> None:
    assert not any("system" in step.who for step in TRANSITIONS)


def test_it_knows_only_roles_that_exist() -> None:
    assert {role for step in TRANSITIONS for role in step.who} <= {*ROLES, "client", "system"}


def test_it_has_one_row_for_each_step_and_role() -> None:
    seen = [(step.before, step.after, role) for step in TRANSITIONS for role in step.who]
    assert len(seen) == len(set(seen))


def test_it_finds_a_step_by_role() -> None:
    assert transition("in_review", "approved", "caseworker")
    assert transition("in_review", "approved", "town_clerk") is None
    assert is_known_step("in_review", "approved")
    assert not is_known_step("approved", "denied")
