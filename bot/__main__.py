"""`python -m bot`: the chat process."""

from __future__ import annotations

import asyncio
import sys

from backend.tools import logs
from bot.process import Process, SettingsError
from bot.settings import BotSettings


async def _run(settings: BotSettings) -> None:
    await Process(settings).run()


def main() -> int:
    """Run until stopped; 2 with one clear line when a setting is missing."""
    logs.set_up("bot")
    try:
        asyncio.run(_run(BotSettings()))
    except SettingsError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
