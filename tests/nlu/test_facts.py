"""A floor under what the extractors make of sentences they were not written for."""

from __future__ import annotations

from tests.nlu.data import NLU
from tests.unit.interpretation.rows import parse, read, sure

HELD_OUT = NLU.parent / "tests" / "nlu" / "held_out_facts.txt"


def test_it_is_seldom_wrong_about_new_sentences_and_often_right() -> None:
    rows = list(parse(HELD_OUT))
    got = [sure(read(row.text)) for row in rows]
    wanted = sum(len(row.facts) for row in rows)
    right = sum(len(g & row.facts) for g, row in zip(got, rows, strict=True))
    wrong = [(row.place, g - row.facts) for g, row in zip(got, rows, strict=True) if g - row.facts]
    assert len(wrong) <= 2, wrong
    assert right / wanted >= 0.65
