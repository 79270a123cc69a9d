"""`onedoor screen` and `onedoor catalogue`: JSON lines in the shape that stays put."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from backend.catalogue.load import load_catalogue
from backend.commands import catalogue
from backend.commands.screen import screen_lines
from backend.eligibility import Rules, compile_catalogue
from tests.unit.catalogue.small import write

HONG = {
    "id": "hong",
    "on": "2020-11-01",
    "household": {"household_size": 2, "household_income_month": {"low": 400, "high": 600}},
    "persons": [
        {"id": "hong", "relation": "self", "facts": {"born": "1968-03-02", "disability_certificate": False}}
    ],
}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return compile_catalogue(load_catalogue("yongchuan"))


def answer(rules: Rules, line: Any, *, thorough: bool = False) -> dict[str, Any]:
    text = line if isinstance(line, str | bytes) else json.dumps(line)
    (found,) = screen_lines([text], rules, thorough=thorough)
    result = json.loads(found)
    assert isinstance(result, dict)
    return result


def test_the_example_of_the_interface_comes_out_as_written(rules: Rules) -> None:
    found = answer(rules, HONG)
    assert found["id"] == "hong"
    assert found["catalogue"] == rules.catalogue.version
    results = {(one["programme"], one["for"]): one for one in found["results"]}
    rural = results["dibao_rural", "household"]
    assert (rural["truth"], rural["amount"], rural["decided_by"]) == ("unknown", None, [])
    assert "financial_assets_per_capita" in rural["missing"]
    assert (rural["after"], rural["conflicts_with"]) == ([], [])
    care = results["disability_care_subsidy", "hong"]
    assert (care["truth"], care["amount"], care["missing"]) == ("false", None, [])
    (decided,) = care["decided_by"]
    assert (decided["criterion"], decided["values"]) == ("certificate", {"disability_certificate": False})
    assert found["next_question"] == {"fact": "residence_area", "for": "household"}


def test_no_people_means_one_called_self(rules: Rules) -> None:
    found = answer(rules, {"id": 1, "on": "2026-01-01"})
    assert {one["for"] for one in found["results"]} == {"household", "self"}


def test_absent_null_declined_and_not_known_are_unknown_but_only_the_first_two_are_asked(
    rules: Rules,
) -> None:
    def area(value: Any) -> dict[str, Any]:
        household = {**HONG["household"], "residence_area": value}  # type: ignore[dict-item]
        return answer(rules, {**HONG, "household": household})

    for value in (None, {"declined": True}, {"dont_know": True}):
        assert area(value)["results"] == answer(rules, HONG)["results"]
    assert area(None)["next_question"] == {"fact": "residence_area", "for": "household"}
    assert area({"declined": True})["next_question"]["fact"] != "residence_area"
    assert area({"dont_know": True})["next_question"]["fact"] != "residence_area"


def test_thorough_changes_the_next_question_only(rules: Rules) -> None:
    line = {"id": 1, "on": "2026-01-01", "persons": [{"id": "a", "relation": "self", "facts": {"age": 30}}]}
    short, long = answer(rules, line), answer(rules, line, thorough=True)
    assert short.pop("next_question") != long.pop("next_question")
    assert short == long


def test_what_was_asked_already_is_not_asked_again(rules: Rules) -> None:
    asked = [{"fact": "residence_area", "for": "household"}]
    assert answer(rules, {**HONG, "asked": asked})["next_question"] not in asked


def test_amounts_are_numbers_or_ranges_and_contradictions_are_reported(rules: Rules) -> None:
    household = {
        "residence_area": "rural", "household_size": 2, "household_income_month": 600, "income_per_capita_month": 350,
        "financial_assets_per_capita": 0, "vehicle_kind": "none", "houses_owned": 1, "owns_shop": False,
        "owns_company": False, "built_or_bought_house_3y": False, "costly_schooling": False,
        "commercial_insurance_premium_year": 0,
    }  # fmt: skip
    people = [{"id": "hong", "relation": "self", "facts": {"hukou_chongqing": True}}]
    found = answer(rules, {**HONG, "household": household, "persons": people})
    rural = next(one for one in found["results"] if one["programme"] == "dibao_rural")
    assert rural["amount"] == 292
    assert rural["amount_in"] == {"unit": "CNY/household/month", "period": "month", "shown": True}
    assert found["contradictions"] == [
        {"fact": "income_per_capita_month", "for": "household", "stated": 350, "derived": 300}
    ]
    assert "vehicle_exempt_value" in found["backdated"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nonsense", "not JSON"),
        ("[1, 2]", "not a JSON object"),
        ("[" * 100_000, "not JSON"),
        ('{"id": 7, "on": "2026-01-01", "household": {"household_size": NaN}}', "NaN is not a number"),
        ('{"id": 7, "on": "2026-01-01", "household": {"household_size": 1e999999}}', "ordinary size"),
        ('{"id": 7, "on": "2026-01-01", "household": {"household_size": ' + "9" * 5000 + "}}", "not JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        ({"id": 7}, "`on`"),
        ({"id": 7, "on": 20260101}, "`on`"),
        ({"id": 7, "on": "2026-02-30"}, "`on`"),
        ({"id": [7], "on": "2026-01-01"}, "`id`"),
        ({"id": 7, "on": "2026-01-01", "houshold": {}}, "`houshold` is not a key"),
        ({"id": 7, "on": "2026-01-01", "household": []}, "must be an object"),
        ({"id": 7, "on": "2026-01-01", "household": [1]}, "must be an object"),
        ({"id": 7, "on": "2026-01-01", "household": {"colour": 1}}, "unknown fact `colour`"),
        ({"id": 7, "on": "2026-01-01", "household": {"age": 1}}, "belongs to a person"),
        ({"id": 7, "on": "2026-01-01", "household": {"household_size": 0}}, "at least 1"),
        ({"id": 7, "on": "2026-01-01", "household": {"household_size": {"lo": 1}}}, "neither a value nor"),
        (
            {"id": 7, "on": "2026-01-01", "household": {"household_size": {"declined": False}}},
            "neither a value",
        ),
        ({"id": 7, "on": "2026-01-01", "household": {"household_size": {"low": "1"}}}, "must be numbers"),
        ({"id": 7, "on": "2026-01-01", "household": {"household_size": [1]}}, "list of ids"),
        ({"id": 7, "on": "2026-01-01", "household": {"household_size": ["x"]}}, "must be a number"),
        ({"id": 7, "on": "2026-01-01", "persons": {}}, "`persons`"),
        ({"id": 7, "on": "2026-01-01", "persons": {"a": 1}}, "`persons`"),
        ({"id": 7, "on": "2026-01-01", "persons": [{"relation": "self"}]}, "needs an `id`"),
        ({"id": 7, "on": "2026-01-01", "persons": [{"id": "a", "relation": "cousin"}]}, "`relation`"),
        ({"id": 7, "on": "2026-01-01", "persons": [{"id": "a", "facts": {"born": "1968"}}]}, "`born`"),
        ({"id": 7, "on": "2026-01-01", "persons": [{"id": "a"}, {"id": "a"}]}, "an id of their own"),
        ({"id": 7, "on": "2026-01-01", "members_complete": "no"}, "`members_complete`"),
        ({"id": 7, "on": "2026-01-01", "asked": ["age"]}, "`asked`"),
    ],
)
def test_a_bad_line_is_answered_in_its_place_and_the_rest_goes_on(
    rules: Rules, line: Any, said: str | None
) -> None:
    bad = line if isinstance(line, str | bytes) else json.dumps(line)
    found = [json.loads(one) for one in screen_lines([json.dumps(HONG), bad, "  ", json.dumps(HONG)], rules)]
    assert len(found) == 3, "a blank line is no line"
    assert found[0] == found[2]
    assert found[1].keys() == {"id", "error"}
    assert said in found[1]["error"]
    assert found[1]["id"] in (7, None)


def test_a_byte_order_mark_is_nothing(rules: Rules) -> None:
    (line,) = screen_lines([b"\xef\xbb\xbf" + json.dumps(HONG).encode()], rules)
    assert "error" not in json.loads(line)


def test_the_catalogue_is_checked_from_the_command_line(tmp_path: Path) -> None:
    good = CliRunner().invoke(catalogue.app, ["check", "yongchuan"])
    assert good.exit_code == 0
    assert json.loads(good.stdout)["problems"] == []
    write(tmp_path, "programmes/aid.yml", "age >= 60", "agee >= 60")
    bad = CliRunner().invoke(catalogue.app, ["check", str(tmp_path)])
    assert bad.exit_code == 1
    (problem,) = json.loads(bad.stdout)["problems"]
    assert problem == {"place": "programmes/aid.yml:14", "message": "unknown fact `agee`"}
    assert "programmes/aid.yml:14: unknown fact `agee`" in bad.stderr
    assert CliRunner().invoke(catalogue.app, ["check", "nowhere"]).exit_code == 2


def test_a_programme_is_shown_from_the_command_line() -> None:
    shown = CliRunner().invoke(catalogue.app, ["show", "dibao_rural"])
    assert json.loads(shown.stdout)["name"]["zh"] == "农村居民最低生活保障"
    listed = json.loads(CliRunner().invoke(catalogue.app, ["show"]).stdout)
    assert "old_age_allowance" in listed["list"]
    assert CliRunner().invoke(catalogue.app, ["show", "nothing"]).exit_code == 2


def test_screening_needs_neither_a_database_nor_a_server() -> None:
    code = (
        "import sys; import backend.commands.screen; "
        "sys.exit(', '.join({'sqlalchemy', 'fastapi', 'telegram', 'httpx', 'alembic'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
