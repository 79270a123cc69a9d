"""The page and its files: in the reader's language, with a policy that lets nothing foreign in, small."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from bot.channels.web_page import HERE, page_words
from handlers import commands
from locales import LANGUAGES, OWN_NAMES, translator
from tests.integration.web.conftest import Desk


@pytest.mark.parametrize(
    ("accept", "lang"),
    [("zh-CN,zh;q=0.9", "zh-Hans"), ("zh-TW", "zh-Hans"), ("en-GB,en", "en"), ("fr-FR,en;q=0.5", "en"), ("fr", "zh-Hans"), ("", "zh-Hans"), (",;q=,*", "zh-Hans")],
)  # fmt: skip
async def test_it_speaks_the_browsers_language_and_chinese_otherwise(
    desk: Desk, accept: str, lang: str
) -> None:
    answer = await desk.client.get("/chat", headers={"Accept-Language": accept})
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text
    linked = await desk.client.get("/chat?lang=en", headers={"Accept-Language": accept})
    assert '<html lang="en"' in linked.text


async def test_it_says_what_to_do_without_javascript(desk: Desk) -> None:
    page = (await desk.client.get("/chat")).text
    inside = re.search(r"<noscript>(.*?)</noscript>", page, re.S)
    assert inside
    for lang in LANGUAGES:
        assert translator(lang)("web.noscript.text") in inside[1]
    assert "12345" in inside[1]


async def test_its_policy_allows_its_own_files_only_and_nothing_inline(desk: Desk) -> None:
    answer = await desk.client.get("/chat")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", answer.text)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_every_file_it_names_is_there_and_kept_for_ever(desk: Desk) -> None:
    page = (await desk.client.get("/chat")).text
    named = set(re.findall(r'(?:src|href)="(/[^"]+)"', page))
    assert len(named) > 10
    size = len(gzip.compress(page.encode()))
    for path in named:
        answer = await desk.client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200, path
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "gzip"
        size += int(answer.headers["content-length"])
    assert size < 40_000, "an old phone on a slow network loads this"


async def test_every_module_is_fetched_at_once(desk: Desk) -> None:
    page = (await desk.client.get("/chat")).text
    imported = {
        name
        for path in HERE.glob("*.js")
        for name in re.findall(r'from "\./(\w+\.js)"', path.read_text("utf-8"))
    }
    assert imported
    for name in imported:
        assert f'/{name}" ' in page or f'/{name}">' in page


async def test_an_old_version_still_gets_its_file_but_does_not_keep_it(desk: Desk) -> None:
    answer = await desk.client.get("/chat/static/0123456789ab/page.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize("name", ["page.html", "none.js", "..%2fpage.html", "%2e%2e/%2e%2e/web.py"])
async def test_nothing_else_is_served(desk: Desk, name: str) -> None:
    assert (await desk.client.get(f"/chat/static/x/{name}")).status_code == 404


def test_the_page_has_words_for_all_it_says_in_every_language() -> None:
    source = "\n".join(path.read_text("utf-8") for path in HERE.iterdir() if path.suffix in (".js", ".html"))
    used = set(re.findall(r"[\"'](web\.[a-z_.]+[a-z])[\"']", source))
    words = page_words()
    assert used
    for lang in LANGUAGES:
        assert used - {"web.truth", "web.open_failed", "web.gone", "web.left"} <= set(words[lang]), lang
        assert all(not text.startswith("web.") for text in words[lang].values())


def test_the_languages_have_the_same_words_and_the_same_gaps() -> None:
    words = page_words()
    assert len({frozenset(words[lang]) for lang in LANGUAGES}) == 1
    for key in words["zh"]:
        gaps = {frozenset(re.findall(r"%\((\w+)\)s", words[lang][key])) for lang in LANGUAGES}
        assert len(gaps) == 1, key


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_what_its_buttons_say_is_what_the_desk_knows_as_a_command(lang: str) -> None:
    t = translator(lang)
    assert commands.find(t("web.human_words")) == "human"
    assert commands.find(t("web.menu.status_words")) == "status"
    assert commands.find(t("web.again.words")) == "cancel"
    assert commands.find(OWN_NAMES[lang]) == "language"


def test_its_scripts_never_turn_words_into_markup() -> None:
    banned = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc"
    )
    for path in Path(HERE).glob("*.js"):
        assert not banned.search(path.read_text("utf-8")), path.name
