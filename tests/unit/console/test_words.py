"""The console's and the home page's words: all there, in both languages, with the same placeholders."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from backend.casework.statuses import STATUSES
from backend.console.action_pages import WRITTEN
from backend.console.application_pages import DONE
from backend.console.work_list import VIEWS
from locales import LANGUAGES, translator

ROOT = Path(__file__).parents[3]
CONSOLE = ROOT / "backend" / "console"
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
URGENT = ("self_harm", "violence", "child_at_risk", "hunger", "no_shelter", "medical")
MADE = [  # keys put together at run time
    *(f"console.status.{one}" for one in STATUSES),
    *(f"console.event.to.{one}" for one in STATUSES),
    *(f"console.view.{one}" for one in VIEWS),
    *(f"console.empty.{one}.{part}" for one in (*VIEWS, "filtered") for part in ("title", "words")),
    *(f"console.done.{one}" for one in DONE),
    *(f"console.action.{one}" for one in DONE),
    *(f"console.write.{one.action}.{part}" for one in WRITTEN.values() for part in ("title", "label", "hint", "confirm")),
    *(f"console.help.{part}.{one}" for one in (*URGENT, "human", "phone") for part in ("about", "advice")),
    *(f"console.help.kind.{one}" for one in ("urgent", "human", "phone")),
    *(f"console.truth.{one}" for one in ("true", "false", "unknown")),
    *(f"console.said_by.{one}" for one in ("applicant", "proxy", "officer", "caseworker")),
    *(f"console.role.{one}" for one in ("town_clerk", "caseworker", "supervisor", "verifier", "system")),
    *(f"home.nlu.{one}" for one in ("installing", "training", "starting", "ready", "off", "failed")),
    *(f"home.state.{one}" for one in ("waiting", "starting", "running", "restarting", "stopped")),
]  # fmt: skip


def written_keys() -> set[str]:
    """Every key that stands whole in a page or in the code."""
    found: set[str] = set()
    for path in [*CONSOLE.glob("*.py"), *CONSOLE.glob("templates/*.html")]:
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"""["']((?:console|home)\.[a-z_.]*[a-z_])["']""", text))
    return {key for key in found if not key.endswith((".css", ".js", ".html", ".svg"))}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_has_words(lang: str) -> None:
    t = translator(lang)
    errors = {"console.error.not_found", "console.error.form_expired", "console.error.too_long",
              "console.error.unreadable", "console.error.not_yours", "console.error.busy"}  # fmt: skip
    wanted = (
        (written_keys() - errors)
        | set(MADE)
        | {f"{key}.{part}" for key in errors for part in ("title", "words")}
    )
    assert len(wanted) > 150
    missing = [key for key in sorted(wanted) if not t.has(key) and t.n(key, 2) == key]
    assert not missing


@pytest.mark.parametrize("area", ["console", "home"])
def test_both_languages_have_the_same_keys_and_placeholders(area: str) -> None:
    tables = []
    for folder in LANGUAGES.values():
        with (ROOT / "locales" / folder / "LC_MESSAGES" / f"{area}.po").open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        table = {}
        for message in catalogue:
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            strings = [message.string] if isinstance(message.string, str) else list(message.string)
            assert all(strings), key
            assert not message.fuzzy, key
            table[key] = {frozenset(PLACEHOLDER.findall(string)) for string in strings}
        tables.append(table)
    assert tables[0] == tables[1]
