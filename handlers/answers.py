"""The buttons of a question: its values in plain words, ranges for money and ages, a few at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from backend.eligibility.model import FactDef
from handlers.choices import MOST, button
from handlers.messages import Choice
from handlers.turn import Turn
from locales import Translator, text, translator
from locales.reasons import value_words

# Upper ends of the ranges offered, per fact or kind of fact; the last range is open. Exact sums may always be typed.
_MONTH: Final = (500, 1000, 2000, 3000, 5000, 8000)
_BANDS: Final[Mapping[str, tuple[int, ...]]] = {
    "age": (17, 59, 79),
    "bedridden_months": (0, 5, 11),
    "houses_owned": (0, 1, 2),
    "household_size": (1, 2, 3, 4, 5, 6, 7),
    "personal_income_month": (0, *_MONTH),
    "financial_assets_per_capita": (0, 5000, 15000, 50000),
    "commercial_insurance_premium_year": (0, 2000, 5000, 10000),
    "medical_self_paid_12m": (0, 5000, 20000, 50000, 100000),
    "rigid_expense_12m": (0, 5000, 20000, 50000, 100000),
    "vehicle_value": (5000, 30000, 100000),
    "housing_area_per_capita": (10, 20, 40, 80),
}
_BANDS_OF: Final[Mapping[str, tuple[int, ...]]] = {
    "money_per_month": _MONTH,
    "money": (0, 1000, 5000, 20000, 50000, 100000),
    "int": (0, 1, 2, 3, 5, 11),
    "number": (0, 10, 20, 50, 100),
    "percent": (10, 30, 60, 100),
}
_AID: Final = (
    "dibao",
    "tekun_support",
    "disability_living_subsidy",
    "disability_care_subsidy",
    "old_age_allowance",
    "elderly_care_service_subsidy",
)


@dataclass(frozen=True, slots=True)
class _Band:
    low: Decimal | None
    high: Decimal | None


def options(turn: Turn, definition: FactDef) -> list[Choice]:
    """Every answer a button can give to a question, in the order of the catalogue."""
    t = translator(turn.conversation.lang)
    if definition.type == "bool":
        yes, no = f"answer.yes.{definition.id}", f"answer.no.{definition.id}"
        return [
            button(t(yes if t.has(yes) else "answer.yes"), "answer", "yes", value=True),
            button(t(no if t.has(no) else "answer.no"), "answer", "no", value=False),
        ]
    if definition.type == "programme_set":
        aid = [(id_, _aid_name(turn, id_)) for id_ in _AID]
        return [
            button(t("answer.aid.none"), "answer", "value", value=()),
            *(button(name, "answer", "value", value=(id_,)) for id_, name in aid if name),
        ]
    if definition.allowed:
        values = sorted(definition.allowed, key=lambda one: one in ("none", "no_house"), reverse=True)
        return [button(value_words(definition, one, t.lang), "answer", "value", value=one) for one in values]
    bands = _BANDS.get(definition.id) or _BANDS_OF.get(definition.type)
    return [_band_button(t, definition, one) for one in _bands(bands, definition)] if bands else []


def page(t: Translator, answers: list[Choice], number: int, room: int) -> list[Choice]:
    """As many answers as there is room for; the rest behind "more"."""
    if len(answers) <= room:
        return answers
    size = max(1, room - 1)
    pages = [answers[start : start + size] for start in range(0, len(answers), size)]
    return [*pages[number % len(pages)], button(t("button.more"), "go", "more")]


def room_beside(controls: list[Choice]) -> int:
    """How many buttons are left for answers beside the controls."""
    return MOST - len(controls)


def _bands(ends: tuple[int, ...], definition: FactDef) -> list[_Band]:
    whole = definition.type == "int"
    found, low = [], Decimal(1 if definition.id == "household_size" else 0)
    for end in ends:
        high = Decimal(end)
        found.append(_Band(low, high))
        low = high + 1 if whole else high
    return [*found, _Band(low, None)]


def _band_button(t: Translator, definition: FactDef, band: _Band) -> Choice:
    low, high = band.low, band.high
    if low is not None and low == high:
        point: int | Decimal = int(low) if definition.type == "int" else low
        zero = f"answer.zero.{definition.id}"
        label = t(zero) if point == 0 and t.has(zero) else _amount(t, definition, low)
        return Choice("", label, "answer", value=point, act="value")
    if high is None:
        label = t("answer.over", low=_amount(t, definition, low or Decimal(0)))
    elif not low:
        label = t("answer.under", high=_amount(t, definition, high + 1 if definition.type == "int" else high))
    else:
        label = t("answer.between", low=t.number(low), high=_amount(t, definition, high))
    return Choice("", label, "answer", low=low, high=high, act="value")


def _amount(t: Translator, definition: FactDef, value: Decimal) -> str:
    whole = int(value) if value == int(value) else value
    if definition.type in ("money", "money_per_month"):
        return t.money(whole)
    unit = f"unit.{definition.unit}"
    return t(unit, number=t.number(whole)) if t.has(unit) else t.number(whole)


def _aid_name(turn: Turn, id_: str) -> str | None:
    t = translator(turn.conversation.lang)
    if t.has(f"answer.aid.{id_}"):
        return t(f"answer.aid.{id_}")
    programme = turn.catalogue.programmes.get(id_)
    return text(programme.name, t.lang) if programme else None
