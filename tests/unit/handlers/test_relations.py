"""Whom the reporter's words mean."""

from __future__ import annotations

import pytest

from handlers.conversation import Draft, Person, Reporter
from handlers.relations import named, subject_of, who_of


def draft(kind: str, relation: str | None = None) -> Draft:
    return Draft(reporter=Reporter(kind, relation=relation))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "relation", "who", "subject"),
    [
        ("self", None, "self", "self"),
        ("self", None, "father", "father"),
        ("self", None, "other", None),
        ("self", None, "household", "household"),
        ("proxy", "father", "father", "self"),
        ("proxy", "father", "mother", "spouse"),
        ("proxy", "father", "self", "child"),
        ("proxy", "father", "son", "grandchild"),
        ("proxy", "father", "spouse", None),
        ("proxy", "mother", "father", "spouse"),
        ("proxy", "spouse", "daughter", "daughter"),
        ("proxy", "spouse", "self", "spouse"),
        ("proxy", "daughter", "daughter", "self"),
        ("proxy", "daughter", "child", "self"),
        ("proxy", "child", "son", "self"),
        ("proxy", "son", "daughter", "sister"),
        ("proxy", "father", "child", "grandchild"),
        ("proxy", "grandmother", "grandmother", "self"),
        ("proxy", "other", "other", "self"),
        ("proxy", "other", "daughter", "daughter"),
        ("proxy", "other", "self", None),
        ("officer", None, "self", "self"),
        ("officer", None, "other", "self"),
        ("officer", None, "daughter", "daughter"),
    ],
)
def test_it_maps_words_to_people(kind: str, relation: str | None, who: str, subject: str | None) -> None:
    assert subject_of(draft(kind, relation), who) == subject


@pytest.mark.parametrize(
    ("kind", "relation", "who"),
    [
        ("self", None, "father"),
        ("self", None, "self"),
        ("proxy", "father", "father"),
        ("proxy", "father", "mother"),
        ("proxy", "spouse", "son"),
        ("officer", None, "daughter"),
    ],
)
def test_it_finds_the_word_again(kind: str, relation: str | None, who: str) -> None:
    here = draft(kind, relation)
    subject = subject_of(here, who)
    assert subject is not None
    assert who_of(here, subject) == who


def test_it_tells_children_apart() -> None:
    here = draft("self")
    assert subject_of(here, "daughter", 1) == "daughter"
    assert subject_of(here, "daughter", 2) == "daughter2"
    assert subject_of(here, "daughter", 1) == "daughter"
    assert subject_of(here, "daughter") == "daughter"
    assert here.people == [Person("daughter", "daughter", which=1), Person("daughter2", "daughter", which=2)]


def test_it_knows_a_child_by_either_word() -> None:
    here = draft("self")
    assert subject_of(here, "daughter") == "daughter"
    assert subject_of(here, "child") == "daughter"
    here = draft("self")
    assert subject_of(here, "child") == "child"
    assert subject_of(here, "son") == "child"
    assert here.people == [Person("child", "son")]
    assert subject_of(here, "daughter") == "daughter"


@pytest.mark.parametrize(
    ("text", "relation"),
    [("我爸", "father"), ("给我妈办", "mother"), ("爷爷", "grandfather"), ("外婆", "grandmother"), ("my daughter", "daughter"),
     ("我爸和我妈", None), ("今天", None), ("another", None)],
)  # fmt: skip
def test_it_hears_a_relation(text: str, relation: str | None) -> None:
    assert named(text) == relation
