"""The terminal: numbered choices, typed words, and the same conversation taken up again."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import httpx
import pytest

from bot.channels import terminal
from bot.channels.terminal_api import ApiDesk, GoneError
from bot.channels.terminal_screen import drawn, keys_of, meaning
from bot.settings import BotSettings
from tests.integration.web.conftest import Desk
from tests.waiting import until


@pytest.fixture
def over_http(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """`ApiDesk` reaches the web chat in this process."""
    monkeypatch.setattr(
        terminal, "ApiDesk", lambda place: ApiDesk(place, transport=httpx.ASGITransport(desk.app))
    )
    return desk


async def run(monkeypatch: pytest.MonkeyPatch, var: Path, typed: str, *, new: bool = False) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    settings = BotSettings(var=var)
    return await terminal._run(
        settings, terminal.Keeper(var / "terminal.json"), "http://desk/chat", None, new
    )


async def test_it_talks_by_number_and_by_words(
    over_http: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run(monkeypatch, tmp_path, "buttons\n1\n你好\n\n") == 0
    shown = capsys.readouterr().out
    assert "  1) 是\n" in shown
    assert "#3 chose 1.0" in shown
    assert "#4 你好" in shown
    assert shown.index("#3 chose 1.0") < shown.index("#4 你好")


async def test_it_takes_up_the_same_conversation_and_keeps_its_key_private(
    over_http: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await run(monkeypatch, tmp_path, "one\n")
    kept = tmp_path / "terminal.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    first = json.loads(kept.read_text())
    await run(monkeypatch, tmp_path, "next\n")
    assert "#3 next" in capsys.readouterr().out
    assert json.loads(kept.read_text()) == first
    await run(monkeypatch, tmp_path, "", new=True)
    assert json.loads(kept.read_text()) != first


async def test_it_says_in_one_line_that_no_desk_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = BotSettings(var=tmp_path)
    keeper = terminal.Keeper(tmp_path / "terminal.json")
    assert await terminal._run(settings, keeper, "http://127.0.0.1:9/chat", "en", False) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "onedoor up" in lines[0]


async def test_it_waits_for_a_long_answer(
    over_http: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The stream does not come through the in-process transport; the same question asked again gets the answer.
    desk = ApiDesk("http://desk/chat", transport=httpx.ASGITransport(over_http.app))
    await desk.begin(None)
    over_http.chat.wait_seconds = 0.2
    assert await desk.say({"text": "slow"}) == []
    seat = desk.seat or {}
    await until(lambda: _said(desk, seat, "#2 slow"))
    await desk.close()


async def _said(desk: ApiDesk, seat: dict[str, str], text: str) -> bool:
    return (await desk.resume(seat))[-1]["text"] == text


async def test_it_knows_a_conversation_that_is_gone(over_http: Desk) -> None:
    desk = ApiDesk("http://desk/chat", transport=httpx.ASGITransport(over_http.app))
    with pytest.raises(GoneError):
        await desk.resume({"conversation": "0" * 32, "token": "x"})
    assert await desk.begin("zh")
    await desk.close()


@pytest.mark.parametrize(
    ("asks", "values", "keys"),
    [
        (None, [None, None], ["1", "2"]),
        ({"fact": "married", "for": "self"}, [True, False], ["1", "2"]),
        ({"fact": "residence_area", "for": "self"}, ["urban", "rural"], ["1", "2"]),
        ({"fact": "income", "for": "household"}, [None, None], ["a", "b"]),
        ({"fact": "household_size", "for": "household"}, [1, 2], ["a", "b"]),
    ],
)
def test_it_uses_letters_where_a_number_could_be_the_answer(
    asks: object, values: list[object], keys: list[str]
) -> None:
    choices = [
        {"id": f"1.{at}", "label": "x", "kind": "answer", "value": value} for at, value in enumerate(values)
    ]
    message = {"asks": asks, "choices": choices, "text": "?"}
    assert list(keys_of(message)) == keys
    assert meaning(keys[1], keys_of(message)) == {"choice": "1.1"}


@pytest.mark.parametrize("typed", ["2", "２", " 2) ", "2.", "2、"])
def test_it_takes_a_number_however_it_is_typed(typed: str) -> None:
    assert meaning(typed, {"1": "7.0", "2": "7.1"}) == {"choice": "7.1"}


@pytest.mark.parametrize("typed", ["2 个人", "22", "我家2口人", "-2", ""])
def test_it_leaves_everything_else_as_words(typed: str) -> None:
    assert meaning(typed, {"2": "7.1"}) == {"text": typed}


def test_words_cannot_steer_the_terminal() -> None:
    shown = drawn({"text": "a\x1b[2J\x07\u202eb", "choices": []}, {})
    assert shown.strip() == "a[2Jb"
