"""A conversation as JSON and back, by version. What an older desk wrote is brought up to date; what a newer one wrote
is refused rather than half read."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from handlers.conversation import STATE_VERSION, Conversation

UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From a version to the next one. Raise STATE_VERSION and add a line whenever a field changes its meaning."""


class StateTooNewError(Exception):
    """The state was written by a newer desk; this one would lose what it cannot read."""


def dump(conversation: Conversation) -> dict[str, Any]:
    """Everything about a conversation as plain JSON."""
    plain: dict[str, Any] = _dump(conversation)
    return plain


def load(plain: dict[str, Any]) -> Conversation:
    """A conversation from what `dump` wrote, now or by an older version. Raises StateTooNewError."""
    version = int(plain.get("state_version", 1))
    if version > STATE_VERSION:
        raise StateTooNewError
    for step in range(version, STATE_VERSION):
        plain = UPGRADES[step](plain)
    conversation = _load(Conversation, {**plain, "state_version": STATE_VERSION})
    assert isinstance(conversation, Conversation)
    return conversation


def _dump(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _dump(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    if isinstance(value, tuple):
        return {"$tuple": [_dump(each) for each in value]}
    if isinstance(value, list):
        return [_dump(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _dump(each) for key, each in value.items()}
    return value


_TAGS: dict[str, Callable[[Any], Any]] = {
    "$decimal": Decimal,
    "$moment": datetime.fromisoformat,
    "$day": date.fromisoformat,
}


def _load(kind: Any, plain: Any) -> Any:
    """`plain` as a `kind`; keys that are not known (any more) are left out, missing ones keep their default."""
    if isinstance(plain, dict) and len(plain) == 1:
        tag, inner = next(iter(plain.items()))
        if tag in _TAGS:
            return _TAGS[tag](inner)
        if tag == "$tuple":
            return tuple(_load(_inner(kind), each) for each in inner)
    kind = _without_none(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _load(hints[name], each) for name, each in plain.items() if name in hints})
    if isinstance(plain, list):
        return [_load(_inner(kind), each) for each in plain]
    if isinstance(plain, dict):
        return {key: _load(Any, each) for key, each in plain.items()}
    return plain


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _inner(kind: Any) -> Any:
    arguments = get_args(kind)
    return arguments[0] if arguments else Any


def _without_none(kind: Any) -> Any:
    """`X` of `X | None`; other unions hold plain values only."""
    if get_origin(kind) in (Union, types.UnionType):
        inside = [each for each in get_args(kind) if each is not type(None)]
        return inside[0] if len(inside) == 1 else Any
    return kind
