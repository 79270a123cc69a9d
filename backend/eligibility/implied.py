"""What an answer says as well: registered in Yongchuan is registered in Chongqing, so nobody is asked both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from backend.eligibility.model import Answer, Case, Catalogue


def with_implied(catalogue: Catalogue, case: Case) -> Case:
    """The case with what its answers imply (`FactDef.implies`) added wherever nothing was answered outright.

    Chat and intake use it on what people said. `screen` itself never does: it takes a case as it is given, so a
    register or a caseworker can hold two answers apart that people would give in one.
    """
    return replace(
        case,
        household=_filled(catalogue, case.household),
        members=tuple(replace(one, facts=_filled(catalogue, one.facts)) for one in case.members),
    )


def _filled(catalogue: Catalogue, known: Mapping[str, Answer]) -> Mapping[str, Answer]:
    filled = dict(known)
    for fact, said in known.items():
        definition = catalogue.facts.get(fact)
        for when, other, value in definition.implies if definition else ():
            stated = known.get(other)
            if (
                said.state == "answered"
                and said.value == when
                and (stated is None or stated.state != "answered")
            ):
                filled[other] = Answer(value)
    return filled
