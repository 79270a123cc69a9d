"""The parts every programme refers to: facts, dated figures, lists of words, procedures, priors."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from backend.catalogue.fields import Field
from backend.eligibility.model import (
    FactDef,
    ParameterRow,
    Source,
    Text,
    WorkflowStep,
)
from backend.eligibility.priors import Chance, Interview

KINDS = ("government", "news", "law_text", "mirror", "other", "none")
CONFIDENCE = ("verified", "general-knowledge")
TYPES = ("bool", "int", "number", "money", "money_per_month", "percent", "enum", "date", "programme_set")
UNITS = ("working_day", "calendar_day", "month", "by_date", "day_of_month")


def source(field: Field) -> Source:
    """Where a rule or figure comes from. Copies and private sites are never public: people are not sent there."""
    keys = field.record(("title", "kind", "public"), ("url",))
    if not {"title", "kind", "public"} <= keys.keys():
        return Source("", None, "none", False)
    kind, public = keys["kind"].choice(KINDS), keys["public"].boolean()
    url = keys["url"].text() if "url" in keys else None
    if public and (kind not in ("government", "news", "law_text") or not url):
        keys["public"].wrong(f"a source of kind `{kind}` must not be public")
    return Source(keys["title"].text(), url, kind, public)


def fact(ident: str, field: Field) -> FactDef:
    """One thing that can be known."""
    keys = field.record(
        ("scope", "type", "label", "question"),
        ("unit", "values", "sensitive", "ask", "derived", "per", "implies", "note"),
    )
    type_ = keys["type"].choice(TYPES) if "type" in keys else "bool"
    values = (
        {key: value.words() for key, value in keys["values"].entries().items()} if "values" in keys else {}
    )
    if type_ == "enum" and not values:
        field.wrong("an enum needs `values`")
    allowed: tuple[str | int, ...] = tuple(values)
    if type_ == "int" and values:
        if not all(value.isdigit() for value in values):
            keys["values"].wrong("the values of a whole number must be whole numbers")
        allowed = tuple(int(value) for value in values if value.isdigit())
    if "per" in keys and "derived" not in keys:
        keys["per"].wrong("`per` needs `derived`")
    scope: Any = keys["scope"].choice(("household", "person")) if "scope" in keys else "person"
    kind: Any = type_
    return FactDef(
        id=ident,
        scope=scope,
        type=kind,
        label=keys["label"].words() if "label" in keys else {},
        question=keys["question"].words() if "question" in keys else {},
        allowed=allowed,
        allowed_labels=values,
        unit=keys["unit"].text() if "unit" in keys else None,
        ask=keys["ask"].boolean() if "ask" in keys else True,
        sensitive=keys["sensitive"].choice(("health", "money", "family", "id"))
        if "sensitive" in keys
        else None,
        derived=keys["derived"].text() if "derived" in keys else None,
        implies=tuple(_implied(item) for item in (keys["implies"].items() if "implies" in keys else [])),
        per=keys["per"].text() if "per" in keys else None,
    )


def _implied(field: Field) -> tuple[bool | str, str, bool | int | str]:
    """What an answer says as well: `{when: true, fact: hukou_chongqing, value: true}`."""
    keys = field.record(("when", "fact", "value"))
    if len(keys) < 3:
        return "", "", ""
    when, value = keys["when"].plain(), keys["value"].plain()
    return (
        str(when) if isinstance(when, int) and not isinstance(when, bool) else when,
        keys["fact"].text(),
        value,
    )


def parameter(field: Field) -> tuple[Text, tuple[ParameterRow, ...]]:
    """A dated figure with its name; the days of its rows go up."""
    keys = field.record(("name", "unit", "rows"))
    unit = keys["unit"].text() if "unit" in keys else ""
    rows: list[ParameterRow] = []
    for item in keys["rows"].items() if "rows" in keys else []:
        found = item.record(("from", "value", "confidence", "source"), ("ours", "note"))
        if not {"from", "value", "confidence", "source"} <= found.keys():
            continue
        confidence: Any = found["confidence"].choice(CONFIDENCE)
        row = ParameterRow(
            valid_from=found["from"].day(),
            value=found["value"].number(),
            unit=unit,
            confidence=confidence,
            source=source(found["source"]),
            note=found["note"].text() if "note" in found else None,
            ours=found["ours"].boolean() if "ours" in found else True,
        )
        if rows and row.valid_from <= rows[-1].valid_from:
            found["from"].wrong("the days must go up")
        rows.append(row)
    if not rows and "rows" in keys:
        keys["rows"].wrong("no figure given")
    return (keys["name"].words() if "name" in keys else {}), tuple(rows)


def workflow(field: Field) -> tuple[tuple[WorkflowStep, ...], WorkflowStep | None]:
    """A procedure: its steps, and its whole limit where a number of days is known."""
    keys = field.record(("name", "limit", "steps"), ("longer", "note"))
    name = keys["name"].words() if "name" in keys else {}
    steps = tuple(
        _step(ident, step) for ident, step in (keys["steps"].entries().items() if "steps" in keys else ())
    )
    if "longer" in keys:
        keys["longer"].record(("days", "unit", "when", "confidence"))
    limit = keys["limit"].record(("days", "unit")) if "limit" in keys else {}
    if not {"days", "unit"} <= limit.keys() or limit["days"].is_null:
        return steps, None
    unit: Any = limit["unit"].choice(UNITS)
    return steps, WorkflowStep("total", name, "", limit["days"].integer(), unit, "")


def _step(ident: str, field: Field) -> WorkflowStep:
    """One step with its time limit."""
    wanted = ("name", "actor", "days", "unit", "basis", "confidence", "sources")
    keys = field.record(wanted, ("note",))
    if not set(wanted) <= keys.keys():
        return WorkflowStep(ident, {}, "", None, "working_day", "")
    unit: Any = keys["unit"].choice(UNITS)
    confidence: Any = keys["confidence"].choice(CONFIDENCE)
    return WorkflowStep(
        id=ident,
        name=keys["name"].words(),
        actor=keys["actor"].text(),
        days=None if keys["days"].is_null else keys["days"].integer(),
        unit=unit,
        basis=keys["basis"].text(),
        sources=tuple(source(item) for item in keys["sources"].items()),
        confidence=confidence,
        note=keys["note"].text() if "note" in keys else None,
    )


def status(field: Field) -> tuple[Text, tuple[str, ...]]:
    """Help that may be stated as received: its words, and the ids it leaves open (`one_of`)."""
    keys = field.record(("zh", "en"), ("one_of",))
    words = {lang: keys[lang].text() for lang in ("zh", "en") if lang in keys}
    return words, keys["one_of"].texts() if "one_of" in keys else ()


def interview(field: Field) -> Interview:
    """What choosing the next question goes by."""
    keys = field.record(
        (
            "worth_asking",
            "worth_a_question",
            "most_questions",
            "usual",
            "sensitive_cost",
            "effort",
            "programmes",
        ),
    )
    if len(keys) < 7:
        return Interview(Decimal(0), 8)
    weights: dict[str, Decimal] = {}
    chances: dict[str, Mapping[str, Chance]] = {}
    for programme, entry in keys["programmes"].entries().items():
        found = entry.record((), ("weight", "criteria"))
        weights[programme] = found["weight"].number() if "weight" in found else Decimal(1)
        criteria = found["criteria"].entries() if "criteria" in found else {}
        chances[programme] = {ident: _chance(item) for ident, item in criteria.items()}
    return Interview(
        worth_asking=_share(keys["worth_asking"]),
        most_questions=keys["most_questions"].integer(),
        worth_a_question=_share(keys["worth_a_question"]),
        sensitive_cost={key: value.number() for key, value in keys["sensitive_cost"].entries().items()},
        effort={key: value.number() for key, value in keys["effort"].entries().items()},
        usual=_share(keys["usual"]),
        weights=weights,
        chances=chances,
    )


def _chance(field: Field) -> Chance:
    """A prior: `usual`, and what changes it."""
    keys = field.record(("usual",), ("given", "relations"))
    given: list[tuple[str, Decimal]] = []
    for item in keys["given"].items() if "given" in keys else []:
        found = item.record(("when", "chance"))
        if len(found) == 2:
            given.append((found["when"].text(), _share(found["chance"])))
    relations = keys["relations"].entries() if "relations" in keys else {}
    return Chance(
        usual=_share(keys["usual"]) if "usual" in keys else Decimal("0.5"),
        given=tuple(given),
        relations={relation: _share(value) for relation, value in relations.items()},
    )


def _share(field: Field) -> Decimal:
    """A number from 0 to 1."""
    found = field.number()
    if not 0 <= found <= 1:
        field.wrong("expected a share from 0 to 1")
    return found
