"""From stored facts to what the rules take in, and screenings kept as JSON without losing anything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from backend.catalogue.load import load_catalogue
from backend.eligibility import compile_catalogue, screen
from backend.eligibility.model import HOUSEHOLD, Answer, Catalogue, FactRef, Range
from backend.intake.cases import answer_of, case_of
from backend.intake.screenings import result_from, result_json, screening_json, value_from, value_json


@dataclass
class Stated:
    fact: str
    value: Any = None
    low: Decimal | None = None
    high: Decimal | None = None
    state: str = "answered"
    subject: str = "self"


@dataclass
class Somebody:
    subject: str
    relation: str


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue("yongchuan")


@pytest.mark.parametrize(
    ("stated", "answer"),
    [
        (Stated("disability_certificate", True), Answer(True)),
        (Stated("disability_certificate", False), Answer(False)),
        (Stated("household_size", 4), Answer(4)),
        (Stated("household_size", "4"), Answer(4)),
        (Stated("household_income_month", "600"), Answer(Decimal(600))),
        (Stated("household_income_month", 600), Answer(Decimal(600))),
        (
            Stated("household_income_month", low=Decimal(400), high=Decimal(500)),
            Answer(Range(Decimal(400), Decimal(500))),
        ),
        (Stated("household_income_month", low=Decimal(3000)), Answer(Range(Decimal(3000), None))),
        (Stated("born", "1968-03-02"), Answer(date(1968, 3, 2))),
        (Stated("self_care_ability", "none"), Answer("none")),
        (Stated("receiving_programmes", ["dibao_rural"]), Answer(("dibao_rural",))),
        (Stated("receiving_programmes", []), Answer(())),
        (Stated("household_size", state="dont_know"), Answer(None, "dont_know")),
        (Stated("vehicle_value", state="declined"), Answer(None, "declined")),
    ],
)
def test_it_reads_a_stored_fact_as_its_own_type(catalogue: Catalogue, stated: Stated, answer: Answer) -> None:
    assert answer_of(catalogue.facts[stated.fact], stated) == answer


@pytest.mark.parametrize(
    "stated",
    [
        Stated("disability_certificate", 1),
        Stated("disability_certificate", "true"),
        Stated("household_size", True),
        Stated("household_size", "4.5"),
        Stated("household_size", "many"),
        Stated("household_income_month", "NaN"),
        Stated("household_income_month", "-Infinity"),
        Stated("household_size", "1E+999999"),
        Stated("born", "yesterday"),
        Stated("self_care_ability", "upside_down"),
        Stated("self_care_ability", low=Decimal(1)),
        Stated("household_size", None),
        Stated("receiving_programmes", 7),
        Stated("no_such_fact", 1),
    ],
    ids=lambda stated: f"{stated.fact}={stated.value}",
)
def test_it_names_what_it_cannot_read_and_leaves_it_unknown(catalogue: Catalogue, stated: Stated) -> None:
    case, unreadable = case_of(catalogue, date(2026, 11, 23), [Somebody("self", "self")], [stated], True)
    assert unreadable == (FactRef(stated.fact, "self"),)
    assert not case.members[0].facts


def test_it_puts_facts_on_whom_they_are_about(catalogue: Catalogue) -> None:
    people = [Somebody("self", "self"), Somebody("daughter", "daughter")]
    facts = [
        Stated("illness_kind", "leukaemia", subject="daughter"),
        Stated("household_size", 2, subject=HOUSEHOLD),
    ]
    case, unreadable = case_of(catalogue, date(2026, 11, 23), people, facts, False)
    assert unreadable == ()
    assert case.household == {"household_size": Answer(2)}
    assert [dict(member.facts) for member in case.members] == [{}, {"illness_kind": Answer("leukaemia")}]
    assert not case.members_complete


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        7,
        "none",
        Decimal("0.10"),
        date(2026, 1, 1),
        ("a", "b"),
        (),
        Range(Decimal(1), None),
        Range(None, Decimal("2.50")),
    ],
)
def test_it_keeps_values_with_their_type(value: Any) -> None:
    again = value_from(json.loads(json.dumps(value_json(value))))
    assert again == value
    assert type(again) is type(value)


def test_it_keeps_a_whole_screening(catalogue: Catalogue) -> None:
    facts = [
        Stated("household_income_month", low=Decimal(400), high=Decimal(500), subject=HOUSEHOLD),
        Stated("household_size", 2, subject=HOUSEHOLD),
        Stated("residence_area", "rural", subject=HOUSEHOLD),
        Stated("age", 83),
        Stated("hukou_yongchuan", True),
    ]
    case, _ = case_of(catalogue, date(2026, 11, 23), [Somebody("self", "self")], facts, True)
    screening = screen(compile_catalogue(catalogue), case)
    kept = json.loads(json.dumps(screening_json(screening)))
    assert [result_from(one) for one in kept["results"]] == list(screening.results)
    assert {one["truth"] for one in kept["results"]} == {"true", "false", "unknown"}
    assert result_json(result_from(kept["results"][0])) == kept["results"][0]
