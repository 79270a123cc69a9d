"""Reasons, amounts and values in words (until `locales.reasons` is there, values as they are)."""

from __future__ import annotations

from typing import Any

try:
    from locales.reasons import amount_words, reasons, value_words
except ImportError:

    def reasons(catalogue: Any, result: Any, lang: str) -> list[str]:  # noqa: ARG001
        return []

    def amount_words(catalogue: Any, result: Any, lang: str) -> str | None:  # noqa: ARG001
        return None

    def value_words(fact_def: Any, value: Any, lang: str) -> str:  # noqa: ARG001
        return str(value)


__all__ = ["amount_words", "reasons", "value_words"]
