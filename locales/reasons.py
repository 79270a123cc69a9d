"""Why a result is what it is, in plain sentences with the person's own values; what would settle it; what it would give.

reasons(catalogue, result, "zh")        # ["人均月收入低于农村低保标准：人均月收入每月300元，低于每月496元。", ...]
amount_words(catalogue, result, "zh")   # "全家每月392元（按2020年9月1日起的标准）"
value_words(fact_def, value, "zh")      # "每月400元到600元"

No sentence says yes: only the office decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from backend.eligibility.model import (
    Amount,
    Catalogue,
    Compared,
    Decided,
    FactDef,
    Range,
    Result,
    Text,
    Value,
)
from locales import Translator, text, translator

MOST_LISTED = 4  # more things than this are summed up, so that nobody reads a form aloud
RECEIVED = "receiving_programmes"
WORDS_FOR = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least", "=": "equal", "<>": "differs"}
PERIODS = {
    "CNY/household/month": "household_month",
    "CNY/person/month": "person_month",
    "CNY/person/year": "person_year",
    "CNY/person/term": "person_term",
    "CNY/person/day": "person_day",
    "CNY/person": "person",
    "CNY/household": "household",
    "CNY/household/year": "household_year",
    "CNY/vehicle/year": "vehicle_year",
    "CNY/room": "room",
    "CNY/month": "month",
    "CNY/year": "year",
    "CNY": "sum",
}


def reasons(catalogue: Catalogue, result: Result, lang: str) -> list[str]:
    """Why the result is what it is, one short sentence each; for "cannot tell yet", what would settle it."""
    t = translator(lang)
    if result.truth is None:
        return _open(catalogue, result, t)
    programme = catalogue.programmes.get(result.programme)
    words = {one.id: one.words for one in programme.criteria} if programme else {}
    key = "reason.holds" if result.truth else "reason.fails"
    found = []
    for decided in sorted(result.decided_by, key=_weight):
        criterion = text(words.get(decided.criterion, {}), t.lang) or decided.criterion
        details = _details(catalogue, decided, result.after, t)
        if details:
            found.append(t(f"{key}_with", criterion=criterion, details=t("reason.comma").join(details)))
        else:
            found.append(t(key, criterion=criterion))
    if result.truth and result.after:
        found.append(t("reason.after", programmes=_names(catalogue, result.after, t)))
    return found


def _weight(decided: Decided) -> int:
    """Figures of the law first, then the person's own values, then plain yes or no."""
    if decided.parameters and decided.compared:
        return 0
    return 1 if any(not isinstance(value, bool) for value in decided.values.values()) else 2


def amount_words(catalogue: Catalogue, result: Result, lang: str) -> str | None:
    """What it would give, with the day of the figures; "please ask the office" when no figure may be shown.

    None when nothing is to be said of money: the result is not a yes, or the help is not money.
    """
    programme = catalogue.programmes.get(result.programme)
    if result.truth is not True or programme is None:
        return None
    t = translator(lang)
    amount = result.amount
    if amount is None:
        return t("amount.ask_office") if programme.benefit.kind == "cash" else None
    period = PERIODS.get(amount.unit)
    if not amount.shown or period is None:
        return t("amount.ask_office")
    said = t(f"amount.{period}", money=_money(amount, t))
    return t("amount.dated", amount=said, date=t.date(amount.since)) if amount.since else said


def value_words(fact_def: FactDef, value: Value, lang: str, catalogue: Catalogue | None = None) -> str:
    """A value the way people say it; programmes by their names when the catalogue is given."""
    t = translator(lang)
    if isinstance(value, bool):
        return t("value.yes" if value else "value.no")
    if isinstance(value, tuple):
        if not value:
            return t("value.nothing")
        return _names(catalogue, value, t) if catalogue else t("reason.list").join(value)
    if isinstance(value, date):
        return t.date(value)
    if isinstance(value, Range):
        return _per(fact_def, _range(fact_def, value.low, value.high, t), t)
    if isinstance(value, str):
        return text(fact_def.allowed_labels.get(value, {}), t.lang) or value
    label = fact_def.allowed_labels.get(str(value))
    return text(label, t.lang) if label else _per(fact_def, _number(fact_def, value, t), t)


# ---- what is open


def _open(catalogue: Catalogue, result: Result, t: Translator) -> list[str]:
    """What would settle it: the facts themselves, or another programme's outcome."""
    found = []
    own = _own_labels(catalogue, result, t)
    if own:
        listed = t("reason.things").join(own[:MOST_LISTED])
        rest = len(own) - MOST_LISTED
        found.append(
            t("reason.settles_more", facts=listed, count=rest)
            if rest > 0
            else t("reason.settles", facts=listed)
        )
    if result.after:
        found.append(t("reason.waits", programmes=_names(catalogue, result.after, t)))
    if not found and not result.missing:
        return [t("reason.incomplete")]  # no for everybody spoken of, and somebody may not have been
    return found or [t("reason.office")]


def _own_labels(catalogue: Catalogue, result: Result, t: Translator) -> list[str]:
    """What is not known, each thing once: only what this programme itself reads, not what those it waits for do, and
    without the inputs of something that can be said outright."""
    programme = catalogue.programmes.get(result.programme)
    read = " ".join(one.when for one in programme.criteria) if programme else ""
    read += f" {RECEIVED}" if "receives(" in read else ""
    for name, fact in catalogue.facts.items():
        if fact.derived and re.search(rf"\b{name}\b", read) and not fact.ask:
            read += f" {fact.derived} {fact.per or ''}"
    known = dict.fromkeys(ref.fact for ref in result.missing if ref.fact in catalogue.facts)
    names = [name for name in known if re.search(rf"\b{name}\b", read)]
    return [_thing(catalogue.facts[name], t) for name in names]


def _thing(fact: FactDef, t: Translator) -> str:
    """Something to be known: what it is, or whether it is so."""
    label = text(fact.label, t.lang)
    return t("reason.whether", fact=label) if fact.type == "bool" else label


# ---- what was used


def _details(catalogue: Catalogue, decided: Decided, after: Sequence[str], t: Translator) -> list[str]:
    """The person's own values behind a criterion: numbers beside their limits, choices by name."""
    found = []
    compared = _telling(decided.compared)
    for fact, value in decided.values.items():
        definition = catalogue.facts.get(fact)
        if definition is None or value is None:
            continue
        label = text(definition.label, t.lang)
        if fact == RECEIVED:
            if isinstance(value, tuple) and value and decided.truth:
                key = "reason.if_granted" if set(value) <= set(after) else "reason.received"
                found.append(t(key, programmes=_names(catalogue, value, t)))
        elif fact in compared:
            found.append(_beside(definition, compared[fact], t))
        elif not isinstance(value, bool):
            said = value_words(definition, value, t.lang, catalogue)
            found.append(t("reason.is", fact=label, value=said))
    return found


def _telling(compared: Sequence[Compared]) -> dict[str, Compared]:
    """One comparison a fact: the one that says most ("under 60" rather than "under 80")."""
    found: dict[str, Compared] = {}
    for one in compared:
        before = found.get(one.fact)
        if before is None or _tighter(one, before):
            found[one.fact] = one
    return found


def _tighter(one: Compared, before: Compared) -> bool:
    ours, theirs = one.limit, before.limit
    if isinstance(ours, int | Decimal) and isinstance(theirs, int | Decimal) and one.sign == before.sign:
        return ours < theirs if one.sign in ("<", "<=") else ours > theirs
    return False


def _beside(fact: FactDef, compared: Compared, t: Translator) -> str:
    """ "Monthly income per person is 300 yuan a month, below 496 yuan a month"."""
    key = f"reason.{WORDS_FOR[compared.sign]}"
    if compared.limit == 0:
        key = "reason.equal"  # "above nothing" says nothing
    if fact.unit == "year" and t.has(f"{key}_age"):
        key += "_age"
    return t(
        key,
        fact=text(fact.label, t.lang),
        value=value_words(fact, compared.value, t.lang),
        limit=value_words(fact, compared.limit, t.lang),
    )


def _names(catalogue: Catalogue, programmes: Sequence[str], t: Translator) -> str:
    """Programmes by their names, those that are only statuses as well."""

    def name(one: str) -> Text:
        found = catalogue.programmes.get(one)
        return found.name if found else catalogue.status_names.get(one, {t.lang: one})

    return t("reason.list").join(text(name(one), t.lang) for one in programmes)


# ---- numbers


def _number(fact: FactDef, value: int | Decimal, t: Translator) -> str:
    """A number with its unit."""
    if fact.type in ("money", "money_per_month"):
        return t.money(value)
    number = t.number(value)
    if fact.type == "percent":
        return t("value.percent", number=number)
    key = f"unit.{fact.unit}"
    if not fact.unit or not t.has(key):
        return number
    return t.n(key, int(value), number=number) if value == int(value) else t(f"{key}_part", number=number)


def _range(fact: FactDef, low: Decimal | None, high: Decimal | None, t: Translator) -> str:
    """A range, open or closed."""
    if low is not None and high is not None:
        if low == high:
            return _number(fact, low, t)
        return t("value.between", low=_number(fact, low, t), high=_number(fact, high, t))
    if low is not None:
        return t("value.from", low=_number(fact, low, t))
    return t("value.to", high=_number(fact, high or Decimal(0), t))


def _per(fact: FactDef, said: str, t: Translator) -> str:
    """Money of a month or a year says so."""
    if fact.type == "money_per_month":
        return t("value.per_month", money=said)
    return t("value.per_year", money=said) if fact.unit == "CNY/year" else said


def _money(amount: Amount, t: Translator) -> str:
    """The amount of a benefit."""
    low, high = amount.low, amount.high
    if low is None or high is None or low == high:
        return t.money(low if low is not None else high or Decimal(0))
    return t("value.between", low=t.money(low), high=t.money(high))
