"""Help that is received, or would be granted: what it opens, what waits for it, and that nothing opens itself."""

from __future__ import annotations

import pytest

from backend.eligibility import CatalogueError
from backend.eligibility.model import HOUSEHOLD, Answer, FactRef
from tests.rulebook import Rule, case, result, rulebook

FACTS = {"poor": "household bool", "alone": "bool", "old": "bool"}
PROGRAMMES = {
    "aid": Rule(["old", "receives('dibao', 'tekun')"]),
    "dibao": Rule(["poor"], scope="household", gives_status=True),
    "tekun": Rule(["alone"], gives_status=True),
}
RULES = rulebook(FACTS, PROGRAMMES, statuses=["other"])
NOTHING = {"receiving_programmes": ()}


def of(household: dict[str, object], *people: dict[str, object], who: str = "p0", **more: object):
    return result(RULES, case(household, *people, **more), "aid", who)  # type: ignore[arg-type]


def test_it_counts_what_is_stated() -> None:
    old = {"old": True}
    assert of({"receiving_programmes": ("dibao",)}, old).truth is True
    assert of({}, {**old, "receiving_programmes": ("tekun",)}).truth is True
    assert of({"receiving_programmes": ("dibao",)}, {**old, **NOTHING}).truth is True
    assert of({"receiving_programmes": ("dibao",)}, old).after == ()


def test_help_to_one_person_is_not_help_to_another() -> None:
    people = (
        {"old": True, "alone": False, "receiving_programmes": ("tekun",)},
        {"old": True, "alone": False},
    )
    assert of({"poor": False, **NOTHING}, *people).truth is True
    assert of({"poor": False, **NOTHING}, *people, who="p1").truth is False


def test_nothing_stated_is_unknown_and_none_is_false() -> None:
    nobody = {"old": True, "alone": False}
    assert of({"poor": False}, nobody).truth is None
    assert of({"poor": False, **NOTHING}, nobody).truth is False
    assert of({"poor": False, "receiving_programmes": ("other",)}, nobody).truth is False
    assert of({"poor": False, "receiving_programmes": Answer(state="declined")}, nobody).truth is None


def test_what_would_be_granted_opens_what_builds_on_it() -> None:
    found = of({"poor": True, **NOTHING}, {"old": True, "alone": False})
    assert found.truth is True
    assert found.after == ("dibao",)
    assert found.decided_by[1].values == {"receiving_programmes": ("dibao",)}


def test_what_a_household_would_get_counts_for_every_member() -> None:
    people = ({"old": True}, {"old": True})
    assert of({"poor": True, **NOTHING}, *people, who="p1").truth is True


def test_what_a_person_would_get_counts_for_that_person() -> None:
    people = ({"old": True, "alone": True}, {"old": True, "alone": False})
    assert of({"poor": False, **NOTHING}, *people).after == ("tekun",)
    assert of({"poor": False, **NOTHING}, *people, who="p1").truth is False


def test_it_waits_for_what_is_undecided() -> None:
    found = of(NOTHING, {"old": True, "alone": False})
    assert found.truth is None
    assert found.after == ("dibao",)
    assert found.missing == (FactRef("poor", HOUSEHOLD),)


def test_a_no_waits_for_nothing() -> None:
    found = of({}, {"old": False})
    assert (found.truth, found.after, found.missing) == (False, (), ())


def test_a_programme_never_opens_itself() -> None:
    rules = rulebook(FACTS, {"p": Rule(["poor", "receives('p', 'q')"], gives_status=True)}, statuses=["q"])
    given = case({"poor": True, "receiving_programmes": ("p",)}, {})
    assert result(rules, given, "p").truth is False
    given = case({"poor": True, "receiving_programmes": ("p", "q")}, {})
    assert result(rules, given, "p").truth is True


def test_a_programme_without_a_status_grants_none() -> None:
    rules = rulebook(FACTS, {"p": Rule(["poor"]), "q": "receives('p')"})
    assert result(rules, case({"poor": True, **NOTHING}, {}), "q").truth is False


def test_it_passes_on_through_several_programmes_in_one_go() -> None:
    rules = rulebook(
        FACTS,
        {
            "c": Rule(["receives('b')"]),
            "b": Rule(["receives('a')"], gives_status=True),
            "a": Rule(["poor"], scope="household", gives_status=True),
        },
    )
    assert result(rules, case({"poor": True, **NOTHING}, {}), "c").truth is True
    found = result(rules, case(NOTHING, {}), "c")
    assert found.truth is None
    assert found.after == ("b",)
    assert found.missing == (FactRef("poor", HOUSEHOLD),)


def test_not_receiving_is_the_opposite() -> None:
    rules = rulebook(FACTS, {**PROGRAMMES, "near": Rule(["NOT receives('dibao')"], scope="household")})
    assert result(rules, case({"poor": False, **NOTHING}, {}), "near").truth is True
    assert result(rules, case({"poor": True, **NOTHING}, {}), "near").truth is False
    assert result(rules, case(NOTHING, {}), "near").truth is None
    assert result(rules, case({"poor": False}, {}), "near").truth is None


def test_programmes_that_wait_for_each_other_are_an_error() -> None:
    circle = {
        "a": Rule(["receives('b')"], gives_status=True),
        "b": Rule(["receives('c')"], gives_status=True),
        "c": Rule(["receives('a')"], gives_status=True),
    }
    with pytest.raises(CatalogueError, match="a -> b -> c -> a"):
        rulebook(FACTS, circle)


def test_words_that_leave_open_which_one_count_when_every_reading_does() -> None:
    rules = rulebook(
        FACTS,
        {"both": "receives('urban', 'rural')", "one": "receives('urban')", "none": "receives('other')"},
        statuses=["urban", "rural", "other"],
        groups={"dibao": ("urban", "rural")},
    )
    given = case({"receiving_programmes": ("dibao",)}, {})
    assert [result(rules, given, name).truth for name in ("both", "one", "none")] == [True, None, False]
