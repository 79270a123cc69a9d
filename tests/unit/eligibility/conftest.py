"""The district's own rules, loaded once."""

from __future__ import annotations

import pytest

from backend.catalogue.load import load_catalogue
from backend.eligibility import Rules, compile_catalogue


@pytest.fixture(scope="session")
def yongchuan() -> Rules:
    return compile_catalogue(load_catalogue("yongchuan"))
