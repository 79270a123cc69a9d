"""`python -m tests.fakes.bot_api --port 8002`: a Telegram to try the desk with, without a token from Telegram."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import uvicorn

from tests.fakes.bot_api.app import create_app


def main() -> None:
    """Serve until stopped. People and chats are kept in `$ONEDOOR_VAR/simulator.json` when ONEDOOR_VAR is set."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.bot_api", description=__doc__)
    parser.add_argument("--port", type=int, default=8002)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--token", default=os.environ.get("ONEDOOR_TELEGRAM_TOKEN") or None)
    var = os.environ.get("ONEDOOR_VAR")
    parser.add_argument("--state", type=Path, default=Path(var) / "simulator.json" if var else None)
    given = parser.parse_args()
    if given.state is not None:
        given.state.parent.mkdir(parents=True, exist_ok=True)
    app = create_app(given.token, given.state)
    uvicorn.run(app, host=given.host, port=given.port, log_level="warning", timeout_graceful_shutdown=1)


if __name__ == "__main__":
    main()
