"""Worked cases as people would check them by hand: a household on a day, and what should come of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from backend.catalogue.load import load_catalogue
from backend.commands.screen import screen_lines
from backend.eligibility import Rules, compile_catalogue

FILES = sorted(Path(__file__).parent.glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    found = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def rules() -> Rules:
    return compile_catalogue(load_catalogue("yongchuan"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_comes_to_what_was_worked_out_by_hand(rules: Rules, path: Path) -> None:
    scenario = read(path)
    given = {"on": scenario["day"], "household": scenario["household"], "persons": scenario["persons"]}
    (line,) = screen_lines([json.dumps({"id": path.stem, **given}, default=str)], rules)
    answer = json.loads(line)
    assert answer["id"] == path.stem
    assert "error" not in answer, answer
    results = {(one["programme"], one["for"]): one for one in answer["results"]}
    for expected in scenario["expect"]:
        found = results[expected["programme"], expected["for"]]
        wanted = str(expected["truth"]).lower()
        assert found["truth"] == wanted, (expected["programme"], expected["for"], found)
        for key in ("amount", "after"):
            if key in expected:
                assert found[key] == expected[key], (key, found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_says_where_it_comes_from_and_why(rules: Rules, path: Path) -> None:
    scenario = read(path)
    assert scenario["source"].strip()
    for expected in [*scenario["expect"], *scenario.get("later", [])]:
        assert expected["because"]["zh"]
        assert expected["because"]["en"]
    for expected in scenario.get("later", []):
        assert expected["programme"] in rules.catalogue.statuses, "it is in the catalogue now: expect it"


@pytest.mark.parametrize("truth", ["true", "false"])
def test_every_programme_has_a_case_of_each_kind(rules: Rules, truth: str) -> None:
    told = {
        one["programme"]
        for path in FILES
        for one in read(path)["expect"]
        if str(one["truth"]).lower() == truth
    }
    assert told >= set(rules.catalogue.programmes)
