"""What choosing the next question goes by, as data; it changes no truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a criterion holds for somebody who comes to the desk, before it is known: the first `given` whose
    expression holds, else the one for the member's relation, else `usual`."""

    usual: Decimal
    given: tuple[tuple[str, Decimal], ...] = ()
    relations: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Interview:
    """What choosing the next question goes by: priors and costs, as data."""

    worth_asking: Decimal  # the chance from which a programme is worth a question in a shortlist
    most_questions: int  # a shortlist's length
    sensitive_cost: Mapping[str, Decimal] = field(default_factory=dict)  # by kind of sensitivity
    effort: Mapping[str, Decimal] = field(default_factory=dict)  # by type of fact
    worth_a_question: Decimal = Decimal(
        0
    )  # what a question of a shortlist must promise (chance x doubt x weight)
    usual: Decimal = Decimal("0.5")  # a criterion nothing is known of
    weights: Mapping[str, Decimal] = field(
        default_factory=dict
    )  # by programme: how much it matters to people
    chances: Mapping[str, Mapping[str, Chance]] = field(default_factory=dict)  # programme -> criterion
