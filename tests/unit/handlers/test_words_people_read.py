"""Every word the conversation says exists in both languages, with the same placeholders, and none is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from backend import contract
from handlers.commands import COMMANDS
from handlers.desk import Outcome
from handlers.interpretation.model import Urgent
from handlers.relations import RELATIONS
from locales import FOLDER, LANGUAGES, translator

HANDLERS = Path(__file__).parents[3] / "handlers"
AREAS = ("chat", "notices")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@cache
def catalogue(lang: str) -> dict[str, Message]:
    """All words of ours in one language."""
    found = {}
    for area in AREAS:
        with (FOLDER / LANGUAGES[lang] / "LC_MESSAGES" / f"{area}.po").open("rb") as file:
            for message in read_po(file, abort_invalid=True):
                if message.id:
                    found[message.id if isinstance(message.id, str) else message.id[0]] = message
    return found


def texts(message: Message) -> list[str]:
    """The words of a message in every plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def used() -> Iterator[str]:
    """Keys as the code writes them; where a part is put in, a pattern with `*`."""
    for path in HANDLERS.rglob("*.py"):
        if "interpretation" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            if isinstance(node, ast.JoinedStr):
                yield "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values
                )


def called() -> Iterator[str]:
    """Keys that are handed to a translator as they stand."""
    for path in HANDLERS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _translates(node.func):
                for part in ast.walk(node.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value:
                        yield part.value


def _translates(func: ast.expr) -> bool:
    if isinstance(func, ast.Attribute):
        return func.attr == "n" and isinstance(func.value, ast.Name) and func.value.id == "t"
    if isinstance(func, ast.Call):
        func = func.func
        return isinstance(func, ast.Name) and func.id in ("spoken", "translator")
    return isinstance(func, ast.Name) and func.id == "t"


def test_it_has_the_same_words_in_both_languages() -> None:
    assert catalogue("zh").keys() == catalogue("en").keys()


@pytest.mark.parametrize("key", sorted(catalogue("zh")))
def test_it_keeps_the_placeholders(key: str) -> None:
    zh, en = catalogue("zh")[key], catalogue("en")[key]
    for words in texts(zh) + texts(en):
        assert words.strip(), key
    (first, *others) = [set(PLACEHOLDER.findall(words)) - {"count"} for words in texts(zh) + texts(en)]
    assert all(one == first for one in others), key
    assert "%" not in PLACEHOLDER.sub("", "".join(texts(zh) + texts(en))), (
        f"{key}: a stray % breaks the words"
    )


def test_it_has_words_for_every_key_in_the_code() -> None:
    known = catalogue("zh").keys()
    missing = {
        key for key in called() if re.fullmatch(r"[a-z_0-9]+(\.[a-z_0-9]+)+", key) and key not in known
    }
    assert not missing


def test_it_has_no_words_that_nobody_says() -> None:
    patterns = {one for one in used() if re.fullmatch(r"[a-z_0-9*]+(\.[a-z_0-9*]+)*", one)}
    families = [
        re.compile(re.escape(one).replace(r"\*", r".+")) for one in patterns if "*" in one and "." in one
    ]
    unused = {
        key
        for key in catalogue("zh")
        if key not in patterns and not any(family.fullmatch(key) for family in families)
    }
    assert not unused


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("family", "members"),
    [
        ("relation", ("self", *RELATIONS)),
        ("status", get_args(contract.Status)),
        ("urgent", (*get_args(Urgent), *get_args(Outcome))),
        ("human", get_args(Outcome)),
        ("office", get_args(Outcome)),
        ("line", ("dont_know", "declined")),
        ("basis", ("spoken", "guardian", "cannot_consent")),
        ("notice", get_args(contract.NoticeKind)),
        ("suggestions", ("true", "false", "unknown")),
        ("review.reporter", ("proxy", "officer")),
    ],
)
def test_it_has_words_for_everything_of_a_kind(lang: str, family: str, members: tuple[str, ...]) -> None:
    t = translator(lang)
    assert [one for one in members if not t.has(f"{family}.{one}")] == []


def test_it_never_says_that_somebody_is_entitled() -> None:
    forbidden = {
        "zh": r"您符合|有资格|家庭成员|申请人|可怜",
        "en": r"\beligible\b|\bentitled\b|\bhousehold member",
    }
    for lang, pattern in forbidden.items():
        for key, message in catalogue(lang).items():
            assert not re.search(pattern, " ".join(texts(message)), re.IGNORECASE), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_keeps_buttons_short(lang: str) -> None:
    for key, message in catalogue(lang).items():
        if key.startswith(("button.", "answer.", "consent.yes", "consent.no", "relation.mine")):
            shown = [PLACEHOLDER.sub("", words) for words in texts(message)]
            assert all(len(words) <= (14 if lang == "zh" else 32) for words in shown), key


def test_it_names_in_its_help_only_commands_there_are() -> None:
    said = translator("en")("help.text")
    named = [one.strip(" .") for one in said.rsplit(":", 1)[1].split(",")]
    assert {
        one.replace("don't know", "dont_know").replace("rather not say", "decline") for one in named
    } <= set(COMMANDS)
