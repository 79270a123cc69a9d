"""The home page: where to go, what is running, and demonstration logins for nobody but the person at this machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from tests.integration.console.conftest import Bench

DEMO = {
    "staff": [
        {
            "login": "zhou",
            "password": "shown-here-only",
            "role": "caseworker",
            "name": "周敏",
            "office": "大顺镇",
        }
    ],
    "api_keys": [{"client": "bot", "key": "never-shown", "scopes": []}],
    "telegram_token": "never-shown-either",
}
URLS = {
    "home": "http://127.0.0.1:8000/",
    "chat": "http://127.0.0.1:8001/chat",
    "console": "http://127.0.0.1:8000/console",
    "api": "http://127.0.0.1:8000/api/v1",
    "telegram_api": "http://127.0.0.1:8002",
    "simulator": "http://127.0.0.1:8002/",
}


def status(state: str, percent: object = None, detail: str = "") -> dict[str, object]:
    names = ("backend", "jobs", "bot")
    return {
        "processes": [{"name": name, "state": "running", "detail": ""} for name in names],
        "nlu": {"state": state, "detail": detail, "percent": percent},
    }


def put(var: Path, **files: object) -> None:
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (var / f"{name}.json").write_text(text, encoding="utf-8")


async def test_it_leads_to_everything(bench: Bench) -> None:
    put(bench.settings.var, urls=URLS, status=status("ready"))
    page = (await (await bench.browser()).get("/")).text
    for url in (URLS["chat"], "/console", URLS["simulator"], "/openapi.json"):
        assert f'href="{url}"' in page
    assert "正常" in page


async def test_it_shows_how_far_the_language_model_is_and_renews_itself(bench: Bench) -> None:
    put(bench.settings.var, status=status("training", 46, "epoch 12 of 40"))
    page = (await (await bench.browser()).get("/")).text
    assert '<progress id="nlu" max="100" value="46">' in page
    assert "完成了46%" in page
    assert "epoch 12 of 40" in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert 'data-every="3"' in page
    put(bench.settings.var, status=status("ready"))
    part = (await (await bench.browser()).get("/home/status")).text
    assert "<progress" not in part
    assert "<html" not in part
    page = (await (await bench.browser()).get("/")).text
    assert "http-equiv" not in page


@pytest.mark.parametrize("percent", [None, -5, 250, "many", True, [1]])
async def test_an_odd_percentage_is_no_progress_bar_or_a_bounded_one(bench: Bench, percent: object) -> None:
    put(bench.settings.var, status=status("installing", percent))
    answer = await (await bench.browser()).get("/")
    assert answer.status_code == 200
    assert ("<progress" in answer.text) is (type(percent) is int)
    assert "正在安装" in answer.text


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"processes": 3, "nlu": 4}', '{"processes": [1, {}]}']
)
async def test_a_half_written_file_is_not_an_error(bench: Bench, content: str) -> None:
    put(bench.settings.var, urls=content, status=content, demo=content)
    assert (await (await bench.browser()).get("/")).status_code == 200
    assert (await (await bench.browser()).get("/home/status")).status_code == 200


async def test_it_says_when_it_does_not_know(bench: Bench) -> None:
    page = (await (await bench.browser()).get("/")).text
    assert "分开启动" in page
    assert "running.json" not in page


async def test_an_address_that_is_none_is_not_linked(bench: Bench) -> None:
    put(bench.settings.var, urls={"chat": "javascript:alert(1)", "simulator": 3})
    page = (await (await bench.browser()).get("/")).text
    assert "javascript:" not in page


async def test_demonstration_logins_are_shown_to_whoever_sits_at_this_machine(bench: Bench) -> None:
    put(bench.settings.var, demo=DEMO)
    page = (await (await bench.browser()).get("/")).text
    assert "shown-here-only" in page
    assert "部门经办员 · 大顺镇" in page
    assert "never-shown" not in page


@pytest.mark.parametrize(
    ("client", "host", "headers", "listens"),
    [
        ("192.168.1.20", "127.0.0.1", {}, "127.0.0.1"),
        ("127.0.0.1", "onedoor.example", {}, "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", {"x-forwarded-for": "1.2.3.4"}, "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", {"forwarded": "for=1.2.3.4"}, "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", {}, "0.0.0.0"),
    ],
)
async def test_nobody_else_sees_the_demonstration_logins(
    bench: Bench, client: str, host: str, headers: dict[str, str], listens: str
) -> None:
    put(bench.settings.var, demo=DEMO)
    console = bench.app.state.console
    object.__setattr__(console, "settings", bench.settings.model_copy(update={"backend_host": listens}))
    transport = ASGITransport(bench.app, client=(client, 1))
    async with AsyncClient(transport=transport, base_url=f"http://{host}:8000") as browser:
        page = await browser.get("/", headers=headers)
    assert page.status_code == 200
    assert "shown-here-only" not in page.text


@pytest.mark.parametrize(
    ("tag", "words"),
    [("en-GB,en;q=0.9", "Say what happened"), ("zh-TW", "有难处"), ("fr", "有难处"), ("", "有难处")],
)
async def test_a_newcomer_reads_it_in_the_browser_s_language(bench: Bench, tag: str, words: str) -> None:
    answer = await (await bench.browser()).client.get("/", headers={"accept-language": tag})
    assert words in answer.text
