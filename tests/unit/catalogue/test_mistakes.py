"""One wrong file per kind of mistake: each is named with file, line and token, and all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.catalogue.load import load_catalogue
from backend.eligibility import CatalogueError
from tests.unit.catalogue.small import write

AID, FACTS, FIGURES = "programmes/aid.yml", "facts.yml", "parameters.yml"


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as found:
        load_catalogue(str(folder))
    return [str(problem) for problem in found.value.problems]


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "said"),
    [
        # expressions
        (AID, "age >= 60", "agee >= 60", f"{AID}:14", "unknown fact `agee`"),
        (AID, "age >= 60", "age >= $nine", f"{AID}:14", "`$nine` is not a dated figure"),
        (AID, "age >= 60", "age IS NULL", f"{AID}:14", "`age IS NULL` is not allowed"),
        (AID, "age >= 60", "income / 12 >= 60", f"{AID}:14", "`/` is not allowed"),
        (AID, "age >= 60", "ABS(age) >= 60", f"{AID}:14", "`ABS(age)` is not allowed"),
        (AID, "age >= 60", "greatest(age, 3) >= 60", f"{AID}:14", "is not allowed"),
        (AID, "age >= 60", "wealth(age) >= 60", f"{AID}:14", "`wealth`"),
        (AID, "age >= 60", "age >= (SELECT 1)", f"{AID}:14", "is not allowed"),
        (AID, "age >= 60", "age IN (SELECT 1)", f"{AID}:14", "IN needs a list"),
        (AID, "age >= 60", "CASE WHEN age > 1 THEN TRUE END", f"{AID}:14", "is not allowed"),
        (AID, "age >= 60", "vehicle LIKE 'c'", f"{AID}:14", "is not allowed"),
        (AID, "age >= 60", "age >= 60; age", f"{AID}:14", "`;` is not allowed"),
        (AID, "age >= 60", "age >= 60 -- old", f"{AID}:14", "`--` is not allowed"),
        (AID, "age >= 60", "age >=", f"{AID}:14", "cannot be read"),
        (AID, "age >= 60", "(age >= 60", f"{AID}:14", "cannot be read"),
        (AID, "age >= 60", "age", f"{AID}:14", "`age` is not true or false"),
        (AID, "age >= 60", "TRUE", f"{AID}:14", "not allowed as a condition"),
        (AID, "age >= 60", "age >= 'old'", f"{AID}:14", "not"),
        (AID, "age >= 60", "vehicle > 3", f"{AID}:14", "`vehicle` is not a number"),
        (AID, "age >= 60", "vehicle = 'boat'", f"{AID}:14", "`'boat'` is not a value of vehicle"),
        (AID, "age >= 60", "vehicle IN ('car', 'boat')", f"{AID}:14", "`'boat'` is not a value of vehicle"),
        (AID, "age >= 60", "born > 3", f"{AID}:14", "`born` cannot be compared"),
        (AID, "age >= 60", "t.age >= 60", f"{AID}:14", "unknown fact"),
        (AID, "age >= 60", "receives('nothing')", f"{AID}:14", "`nothing` is neither a programme nor"),
        (AID, "age >= 60", "receives(age)", f"{AID}:14", "`receives` needs programme ids"),
        (AID, "age >= 60", "any_member(any_member(age > 3))", f"{AID}:14", "none within another"),
        (AID, "age >= 60", "count_members(age > 3)", f"{AID}:14", "count_members"),
        (FACTS, "  ask: false", "  derived: years_since(age)", f"{FACTS}:12", "`age` is not a date of the same person"),
        (FACTS, "  sensitive: money", "  derived: age + 1", f"{FACTS}:26", "`age` belongs to a person"),
        (FACTS, "  sensitive: money", "  derived: income + 1", f"{FACTS}:26", "`income` follows from itself"),
        (FACTS, "  sensitive: money", "  derived: sum_members(ages)", f"{FACTS}:26", "unknown fact `ages`"),
        (FACTS, "  sensitive: money", "  per: age", f"{FACTS}:26", "`per` needs `derived`"),
        (FACTS, "  unit: year", "  derived: receives('aid')", f"{FACTS}:4", "not"),
        # references
        (FACTS, "  unit: year", "  implies:\n  - {when: 3, fact: nothing, value: 3}", f"{FACTS}:5", "`nothing` is not"),
        (FACTS, "  unit: year", "  implies:\n  - {when: 3, fact: vehicle, value: car}", f"{FACTS}:5", "fact of a person"),
        (AID, "department: civil", "department: magic", f"{AID}:5", "`magic` is not a department"),
        (AID, "accept_level: street", "accept_level: moon", f"{AID}:6", "`moon` is not a level"),
        (AID, "[id_card]", "[id_card, passport]", f"{AID}:27", "`passport` is not a paper"),
        (AID, "workflow: general", "workflow: none_such", f"{AID}:28", "`none_such` is not a procedure"),
        (AID, "parameter: line", "parameter: lime", f"{AID}:24", "`$lime` is not a dated figure"),
        (AID, "programme: tekun", "programme: who", f"{AID}:26", "`who` is not a programme"),
        ("statuses.yml", "tekun, aid", "tekun, who", "statuses.yml:2", "`who` is not a programme or status"),
        ("statuses.yml", "tekun:", "aid:", "statuses.yml:1", "`aid` is already a programme"),
        ("priors.yml", "  aid:", "  who:", "priors.yml:8", "`who` is not a programme"),
        ("priors.yml", "      age:", "      wage:", "priors.yml:11", "`wage` is not a criterion of aid"),
        # shape
        (AID, "en: Aid", "fr: Aide", f"{AID}:1", "the translation into `en` is missing"),
        (AID, "zh: 满60岁", "zh: ''", f"{AID}:15", "expected a text"),
        (AID, "scope: person", "scope: village", f"{AID}:8", "`village` is not one of"),
        (AID, "confidence: verified", "confidence: sure", f"{AID}:33", "`sure` is not one of"),
        (AID, "confidence: verified", "confidence: general-knowledge", f"{AID}:33", "`unverified`"),
        (AID, "gives_status: true", "gives_status: 'yes'", f"{AID}:10", "expected true or false"),
        (AID, "valid_from: 2020-01-01", "valid_from: soon", f"{AID}:11", "expected a date"),
        (AID, "workflow: general", "workflow: general\nvalid_to: 2019-01-01", f"{AID}:29", "before it begins"),
        (AID, "kind: cash\ngives", "kind: cash\nkinds: cash\ngives", f"{AID}:10", "`kinds` is not a key"),
        (AID, "department: civil\n", "", f"{AID}:1", "`department` is missing"),
        (AID, "kind: cash\ngives", "kind: cash\nkind: cash\ngives", f"{AID}:10", "`kind` is given twice"),
        (AID, "  income:\n", "  age:\n", f"{AID}:16", "`age` is given twice"),
        (AID, "  parameter: line", "  parameter: line\n  amount: 2 * $line", f"{AID}:19", "only one of"),
        (AID, "kind: government, public: true", "kind: mirror, public: true", f"{AID}:32", "must not be public"),
        (FACTS, "vehicle:\n", "age:\n", f"{FACTS}:13", "`age` is given twice"),
        (FACTS, "type: int", "type: integer", f"{FACTS}:3", "`integer` is not one of"),
        (FACTS, "  values:\n    none: {zh: 没有, en: None}\n    car: {zh: 小汽车, en: Car}\n", "", f"{FACTS}:13", "`values`"),
        (FIGURES, "value: 500", "value: much", f"{FIGURES}:6", "expected a number"),
        (FIGURES, "from: 2025-01-01", "from: 2023-01-01", f"{FIGURES}:9", "the days must go up"),
        ("workflows.yml", "days: 0", "days: 1.5", "workflows.yml:8", "expected a whole number"),
        ("priors.yml", "usual: 0.2", "usual: 2", "priors.yml:11", "a share from 0 to 1"),
        # files
        (AID, "name:", "name: [", f"{AID}:2", "is not YAML"),
        ("levels.yml", "street: {zh: 镇街, en: Street}\n", "", "levels.yml:1", "is empty"),
    ],
)  # fmt: skip
def test_it_names_the_mistake(tmp_path: Path, file: str, old: str, new: str, place: str, said: str) -> None:
    found = mistakes(write(tmp_path, file, old, new))
    assert any(line.startswith(f"{place}: ") and said in line for line in found), found


def test_the_small_catalogue_itself_is_right(tmp_path: Path) -> None:
    assert load_catalogue(str(write(tmp_path))).programmes.keys() == {"aid"}


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    write(tmp_path, AID, "age >= 60", "agee >= 60")
    path = tmp_path / AID
    path.write_text(
        path.read_text("utf-8").replace("2 * $line", "2 * $nine").replace("civil", "magic"), "utf-8"
    )
    assert len(mistakes(tmp_path)) == 3


def test_programmes_that_wait_for_each_other_are_named(tmp_path: Path) -> None:
    write(tmp_path, AID, "age >= 60", "receives('second')")
    text = (tmp_path / AID).read_text("utf-8").replace("receives('second')", "receives('aid')")
    (tmp_path / "programmes/second.yml").write_text(text, "utf-8")
    assert "programmes wait for each other: aid -> second -> aid" in mistakes(tmp_path)[0]


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "facts.yml").unlink()
    assert any(line.startswith("facts.yml: cannot be read") for line in mistakes(tmp_path))


def test_a_folder_that_is_missing_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no catalogue called nowhere"):
        load_catalogue("nowhere")
