"""The district's own catalogue: what it promises, and that its version means what it says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backend.catalogue.load import FOLDER, load_catalogue
from backend.eligibility.model import Catalogue, Source
from tests.unit.catalogue.small import write

EIGHT = {
    "dibao_urban", "dibao_rural", "temp_aid_emergency", "medical_aid_inpatient", "elderly_care_service_subsidy",
    "disability_living_subsidy", "disability_care_subsidy", "old_age_allowance",
}  # fmt: skip


@pytest.fixture(scope="module")
def yongchuan() -> Catalogue:
    return load_catalogue("yongchuan")


def test_it_holds_the_eight_first_programmes(yongchuan: Catalogue) -> None:
    assert yongchuan.programmes.keys() >= EIGHT
    assert len(yongchuan.facts) == 91
    assert len(yongchuan.parameters) == 137
    assert len(yongchuan.statuses) == 85


def sources(catalogue: Catalogue) -> list[Source]:
    found = [source for programme in catalogue.programmes.values() for source in programme.sources]
    found += [row.source for rows in catalogue.parameters.values() for row in rows]
    return found + [s for steps in catalogue.workflows.values() for step in steps for s in step.sources]


def test_nobody_is_sent_to_a_copy_or_a_private_site(yongchuan: Catalogue) -> None:
    kinds = {source.kind for source in sources(yongchuan)}
    assert {"mirror", "other", "none"} <= kinds
    assert not [s for s in sources(yongchuan) if s.public and s.kind in ("mirror", "other", "none")]


def test_money_is_decimal_and_dated(yongchuan: Catalogue) -> None:
    rows = yongchuan.parameters["dibao_standard_rural"]
    assert [(row.valid_from, row.value) for row in rows][-1] == (date(2025, 7, 1), Decimal(630))
    assert all(isinstance(row.value, Decimal) for rows in yongchuan.parameters.values() for row in rows)


def test_figures_of_other_districts_are_marked(yongchuan: Catalogue) -> None:
    assert not yongchuan.parameters["old_age_80"][0].ours
    assert not yongchuan.parameters["med_large_rate_1"][0].ours
    assert yongchuan.parameters["dibao_standard_urban"][0].ours


def test_everything_is_said_in_both_languages(yongchuan: Catalogue) -> None:
    for fact in yongchuan.facts.values():
        texts = [fact.label, fact.question, *fact.allowed_labels.values()]
        assert all(text["zh"].strip() and text["en"].strip() for text in texts), fact.id
        assert set(fact.allowed_labels) == {str(value) for value in fact.allowed}, fact.id


def test_what_is_worked_out_is_not_asked(yongchuan: Catalogue) -> None:
    not_asked = {fact.id for fact in yongchuan.facts.values() if not fact.ask}
    assert {"born", "income_per_capita_month", "rigid_expense_ratio", "hiv_child"} <= not_asked


def test_a_procedure_has_its_whole_limit_where_one_is_known(yongchuan: Catalogue) -> None:
    assert yongchuan.workflow_totals["dibao"].days == 25
    assert yongchuan.workflow_totals["temp_aid_emergency"].days == 1
    assert "generic" not in yongchuan.workflow_totals


def test_every_file_is_read(yongchuan: Catalogue) -> None:
    files = {path.relative_to(FOLDER / "yongchuan").as_posix() for path in (FOLDER / "yongchuan").rglob("*")}
    files = {name for name in files if "." in name}
    read = {
        f"{name}.yml"
        for name in (
            "district",
            "facts",
            "parameters",
            "departments",
            "levels",
            "documents",
            "workflows",
            "statuses",
            "priors",
        )
    }
    assert files == read | {f"programmes/{name}.yml" for name in yongchuan.programmes}


def version(folder: Path, *change: str) -> str:
    return load_catalogue(str(write(folder, *change))).version


@pytest.mark.parametrize(
    ("file", "old", "new", "matters"),
    [
        ("programmes/aid.yml", "age >= 60", "age >= 61", True),
        ("programmes/aid.yml", "valid_from: 2020-01-01", "valid_from: 2020-01-02", True),
        ("programmes/aid.yml", "zh: 满60岁", "zh: 六十岁以上", True),
        ("parameters.yml", "value: 500", "value: 501", True),
        ("facts.yml", "zh: 多大了？", "zh: 几岁？", True),
        ("parameters.yml", "note: another district", "note: somewhere else", False),
        ("parameters.yml", "title: 通知", "title: 公告", False),
        ("programmes/aid.yml", "scope: person\nkind: cash", "kind: cash\nscope: person", False),
        ("programmes/aid.yml", "name:", "# a remark\nname:", False),
        ("priors.yml", "usual: 0.2", "usual: 0.3", False),
    ],
)
def test_the_version_changes_with_the_meaning_only(
    tmp_path: Path, file: str, old: str, new: str, matters: bool
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    before = version(tmp_path / "one").partition("-")[2]
    assert (version(tmp_path / "two", file, old, new).partition("-")[2] != before) is matters
