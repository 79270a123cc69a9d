"""References survive being read out over the phone: what is misheard is noticed, never taken for another one."""

from __future__ import annotations

import pytest

from backend.tools.references import ALPHABET, new_reference, read_reference

SAMPLES = [new_reference() for _ in range(40)]


@pytest.mark.parametrize("reference", SAMPLES, ids=range(40))
def test_it_notices_every_single_wrong_character(reference: str) -> None:
    for place, sign in enumerate(reference):
        if sign == "-":
            continue
        for other in set(ALPHABET) - {sign}:
            assert read_reference(reference[:place] + other + reference[place + 1 :]) is None


@pytest.mark.parametrize("reference", SAMPLES, ids=range(40))
def test_it_notices_every_swap_of_neighbours(reference: str) -> None:
    bare = reference.replace("-", "")
    for place in range(len(bare) - 1):
        one, two = bare[place], bare[place + 1]
        swapped = bare[:place] + two + one + bare[place + 2 :]
        if one != two:
            assert read_reference(swapped) is None


@pytest.mark.parametrize("reference", SAMPLES[:5], ids=range(5))
def test_it_reads_what_people_type(reference: str) -> None:
    assert read_reference(reference) == reference
    assert read_reference(f" {reference.lower().replace('-', ' ')} ") == reference
    assert read_reference(reference.replace("-", "")) == reference
    assert read_reference(reference.replace("-", "—")) == reference


@pytest.mark.parametrize(
    "nonsense", ["", "-", "7KMX", "\x00" * 12, "洪某", "OOOO-OOOO-OOOO", "3" * 13, "'; drop table"]
)
def test_it_refuses_what_cannot_be_one(nonsense: str) -> None:
    assert read_reference(nonsense) is None


def test_it_uses_no_sign_that_looks_like_another() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 23
    for alike in ("0OQ", "1IL", "2Z", "5S", "8B", "UV"):
        assert sum(sign in ALPHABET for sign in alike) <= 1


def test_it_never_draws_the_same_twice() -> None:
    assert len({new_reference() for _ in range(5000)}) == 5000
