"""The Telegram simulator in a real browser: somebody without a token tries a bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from backend.tools.sql import Database
from bot import store
from tests.bot_harness import TOKEN, BotUnderTest
from tests.browser import serious
from tests.fakes.bot_api.app import create_app
from tests.fakes.servers import served

pytestmark = pytest.mark.slow


@pytest_asyncio.fixture(loop_scope="session")
async def simulator(tmp_path: Path) -> AsyncIterator[str]:
    """The page's address, with a bot that echoes behind it."""
    database = Database(f"sqlite:///{tmp_path / 'bot.sqlite3'}")
    store.migrate(database)
    with served(create_app(TOKEN)) as address:
        bot = BotUnderTest(database, address)
        await bot.start()
        yield address
        await bot.stop()
    database.close()


async def test_it_lets_somebody_start_write_and_press(phone: Page, simulator: str) -> None:
    problems: list[str] = []
    phone.on("pageerror", lambda error: problems.append(str(error)))
    phone.on(
        "console", lambda line: problems.append(line.text) if line.type in ("error", "warning") else None
    )
    await phone.goto(simulator)
    await phone.get_by_role("button", name="王芳").click()
    messages = phone.get_by_role("log")
    await phone.locator("#start").click()
    await expect(messages.get_by_text("#1 start")).to_be_visible()
    await phone.locator("#text").fill("buttons <b>please</b>")
    await phone.keyboard.press("Enter")
    await messages.get_by_role("button", name="不是").click()
    await expect(messages.get_by_text("#3 chose 1.1")).to_be_visible()
    await expect(messages.get_by_text("✓ 是")).to_be_visible()
    await expect(messages.get_by_role("button", name="不是")).to_have_count(0)
    await expect(messages.get_by_text("buttons <b>please</b>")).to_be_visible()
    await phone.locator("#slash").click()
    await phone.get_by_role("button", name="/status").click()
    await expect(messages.get_by_text("#4 /status")).to_be_visible()
    assert problems == []


async def test_it_can_be_used_by_everybody(page: Page, simulator: str) -> None:
    await page.goto(f"{simulator}/#10003")
    await page.locator("#start").click()
    await expect(page.get_by_role("log").get_by_text("#1 start")).to_be_visible()
    assert await serious(page) == []
    await page.locator("#language").click()
    assert await serious(page) == []
    await page.locator("#new-name").fill("李大爷")
    await page.keyboard.press("Enter")
    await expect(page.locator("[aria-current=true]")).to_contain_text("李大爷")
