"""Replies as JSON, in the shape of the web chat's `Message` (which stays put) without its id.

Kept in `outbound.message`: the web page reads it as it is, Telegram and the terminal draw it their way.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from handlers.messages import Asks, Choice, FactValue, Reply, SuggestionLine, UnderstoodFact


def message(reply: Reply) -> dict[str, Any]:
    """A reply as JSON; `chosen` and `brief` are there only when set."""
    shown: dict[str, Any] = {
        "kind": reply.kind,
        "step": reply.step,
        "text": reply.text,
        "asks": _asks(reply.asks),
        "choices": [_choice(choice) for choice in reply.choices],
        "suggestions": None
        if reply.suggestions is None
        else [_suggestion(line) for line in reply.suggestions],
        "understood": None if reply.understood is None else [fact(known) for known in reply.understood],
        "receipt": plain(reply.receipt),
    }
    if reply.chosen is not None:
        shown["chosen"] = reply.chosen
    if reply.brief is not None:
        shown["brief"] = reply.brief
    return shown


def fact(known: UnderstoodFact) -> dict[str, Any]:
    """A fact as it was read from words: `value`, or `low` and `high`; `which` only where there are several."""
    shown: dict[str, Any] = {"fact": known.fact, "who": known.who}
    if known.value is not None:
        shown["value"] = plain(known.value)
    if known.low is not None or known.high is not None:
        shown["low"], shown["high"] = plain(known.low), plain(known.high)
    shown |= {"words": known.words, "span": list(known.span), "sureness": known.sureness}
    if known.which is not None:
        shown["which"] = known.which
    if known.shown:
        shown["shown"] = known.shown
    return shown


def plain(value: FactValue | dict[str, Any] | list[Any] | None) -> Any:
    """The same in JSON's own kinds. Whole amounts become integers, others decimal numbers for display."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def _asks(asks: Asks | None) -> dict[str, str] | None:
    return None if asks is None else {"fact": asks.fact, "for": asks.subject}


def _choice(choice: Choice) -> dict[str, Any]:
    shown = {"id": choice.id, "label": choice.label, "kind": choice.kind, "value": plain(choice.value)}
    if choice.low is not None or choice.high is not None:  # a range, such as "400 to 600 yuan"
        shown |= {"low": plain(choice.low), "high": plain(choice.high)}
    return shown


def _suggestion(line: SuggestionLine) -> dict[str, Any]:
    shown: dict[str, Any] = {"programme": line.programme, "for": line.subject, "truth": line.truth}
    extra = {"name": line.name, "whom": line.whom, "amount": line.amount, "reasons": list(line.reasons)}
    return shown | {key: value for key, value in extra.items() if value}
