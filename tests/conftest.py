"""What every test shares. Servers, databases and browsers live in modules of their own and start once per session."""

from __future__ import annotations

import importlib.util
import os

import pytest

# Fixtures that several folders use, each in a module of its own.
pytest_plugins = [
    name
    for name in ("tests.databases", "tests.browser", "tests.stack")
    if importlib.util.find_spec(name) is not None
]


@pytest.fixture(autouse=True)
def no_settings_from_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set on this machine (or in a developer's shell) must not decide how a test ends."""
    for name in list(os.environ):
        if name.startswith("ONEDOOR_") and name != "ONEDOOR_UV":
            monkeypatch.delenv(name)
