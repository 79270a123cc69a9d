"""The ranges a question offers as buttons, cut where the rules cut: a tap then settles what an exact sum would settle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.eligibility.model import FactDef
from handlers.facts import find
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Edge:
    """Where one range ends and the next begins; `within`: the figure itself still belongs to the lower one."""

    at: int
    within: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """One range between two edges; the first has no lower edge and the last no upper one."""

    low: Decimal
    high: Decimal | None
    above: Edge | None
    below: Edge | None


_FIXED: Final[Mapping[str, tuple[int, ...]]] = {
    "age": (18, 60, 80),
    "bedridden_months": (1, 6, 12),
    "houses_owned": (1, 2, 3),
    "household_size": (2, 3, 4, 5, 6, 7, 8),
    "household_income_month": (500, 1000, 2000, 3000, 5000),
    "personal_income_month": (1, 500, 1000, 2000, 3000, 5000),
    "medical_self_paid_12m": (1, 5000, 20000, 50000, 100000),
    "rigid_expense_12m": (1, 5000, 20000, 50000, 100000),
}
_BY_TYPE: Final[Mapping[str, tuple[int, ...]]] = {
    "money_per_month": (500, 1000, 2000, 3000, 5000),
    "money": (1, 1000, 5000, 20000, 50000, 100000),
    "int": (1, 2, 3, 6, 12),
    "number": (10, 20, 50, 100),
    "percent": (10, 30, 60, 100),
}


def bands(turn: Turn, definition: FactDef) -> list[Band]:
    """The ranges for one question, none for facts that are no figures."""
    edges = _by_rule(turn, definition.id)
    if not edges:
        edges = [Edge(one) for one in _FIXED.get(definition.id) or _BY_TYPE.get(definition.type) or ()]
    found, low, above = [], Decimal(1 if definition.id == "household_size" else 0), None
    for edge in edges:
        found.append(Band(low, Decimal(edge.at if edge.within else edge.at - 1), above, edge))
        low, above = Decimal(edge.at + 1 if edge.within else edge.at), edge
    return [*found, Band(low, None, above, None)] if found else []


def _by_rule(turn: Turn, fact: str) -> list[Edge]:
    """Edges at the district's own figures on the day, for this household; empty where there are none."""
    lines = _lines(turn)
    match fact:
        case "household_income_month":
            size = find(turn.conversation.draft, "household_size", "household")
            if not lines or size is None or isinstance(size.value, bool | str | tuple) or not size.value:
                return []
            whole = [int(line * size.value) for line in lines]
            ends = [whole[0] // 2, *whole, whole[-1] * 2] if len(whole) == 1 else [*whole, whole[-1] * 2]
            return [Edge(one) for one in ends]
        case "financial_assets_per_capita":
            months, cap = _figure(turn, "asset_months"), _figure(turn, "asset_exempt_cap")
            limits = {int(line * months) for line in lines} if months else set()
            return [Edge(one, within=True) for one in sorted(limits | ({int(cap)} if cap else set()))]
        case "commercial_insurance_premium_year":
            months = _figure(turn, "insurance_premium_months")
            limits = {int(line * months) for line in lines} if months else set()
            return [Edge(1), *(Edge(one) for one in sorted(limits))] if limits else []
        case "vehicle_value":
            worth = _figure(turn, "vehicle_exempt_value")
            return [Edge(int(worth), within=True)] if worth else []
        case "housing_area_per_capita":
            area = _figure(turn, "housing_min_area")
            return [Edge(int(area)), Edge(int(3 * area), within=True)] if area else []
    return []


def _lines(turn: Turn) -> list[Decimal]:
    """The subsistence lines that may be this household's: one when town or village is known, else both."""
    area = find(turn.conversation.draft, "residence_area", "household")
    names = [area.value] if area is not None and area.value in ("urban", "rural") else ["rural", "urban"]
    found = {_figure(turn, f"dibao_standard_{name}") for name in names}
    return sorted(one for one in found if one)


def _figure(turn: Turn, name: str) -> Decimal | None:
    """A dated figure on the day: its last row on or before it, else its first."""
    rows = turn.catalogue.parameters.get(name, ())
    valid = [row for row in rows if row.valid_from <= turn.today]
    return valid[-1].value if valid else rows[0].value if rows else None
