"""Which processes there are, by which command lines, on which addresses, and which settings each may see.

`docker-compose.yml` runs the same command lines (tests/test_repository.py holds the two together)."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.supervisor.child import Spec

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"

# A setting named here is handed to these processes only; what is not named goes to all of ours. The language model's
# process is not ours: it gets a clean environment (bot.nlu_setup).
ONLY_FOR = {
    "ONEDOOR_SECRET_KEY": ("backend", "jobs", "command"),
    "ONEDOOR_DATABASE_URL": ("backend", "jobs", "command"),
    "ONEDOOR_BOT_DATABASE_URL": ("bot", "command"),
    "ONEDOOR_BACKEND_KEY": ("bot",),
    "ONEDOOR_NLU_TOKEN": ("bot",),
    "ONEDOOR_TELEGRAM_TOKEN": ("bot", "simulator"),
    "ONEDOOR_TELEGRAM_WEBHOOK_SECRET": ("bot",),
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Four ports in a row, on loopback: the backend's, the bot's, the Telegram simulator's, the language model's."""

    port: int

    def of(self, name: str) -> str:
        """The address of a process, without a slash at the end."""
        return f"http://{HOST}:{self.port_of(name)}"

    def port_of(self, name: str) -> int:
        """The port of a process."""
        return self.port + ("backend", "bot", "simulator", "nlu").index(name)

    def public(self, simulator: bool) -> dict[str, str]:
        """What `var/urls.json` says."""
        urls = {
            "home": f"{self.of('backend')}/",
            "chat": f"{self.of('bot')}/chat",
            "console": f"{self.of('backend')}/console",
            "api": f"{self.of('backend')}/api/v1",
        }
        if simulator:
            urls["telegram_api"] = self.of("simulator")
            urls["simulator"] = f"{self.of('simulator')}/"
        return urls


def command_line(name: str, host: str, port: int) -> list[str]:
    """How a process of ours is started, after the Python interpreter's own name."""
    return {
        "backend": ["-m", "uvicorn", "backend.app:create_app", "--factory", "--host", host, "--port", str(port),
                    "--no-access-log", "--no-server-header", "--log-level", "warning"],
        "jobs": ["-m", "backend.jobs"],
        "bot": ["-m", "bot"],
        "simulator": ["-m", "tests.fakes.bot_api", "--port", str(port)],
    }[name]  # fmt: skip


def spec(name: str, addresses: Addresses, settings: Mapping[str, str]) -> Spec:
    """The process `name` with the settings it may see."""
    port = 0 if name == "jobs" else addresses.port_of(name)
    answers = {
        "backend": f"{addresses.of('backend')}/healthz",
        "bot": f"{addresses.of('bot')}/healthz",
        "simulator": f"{addresses.of('simulator')}/healthz",
    }
    return Spec(
        name=name,
        command=[sys.executable, *command_line(name, HOST, port)],
        env=environment(name, settings),
        answers=answers.get(name),
    )


def environment(name: str, settings: Mapping[str, str]) -> dict[str, str]:
    """This shell's environment and the desk's settings, less what is none of this process's business."""
    everything = {**os.environ, **settings, "PYTHONUNBUFFERED": "1"}
    if name == "simulator":  # the only process from `tests/`, which an installed wheel does not carry
        everything["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {key: value for key, value in everything.items() if name in ONLY_FOR.get(key, (name,))}
