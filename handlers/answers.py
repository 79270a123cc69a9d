"""The buttons of a question: its values in plain words, ranges for money and ages, a few at a time."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from backend.eligibility.model import FactDef
from handlers.bands import Band, bands
from handlers.choices import button, most
from handlers.messages import Choice
from handlers.turn import Turn
from locales import Translator, text, translator
from locales.reasons import value_words

_AID: Final = (
    "dibao",
    "tekun_support",
    "disability_living_subsidy",
    "disability_care_subsidy",
    "old_age_allowance",
    "elderly_care_service_subsidy",
)


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
    return [_band_button(t, definition, one) for one in bands(turn, definition)]


def page(t: Translator, answers: list[Choice], number: int, room: int) -> list[Choice]:
    """As many answers as there is room for; the rest behind "more"."""
    if len(answers) <= room:
        return answers
    size = max(1, room - 1)
    pages = [answers[start : start + size] for start in range(0, len(answers), size)]
    return [*pages[number % len(pages)], button(t("button.more"), "go", "more")]


def room_beside(turn: Turn, controls: list[Choice]) -> int:
    """How many buttons are left for answers beside the controls."""
    return most(turn.conversation) - len(controls)


def _band_button(t: Translator, definition: FactDef, band: Band) -> Choice:
    """A range, or a single figure where that is all the range holds, in words without doubt at its ends."""
    low, high = band.low, band.high
    if low == high:
        point: int | Decimal = int(low) if definition.type == "int" else low
        zero = f"answer.zero.{definition.id}"
        label = t(zero) if point == 0 and t.has(zero) else _amount(t, definition, low)
        return Choice("", label, "answer", value=point, act="value")
    above, below = band.above, band.below
    if below is None:
        key = "answer.above" if above and above.within else "answer.over"
        label = t(key, low=_amount(t, definition, Decimal(above.at if above else 0)))
    elif above is None or above.at <= 1:
        key = "answer.at_most" if below.within else "answer.under"
        label = t(key, high=_amount(t, definition, Decimal(below.at)))
    else:
        # Whole years and months end before the next begins; sums of money are spoken of by their round ends.
        end = high if definition.type == "int" and high is not None else Decimal(below.at)
        label = t("answer.between", low=t.number(above.at), high=_amount(t, definition, end))
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
    names = programme.name if programme else turn.catalogue.status_names.get(id_)
    return text(names, t.lang) if names else None
