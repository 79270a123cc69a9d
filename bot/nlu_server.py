"""How the language model is served, and when it is ready. Used by `onedoor up` and by `onedoor understand`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx

from bot.nlu_setup import PYTHON


def serve_command(model: Path, port: int, token: str) -> list[str]:
    """The command line of the server: on loopback only and with a token (run it in `nlu_setup.NLU`)."""
    return [
        *(str(PYTHON), "-m", "rasa", "run", "--enable-api", "--model", str(model)),
        *("--interface", "127.0.0.1", "--port", str(port), "--auth-token", token),
    ]


async def warm_up(url: str, token: str) -> None:
    """Return once the server has understood a sentence: the first one takes over a second, and nobody should wait for it."""
    async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
        while True:
            try:
                answer = await client.post(
                    f"{url}/model/parse", params={"token": token}, json={"text": "我想问问低保"}
                )
                if answer.is_success and "intent" in answer.json():
                    return
            except (httpx.HTTPError, ValueError):
                pass
            await asyncio.sleep(0.3)
