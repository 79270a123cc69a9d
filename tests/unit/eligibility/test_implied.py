"""What one answer says as well, in the district's own catalogue."""

from __future__ import annotations

from datetime import date

import pytest

from backend.catalogue.load import load_catalogue
from backend.eligibility import compile_catalogue, next_question, screen, with_implied
from backend.eligibility.model import Answer, Case, Member

CATALOGUE = load_catalogue("yongchuan")
ON = date(2026, 7, 1)


def of(**facts: Answer) -> Case:
    """One person who said this."""
    return Case(ON, members=(Member("self", "self", facts),))


def test_whoever_is_registered_in_yongchuan_is_not_asked_about_chongqing() -> None:
    rules = compile_catalogue(CATALOGUE)
    case = with_implied(CATALOGUE, of(hukou_yongchuan=Answer(True)))
    assert case.members[0].facts["hukou_chongqing"] == Answer(True)
    household: dict[str, Answer] = {}
    asked = []
    while (
        question := next_question(rules, case, screen(rules, case), mode="thorough", asked=asked)
    ) is not None:
        asked.append(question)
        mine = dict(case.members[0].facts)
        (household if question.subject == "household" else mine)[question.fact] = Answer(None, "dont_know")
        case = Case(ON, dict(household), (Member("self", "self", mine),))
    assert "residence_area" in {one.fact for one in asked}
    assert "hukou_chongqing" not in {one.fact for one in asked}


@pytest.mark.parametrize("said", [Answer(False), Answer(None, "declined"), Answer(None, "dont_know")])
def test_anything_but_that_answer_implies_nothing(said: Answer) -> None:
    assert "hukou_chongqing" not in with_implied(CATALOGUE, of(hukou_yongchuan=said)).members[0].facts


def test_what_was_said_outright_wins() -> None:
    case = with_implied(CATALOGUE, of(hukou_yongchuan=Answer(True), hukou_chongqing=Answer(False)))
    assert case.members[0].facts["hukou_chongqing"] == Answer(False)


def test_a_skipped_question_is_filled_by_what_another_answer_says() -> None:
    case = with_implied(CATALOGUE, of(hukou_yongchuan=Answer(True), hukou_chongqing=Answer(None, "declined")))
    assert case.members[0].facts["hukou_chongqing"] == Answer(True)
