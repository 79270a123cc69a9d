"""The bot as a process: starts with one clear line when something is missing, answers, and stops within five seconds."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.process import SettingsError, check
from bot.settings import BotSettings
from tests.bot_harness import TOKEN, Sim
from tests.fakes.servers import free_port
from tests.waiting import until

ROOT = Path(__file__).parents[3]
GOOD: dict[str, Any] = {"backend_key": "k", "telegram_token": "1:x"}


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({**GOOD, "backend_key": ""}, "ONEDOOR_BACKEND_KEY"),
        ({**GOOD, "telegram_token": "nonsense"}, "ONEDOOR_TELEGRAM_TOKEN"),
        ({**GOOD, "telegram_mode": "carrier pigeon"}, "ONEDOOR_TELEGRAM_MODE"),
        (
            {**GOOD, "telegram_mode": "webhook", "bot_public_url": "https://x"},
            "ONEDOOR_TELEGRAM_WEBHOOK_SECRET",
        ),
        ({**GOOD, "telegram_mode": "webhook", "telegram_webhook_secret": "s"}, "ONEDOOR_BOT_PUBLIC_URL"),
    ],
)
def test_it_names_the_setting_that_is_missing(settings: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as problem:
        check(BotSettings(_env_file=None, **settings))  # type: ignore[call-arg]
    assert "nonsense" not in str(problem.value)


def test_it_needs_no_telegram() -> None:
    check(BotSettings(_env_file=None, backend_key="k"))  # type: ignore[call-arg, arg-type]


def environment(var: Path, port: int, **more: str) -> dict[str, str]:
    return {
        "PATH": "", "PYTHONPATH": str(ROOT), "ONEDOOR_VAR": str(var), "ONEDOOR_BOT_PORT": str(port),
        "ONEDOOR_BACKEND_URL": "http://127.0.0.1:9", **more,
    }  # fmt: skip


def started(env: dict[str, str], folder: Path, errors: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "bot"], env=env, cwd=folder, stderr=errors)


@pytest.mark.slow
def test_it_ends_with_one_line_without_a_key(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot"], env=environment(tmp_path, free_port()), cwd=tmp_path, capture_output=True, text=True, timeout=60
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["ONEDOOR_BACKEND_KEY is missing: the bot's key for the intake's API"]


@pytest.mark.slow
async def test_it_serves_says_how_it_is_and_stops_in_five_seconds(tmp_path: Path, sim: Sim, api: str) -> None:
    port = free_port()
    env = environment(
        tmp_path, port, ONEDOOR_BACKEND_KEY="k", ONEDOOR_TELEGRAM_TOKEN=TOKEN, ONEDOOR_TELEGRAM_API_URL=api
    )
    log = tmp_path / "bot.log"
    with log.open("wb") as errors:
        process = started(env, tmp_path, errors)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:

            async def ready() -> dict[str, Any] | None:
                try:
                    return dict((await http.get("/readyz")).json())
                except httpx.HTTPError:
                    return None

            state = await until(ready, 60, "the bot to answer")
            assert state is not None
            assert (state["status"], state["telegram"]) == ("ready", "polling")
            await sim.say("/start")
            assert "语言" in (await sim.hears(1, seconds=30))[0]
            assert (await http.get("/chat")).status_code == 200
            await sim.fault("token", token="1000:changed")
            await sim.say("one more")

            async def refused() -> bool:
                return (await http.get("/readyz")).status_code == 503

            await until(refused, 20, "readyz to be red")
            assert (await http.get("/healthz")).status_code == 200  # the web chat goes on
        process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        assert process.wait(15) == 0
        assert time.monotonic() - begun < 5
    finally:
        process.kill()
        process.wait()
    said = log.read_text(encoding="utf-8")
    assert TOKEN not in said
    assert "one more" not in said


@pytest.mark.slow
def test_it_says_so_when_its_port_is_taken(tmp_path: Path, api: str) -> None:
    port = int(api.rsplit(":", 1)[1])
    done = subprocess.run(
        [sys.executable, "-m", "bot"], env=environment(tmp_path, port, ONEDOOR_BACKEND_KEY="k"), cwd=tmp_path,
        capture_output=True, text=True, timeout=90,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"port {port}" in done.stderr.splitlines()[-1]
