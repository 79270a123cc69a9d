"""One programme, one file: who it is for, what it asks of people, what it gives, and where that is written."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from backend.catalogue.fields import Field
from backend.catalogue.sections import CONFIDENCE, source
from backend.eligibility.model import Benefit, Conflict, Criterion, Programme, Tier

REQUIRED = (
    "name", "description", "department", "accept_level", "decide_level", "scope", "kind", "valid_from", "criteria",
    "benefit", "documents", "workflow", "legal_basis", "sources", "confidence",
)  # fmt: skip
OPTIONAL = ("valid_to", "gives_status", "urgent", "automatic", "excludes", "unverified", "note")
BENEFITS = ("cash", "in_kind", "service", "fee_reduction", "loan", "status", "mixed")


@dataclass(frozen=True, slots=True)
class Known:
    """The ids a programme may refer to."""

    departments: Container[str]
    levels: Container[str]
    documents: Container[str]
    workflows: Container[str]
    parameters: Container[str]
    programmes: Container[str]  # and what may be stated as received


def programme(ident: str, field: Field, known: Known) -> Programme | None:
    """The programme, or None when too much of it is missing to be one."""
    keys = field.record(REQUIRED, OPTIONAL)
    if not set(REQUIRED) <= keys.keys():
        return None
    confidence: Any = keys["confidence"].choice(CONFIDENCE)
    scope: Any = keys["scope"].choice(("household", "person"))
    valid_from = keys["valid_from"].day()
    valid_to = keys["valid_to"].day() if "valid_to" in keys else None
    if valid_to and valid_to < valid_from:
        keys["valid_to"].wrong("ends before it begins")
    unverified = keys["unverified"].texts() if "unverified" in keys else ()
    if confidence == "general-knowledge" and not unverified:
        keys["confidence"].wrong("say under `unverified` what was not found")
    criteria = tuple(_criterion(key, item) for key, item in keys["criteria"].entries().items())
    if not criteria:
        keys["criteria"].wrong("a programme needs at least one criterion")
    sources = tuple(source(item) for item in keys["sources"].items())
    if not sources:
        keys["sources"].wrong("a programme needs a source")
    return Programme(
        id=ident,
        name=keys["name"].words(),
        description=keys["description"].words(),
        department=_reference(keys["department"], known.departments, "department"),
        accept_level=_reference(keys["accept_level"], known.levels, "level"),
        decide_level=_reference(keys["decide_level"], known.levels, "level"),
        scope=scope,
        kind=keys["kind"].choice(BENEFITS),
        gives_status=keys["gives_status"].boolean() if "gives_status" in keys else False,
        criteria=criteria,
        benefit=_benefit(keys["benefit"], known),
        documents=tuple(_reference(item, known.documents, "paper") for item in keys["documents"].items()),
        excludes=tuple(
            _conflict(item, known) for item in (keys["excludes"].items() if "excludes" in keys else [])
        ),
        workflow=_reference(keys["workflow"], known.workflows, "procedure"),
        legal_basis=tuple(_law(item) for item in keys["legal_basis"].items()),
        sources=sources,
        valid_from=valid_from,
        valid_to=valid_to,
        confidence=confidence,
        unverified=unverified,
        urgent=keys["urgent"].boolean() if "urgent" in keys else False,
        note=keys["note"].text() if "note" in keys else None,
        automatic=keys["automatic"].boolean() if "automatic" in keys else False,
    )


def _reference(field: Field, known: Container[str], what: str) -> str:
    """An id that must exist."""
    found = field.text()
    if found and found not in known:
        field.wrong(f"`{found}` is not a {what} of this catalogue")
    return found


def _criterion(ident: str, field: Field) -> Criterion:
    """One condition with its wording."""
    keys = field.record(("when", "words"))
    return Criterion(
        id=ident,
        when=keys["when"].text() if "when" in keys else "",
        words=keys["words"].words() if "words" in keys else {},
    )


def _benefit(field: Field, known: Known) -> Benefit:
    """What is given: at most one of a dated figure, an expression and tiers."""
    keys = field.record(("kind", "words"), ("unit", "period", "parameter", "amount", "tiers", "related"))
    if sum(key in keys for key in ("parameter", "amount", "tiers")) > 1:
        field.wrong("only one of `parameter`, `amount` and `tiers` may be given")
    return Benefit(
        kind=keys["kind"].choice(BENEFITS) if "kind" in keys else "cash",
        unit=keys["unit"].text() if "unit" in keys else "",
        period=keys["period"].text() if "period" in keys else "",
        words=keys["words"].words() if "words" in keys else {},
        parameter=keys["parameter"].text() if "parameter" in keys else None,
        amount=keys["amount"].text() if "amount" in keys else None,
        tiers=tuple(_tier(item) for item in (keys["tiers"].items() if "tiers" in keys else [])),
        related=tuple(
            _reference(item, known.parameters, "dated figure")
            for item in (keys["related"].items() if "related" in keys else [])
        ),
    )


def _tier(field: Field) -> Tier:
    """A step of a benefit; without `when` it is for everybody the earlier ones left."""
    keys = field.record(("label",), ("when", "parameter", "amount"))
    if ("parameter" in keys) == ("amount" in keys):
        field.wrong("a tier needs either `parameter` or `amount`")
    return Tier(
        label=keys["label"].words() if "label" in keys else {},
        when=keys["when"].text() if "when" in keys else None,
        parameter=keys["parameter"].text() if "parameter" in keys else None,
        amount=keys["amount"].text() if "amount" in keys else None,
    )


def _conflict(field: Field, known: Known) -> Conflict:
    """A programme that cannot be paid together with this one."""
    keys = field.record(("programme", "rule"))
    rule: Any = keys["rule"].choice(("cannot_combine", "take_higher")) if "rule" in keys else "cannot_combine"
    return Conflict(
        _reference(keys["programme"], known.programmes, "programme") if "programme" in keys else "", rule
    )


def _law(field: Field) -> str:
    """A law by name and number, as people cite it."""
    keys = field.record(("name", "number"))
    return f"{keys['name'].text()}（{keys['number'].text()}）" if len(keys) == 2 else ""
