"""The chat page in a real browser: by keyboard, on a small phone, in both languages, on paper."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser import PHONE, NewContext, serious
from tests.e2e.web_desk import STORY, Desk, press, say, tab_to, web_desk
from tests.waiting import until

__all__ = ["web_desk"]  # the fixture


async def test_the_whole_way_by_keyboard_alone_on_a_phone(web_desk: Desk, phone: Page) -> None:
    await phone.goto(web_desk.url)
    await expect(phone.get_by_text("Please choose a language")).to_be_visible()
    assert await serious(phone) == []
    await tab_to(phone, "中文")
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_text("这次是帮谁问？")).to_be_visible()
    # The pressed button is switched off: the keyboard goes on at the answer, not at the top of the page.
    await expect(phone.locator(":focus")).to_contain_text("这里是一门")
    await phone.keyboard.press("Tab")
    await expect(phone.locator(":focus")).to_have_text("给我自己")
    await phone.keyboard.press("Space")
    await expect(phone.get_by_text("您遇到了什么难处")).to_be_visible()
    await tab_to(phone, "text")
    await phone.keyboard.type(STORY)
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_text("您父亲，年龄：63岁")).to_be_visible()
    await expect(phone.get_by_text("您的原话：“63了”")).to_be_visible()
    await expect(phone.locator("#text")).to_be_focused()
    assert await serious(phone) == []
    await tab_to(phone, "农村", "Shift+Tab")
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_text("可能可以申请")).to_be_visible()
    await expect(phone.get_by_text("还说不准")).to_be_visible()
    await expect(phone.get_by_text("要满80岁")).to_be_hidden()
    await tab_to(phone, "看起来不合条件的有 1 项，点开看为什么")
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_text("要满80岁")).to_be_visible()
    assert await serious(phone) == []
    await tab_to(phone, "就申请这一项")
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_text("3GN4-HUTX-KM3F")).to_be_visible()
    await expect(phone.get_by_text("最晚答复 2026年11月25日")).to_be_visible()
    assert await serious(phone) == []
    assert web_desk.said() == [STORY]


async def test_new_messages_are_announced_and_history_is_not(web_desk: Desk, phone: Page) -> None:
    await phone.goto(web_desk.url)
    log = phone.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await press(phone, "中文")
    await expect(log).to_contain_text("这次是帮谁问？")
    await phone.reload()
    await expect(log).to_have_attribute("aria-live", "off")
    await expect(log).to_contain_text("这次是帮谁问？")
    await expect(log).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize(("width", "lang"), [(320, "zh-CN"), (320, "en-GB"), (360, "zh-CN")])
async def test_nothing_is_cut_off_or_too_small_to_press(
    web_desk: Desk, new_context: NewContext, width: int, lang: str
) -> None:
    async with new_context(
        **{**PHONE, "locale": lang, "viewport": {"width": width, "height": 568}}
    ) as context:
        page = await context.new_page()
        await page.goto(web_desk.url)
        await page.get_by_role(
            "button", name="中文" if lang == "zh-CN" else "English", exact=True
        ).last.click()
        await press(page, "给我自己")
        await page.locator("#text").fill(STORY)
        await page.keyboard.press("Enter")
        await press(page, "农村")
        await press(page, "就申请这一项")
        await expect(page.locator(".receipt")).to_be_visible()
        for large in (False, True):
            if large:
                await page.locator("#big").click()
                await expect(page.locator("#big")).to_have_attribute("aria-pressed", "true")
            assert await page.evaluate("() => document.documentElement.scrollWidth") <= width
            for target in await page.locator(
                "button:visible:not(:disabled), summary:visible, textarea"
            ).all():
                box = await target.bounding_box()
                assert box, target
                assert min(box["width"], box["height"]) >= 43.5, (await target.text_content(), box)
        assert await serious(page) == []


async def test_old_buttons_stay_to_be_read_with_the_chosen_one_ticked(web_desk: Desk, phone: Page) -> None:
    await phone.goto(web_desk.url)
    await press(phone, "中文")
    await press(phone, "给我自己")
    await expect(phone.get_by_text("您遇到了什么难处")).to_be_visible()
    for _ in range(2):
        old = phone.locator("[data-choice='1.1']")
        await expect(old).to_be_disabled()
        await expect(phone.locator(".chosen")).to_have_text(["已选 中文", "已选 给我自己"])
        await phone.reload()
    await say(phone, "parts")
    # Every part of a review can be corrected: its buttons count together.
    await expect(phone.locator("[data-choice='5.0']")).to_be_enabled()
    await expect(phone.locator("[data-choice='5.1']")).to_be_enabled()
    # A long answer is shown from its beginning, also when its parts come one by one.
    await expect(phone.get_by_text("第0行")).to_be_in_viewport()
    await phone.wait_for_timeout(700)
    await expect(phone.get_by_text("第0行")).to_be_in_viewport()


async def test_the_page_speaks_the_language_of_the_conversation(web_desk: Desk, phone: Page) -> None:
    await phone.goto(web_desk.url)
    await press(phone, "English")
    await expect(phone.locator("html")).to_have_attribute("lang", "en")
    await expect(phone.get_by_role("button", name="Talk to a person")).to_be_visible()
    await phone.get_by_role("button", name="中文", exact=True).first.click()
    await expect(phone.get_by_role("button", name="找工作人员")).to_be_visible()
    await until(lambda: web_desk.said() == ["中文"])
    await phone.reload()
    await expect(phone.locator("html")).to_have_attribute("lang", "zh-Hans")


async def test_half_written_words_survive_a_reload(web_desk: Desk, phone: Page) -> None:
    await phone.goto(web_desk.url)
    await press(phone, "中文")
    await phone.locator("#text").fill("我还没写")
    await phone.reload()
    await expect(phone.locator("#text")).to_have_value("我还没写")


async def test_too_long_is_said_while_writing_and_nothing_is_lost(web_desk: Desk, phone: Page) -> None:
    await phone.goto(web_desk.url)
    await press(phone, "中文")
    await say(phone, "我" * 4001)
    await expect(phone.locator("#hint")).to_contain_text("写得太长了")
    await expect(phone.locator("#text")).to_have_value("我" * 4001)
    await phone.locator("#text").fill("我" * 3900)
    await expect(phone.locator("#hint")).to_have_text("还能写 100 个字")
    await phone.keyboard.press("Enter")
    await until(lambda: web_desk.said() == ["我" * 3900])


async def test_leaving_clears_the_phone(web_desk: Desk, phone: Page) -> None:
    await phone.goto(web_desk.url)
    await press(phone, "中文")
    await say(phone, STORY)
    await expect(phone.get_by_text("已收到")).to_be_visible()
    await phone.get_by_role("button", name="更多").click()
    assert await serious(phone) == []
    await phone.get_by_role("button", name="离开，并从这台手机上清掉").click()
    await expect(phone.get_by_role("dialog")).to_contain_text("从这台手机上清掉吗？")
    await phone.keyboard.press("Escape")  # thought better of it
    await expect(phone.get_by_text(STORY)).to_be_visible()
    await phone.get_by_role("button", name="更多").click()
    await phone.get_by_role("button", name="离开，并从这台手机上清掉").click()
    await phone.get_by_role("button", name="清掉", exact=True).click()
    await expect(phone.get_by_text("已经清掉了")).to_be_visible()
    await expect(phone.get_by_text(STORY)).to_have_count(0)
    assert "63" not in await phone.evaluate("() => JSON.stringify(localStorage)")
    assert await serious(phone) == []
    await phone.get_by_role("button", name="开始", exact=True).click()
    await expect(phone.get_by_text("这次是帮谁问？").or_(phone.get_by_text("请选一种语言"))).to_be_visible()


async def test_without_javascript_it_says_what_to_do(web_desk: Desk, new_context: NewContext) -> None:
    async with new_context(**PHONE, java_script_enabled=False) as context:
        page = await context.new_page()
        await page.goto(web_desk.url)
        for words in ("12345 政务服务热线", "12345 public service line"):
            said = page.locator("noscript p").filter(has_text=words)
            await expect(said).to_be_visible()
        await expect(page.locator("button:visible")).to_have_count(0)


async def test_the_receipt_prints_alone(web_desk: Desk, page: Page) -> None:
    await page.add_init_script("window.print = () => { window.printed = true; }")
    await page.goto(web_desk.url)
    await press(page, "中文")
    await press(page, "给我自己")
    await say(page, STORY)
    await press(page, "农村")
    await press(page, "就申请这一项")
    await page.get_by_role("button", name="打印回执").click()
    assert await page.evaluate("() => window.printed") is True
    await page.emulate_media(media="print")
    await expect(page.locator(".receipt")).to_be_visible()
    await expect(page.get_by_text("我听到的是这些")).to_be_hidden()
    await expect(page.locator("#say")).to_be_hidden()
    await page.emulate_media(media="screen")
    await page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    await expect(page.get_by_text("我听到的是这些")).to_be_visible()
