"""What is committed: no host of a registry, no machine's path, no secret's shape; languages whole; links that lead somewhere;
one set of command lines for `onedoor up` and for containers."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from backend.settings import BackendSettings
from bot.nlu_server import serve_command
from bot.settings import BotSettings
from bot.supervisor.plan import ROOT, command_line
from bot.supervisor.settings import UpSettings
from locales import LANGUAGES

LOCALES = ROOT / "locales"


@cache
def committed() -> tuple[Path, ...]:
    """Every file that git has, or would have at the next commit of what is added."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git work tree: there is nothing committed to look at")
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


def texts() -> Iterator[tuple[Path, str]]:
    """Committed files that are text."""
    for path in committed():
        data = path.read_bytes()
        if b"\0" not in data:
            yield path.relative_to(ROOT), data.decode("utf-8")


def places(pattern: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """`file:line: match` for every match in a committed text."""
    wanted = re.compile(pattern)
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for path, text in texts()
        if str(path) not in but
        for match in wanted.finditer(text)
    ]


def test_it_names_no_registry() -> None:
    # Written in pieces, so that this file passes its own test.
    hosts = (
        "pypi" + ".org",
        "python" + "hosted.org",
        "registry." + "npmjs",
        "deb." + "debian",
        "index-" + "url=",
    )
    assert places("|".join(map(re.escape, hosts)) + r"|-index-" + r"url +http") == []


def test_locks_name_no_address() -> None:
    locks = [path for path in committed() if path.suffix == ".lock" or "lock.json" in path.name]
    assert len(locks) >= 3
    for path in locks:
        assert not re.search(r"https?://", path.read_text("utf-8")), path


def test_it_names_no_place_on_somebodys_machine() -> None:
    pattern = r"(?<![\w.~-])/(?:root|home/(?!status)\w+|Users/\w+|work/\w+|tmp/\w+)(?![\w-])"
    allowed = ("tests/test_repository.py", "docker-compose.yml", "nlu/Dockerfile")  # paths inside containers
    assert places(pattern, but=allowed) == []


def test_it_holds_nothing_shaped_like_a_secret() -> None:
    telegram = r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b"
    private_key = r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"
    assert places(f"{telegram}|{private_key}", but=("tests/test_repository.py",)) == []


@pytest.mark.parametrize("text", ["123456789:" + "A" * 35, "x 1234567890:" + "aB_-9" * 7 + " y"])
def test_the_secret_scan_would_see_a_token(text: str) -> None:
    assert re.search(r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b", text)


def areas() -> list[str]:
    return sorted(path.stem for path in (LOCALES / "zh_Hans" / "LC_MESSAGES").glob("*.po"))


def read(language: str, area: str) -> Catalog:
    with (LOCALES / LANGUAGES[language] / "LC_MESSAGES" / f"{area}.po").open("rb") as file:
        return read_po(file, locale=LANGUAGES[language], abort_invalid=True)


def test_every_language_has_every_area() -> None:
    for folder in LANGUAGES.values():
        assert sorted(path.stem for path in (LOCALES / folder / "LC_MESSAGES").glob("*.po")) == areas()


@pytest.mark.parametrize("area", areas())
def test_every_language_says_everything_with_the_same_placeholders(area: str) -> None:
    said = {lang: {message.id: message for message in read(lang, area) if message.id} for lang in LANGUAGES}
    assert set(said["zh"]) == set(said["en"])
    for key, message in said["zh"].items():
        for lang in LANGUAGES:
            words = said[lang][key].string
            forms = [words] if isinstance(words, str) else list(words)
            assert all(forms), f"{area}/{lang}: {key} has no words"
        placeholders = {lang: _placeholders(said[lang][key].string) - {"count"} for lang in LANGUAGES}
        assert placeholders["zh"] == placeholders["en"], f"{area}: {key}"
        assert message.fuzzy is False, f"{area}: {key} is marked fuzzy"


def _placeholders(words: str | tuple[str, ...]) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", words if isinstance(words, str) else " ".join(words)))


def test_no_key_is_said_in_two_areas() -> None:
    seen: dict[object, str] = {}
    for area in areas():
        for message in read("zh", area):
            if message.id:
                assert message.id not in seen, f"{message.id} in {seen[message.id]} and {area}"
                seen[message.id] = area


def compose() -> dict[str, dict[str, object]]:
    services: dict[str, dict[str, object]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))[
        "services"
    ]
    return services


def test_containers_run_the_same_commands_as_onedoor_up() -> None:
    services = compose()
    assert set(services) == {"db", "migrate", "backend", "jobs", "bot", "nlu"}
    for name in ("backend", "jobs", "bot"):
        assert services[name]["command"] == ["python", *command_line(name, "0.0.0.0", 8000)], name
    assert services["migrate"]["command"] == ["onedoor", "migrate"]
    ours = serve_command(Path("models/onedoor.tar.gz"), 5005, "TOKEN")[1:]
    ours[ours.index("--interface") + 1] = "0.0.0.0"
    theirs = list(services["nlu"]["command"])[1:]  # type: ignore[call-overload]
    theirs[theirs.index("--auth-token") + 1] = "TOKEN"
    assert theirs == ours


def test_containers_are_watched_and_the_language_model_is_fenced_in() -> None:
    services = compose()
    for name in ("db", "backend", "bot", "nlu"):
        assert "healthcheck" in services[name], name
    assert services["nlu"]["networks"] == ["understanding"]
    assert "ports" not in services["nlu"]
    assert "environment" not in services["nlu"]
    assert services["nlu"]["mem_limit"] == "2g"


def test_every_setting_is_explained_and_none_that_is_not_there() -> None:
    explained = set(
        re.findall(r"^#?(ONEDOOR_\w+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    )
    fields = {*BotSettings.model_fields, *BackendSettings.model_fields, *UpSettings.model_fields}
    known = {f"ONEDOOR_{name.upper()}" for name in fields}
    used = {
        name
        for path, text in texts()
        if path.suffix in (".py", ".yml") and path.parts[0] in ("bot", "backend", "docker-compose.yml")
        for name in re.findall(r"\bONEDOOR_[A-Z][A-Z0-9_]*\b", text)
    } - {"ONEDOOR_CRASH_AT"}
    assert known - explained == set()
    assert used - explained == set()
    assert explained - known - used - {"ONEDOOR_CHROMIUM"} == set()


def links() -> list[tuple[Path, str]]:
    found = []
    for path, text in texts():
        if path.suffix == ".md":
            prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
            targets = re.findall(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)", prose)
            targets += re.findall(r"<img [^>]*src=\"([^\"]+)\"", prose)
            found += [
                (path, target)
                for target in targets
                if "://" not in target and not target.startswith("mailto:")
            ]
    return found


def test_links_in_the_documents_lead_somewhere() -> None:
    broken = [f"{path}: {target}" for path, target in links() if not (ROOT / path.parent / target).exists()]
    assert broken == []


def test_decisions_are_numbered_once_and_say_what_was_decided() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    numbers = [path.name[:4] for path in decisions]
    assert len(numbers) == len(set(numbers)), "two decisions have the same number"
    for path in decisions:
        text = path.read_text("utf-8")
        for part in ("Status", "Context", "Decision", "Consequences", "Alternatives"):
            assert part in text, f"{path.name} has no {part}"


def test_the_language_model_and_the_app_share_no_lock() -> None:
    assert "rasa" not in (ROOT / "requirements.lock").read_text("utf-8")
    assert "rasa==3.6.21" in (ROOT / "nlu" / "requirements.lock").read_text("utf-8")
