"""The README's pictures, taken anew from a desk of its own: `make screens`. Everybody in them is made up."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from tests.browser import FLAGS, install
from tests.e2e.seats import Caseworker, TelegramSeat, WebSeat, tell
from tests.e2e.test_stories import HONG, ZHANG, item
from tests.stack import ROOT, Stack, opened

FOLDER = ROOT / "docs" / "screens"
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 800},
    "device_scale_factor": 2,
    "is_mobile": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}


class Photographed(WebSeat):
    """The chat on a phone, with a picture of the moments worth showing."""

    async def latest(self) -> str:
        """What the desk said; a picture when it is one of the moments."""
        said = await super().latest()
        for words, name in (("我听到的是这些", "chat-phone"), ("照您说的看", "suggestions-phone")):
            if words in said:
                await self.page.wait_for_timeout(500)
                await shoot(self.page, name)
        return said


async def shoot(page: Page, name: str, *, whole: bool = False) -> None:
    """One picture."""
    await page.screenshot(path=FOLDER / f"{name}.png", full_page=whole, animations="disabled")


async def take(browser: Browser, stack: Stack) -> None:
    """Two stories told, then a walk past every page."""
    chat = await (await browser.new_context(**PHONE, locale="zh-CN", timezone_id="Asia/Shanghai")).new_page()
    seat = Photographed(chat, stack.urls["chat"])
    await tell(seat, ZHANG)
    zhang = item(await seat.latest())
    await shoot(chat, "receipt-phone")
    telegram = TelegramSeat(stack.urls["telegram_api"], "信息员小李")
    await tell(telegram, HONG)
    hong = item(await telegram.latest())

    page = await (await browser.new_context(**DESK, locale="zh-CN", timezone_id="Asia/Shanghai")).new_page()
    await page.goto(stack.urls["home"])
    await shoot(page, "home")
    worker = await _who_may_take(page, stack, hong)
    await page.goto(stack.urls["console"])
    await shoot(page, "work-list")
    await worker.open(hong)
    await worker.take()
    await page.goto(f"{stack.urls['console']}/applications/{hong}")
    await shoot(page, "application")
    await worker.open(zhang)
    await worker.take()
    await worker.decide(True, "情况核实了，同意救助，钱三天内打到卡上。")
    await seat.sees("通过了")
    await chat.wait_for_timeout(500)
    await shoot(chat, "decision-phone")
    await page.goto(f"{stack.urls['simulator']}#{telegram.id}")
    await page.wait_for_timeout(1500)
    await shoot(page, "simulator")
    await telegram.aclose()


async def _who_may_take(page: Page, stack: Stack, reference: str) -> Caseworker:
    for login in stack.demo["staff"]:
        await page.context.clear_cookies()
        worker = Caseworker(page, stack.urls["console"], login)
        await worker.log_in()
        await worker.open(reference)
        if await page.get_by_role("button", name="我来办").count():
            return worker
    raise AssertionError(f"nobody may take {reference}")


async def main() -> None:
    """Open a desk, take the pictures, close it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = await asyncio.to_thread(install)
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), *sys.argv[1:]) as stack:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=found.path, args=[*FLAGS, *found.flags]
            )
            await take(browser, stack)
            await browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in docs/screens")


if __name__ == "__main__":
    asyncio.run(main())
