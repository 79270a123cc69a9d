"""The browser that other tests rely on."""

from __future__ import annotations

import asyncio

from playwright.async_api import Page

from tests.browser import serious


async def test_it_opens_pages_as_a_phone_and_as_a_desktop(page: Page, phone: Page) -> None:
    for opened, width in ((page, 1280), (phone, 360)):
        await opened.set_content("<meta name=viewport content='width=device-width'><p>你好</p>")
        assert await opened.evaluate("innerWidth") == width
        assert await opened.evaluate("navigator.language") == "zh-CN"


async def test_it_gives_every_test_a_clean_profile_and_finds_planted_barriers(page: Page) -> None:
    await page.set_content("<html lang=en><title>t</title><main><img src=x.png><h1>t</h1></main>")
    assert any(line.startswith("image-alt (critical)") for line in await serious(page))


async def test_it_leaves_the_event_loop_of_other_tests_alone() -> None:
    await asyncio.sleep(0)
