"""The engine against a slow, literal reference on random households, for the eight first programmes."""

from __future__ import annotations

from random import Random  # noqa: TID251 - seeded, in tests only

from hypothesis import given, settings

from backend.eligibility import Rules, screen
from tests.households import household, seeds
from tests.reference import screened

EIGHT = {
    "dibao_urban", "dibao_rural", "temp_aid_emergency", "medical_aid_inpatient", "elderly_care_service_subsidy",
    "disability_living_subsidy", "disability_care_subsidy", "old_age_allowance",
}  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(random=seeds())
def test_it_gives_the_reference_s_truths(yongchuan: Rules, random: Random) -> None:
    case = household(random)
    found = {
        (one.programme, one.subject): one.truth
        for one in screen(yongchuan, case).results
        if one.programme in EIGHT
    }
    assert found == screened(case)
