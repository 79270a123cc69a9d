"""The simulator keeps people and chats for the next start."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.fakes.bot_api.app import create_app
from tests.fakes.servers import served

pytestmark = pytest.mark.slow
TOKEN = "1000:simulator"


async def test_it_remembers_people_and_chats_when_started_again(tmp_path: Path) -> None:
    state = tmp_path / "simulator.json"
    with served(create_app(TOKEN, state)) as address:
        async with httpx.AsyncClient(base_url=address, trust_env=False) as http:
            await http.post("/_user", json={"id": 7, "first_name": "李大爷"})
            first = (await http.post("/_user/7/say", json={"text": "记得我吗"})).json()
    with served(create_app(TOKEN, state)) as address:
        async with httpx.AsyncClient(base_url=address, trust_env=False) as http:
            seen = (await http.get("/_user/7/chat")).json()
            assert [message["text"] for message in seen["messages"]] == ["记得我吗"]
            again = (await http.post("/_user/7/say", json={"text": "又来了"})).json()
    assert again["message_id"] > first["message_id"]
    assert again["update_id"] > first["update_id"]
    state.write_text("{", encoding="utf-8")
    assert create_app(TOKEN, state).state.world.users
