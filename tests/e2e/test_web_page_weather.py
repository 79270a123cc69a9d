"""The chat page when things go wrong: no network, lost answers, streams held back, hostile words, a desk that is away."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser import DESKTOP, PHONE, NewContext, serious
from tests.e2e.web_desk import STORY, Desk, press, say, web_desk
from tests.waiting import until

__all__ = ["web_desk"]  # the fixture


HOSTILE = [
    '<img src=x onerror="window.ran=1;alert(1)">',
    "<script>window.ran=1</script>",
    "</div><svg onload=window.ran=1>",
    "javascript:window.ran=1",
    "{{7*7}} ${7*7} %(count)s {0.__class__}",
    "\u202egnp.exe\u200b\u0301\u0301",
    "'\"><b id=planted>x</b>",
]


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_are_only_ever_words(web_desk: Desk, phone: Page, words: str) -> None:
    dialogs: list[str] = []
    phone.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await phone.goto(web_desk.url)
    await press(phone, "中文")
    await say(phone, f"say back {words}")
    await expect(phone.locator(".receipt .number")).to_have_text(words)
    await expect(phone.locator(".mine .bubble")).to_have_text(f"您说：say back {words}")
    await expect(phone.locator(".card h3")).to_have_text(words)
    await expect(phone.locator(".heard b")).to_have_text(words)
    await expect(phone.locator("[data-choice='9.0']")).to_have_text(words[:60])
    await phone.reload()
    await expect(phone.locator(".receipt .number")).to_have_text(words)
    assert await phone.evaluate("() => window.ran") is None
    assert await phone.locator("#planted, #log script, #log img").count() == 0
    assert dialogs == []


async def test_what_is_written_without_a_network_is_sent_once_when_it_is_back(
    web_desk: Desk, new_context: NewContext
) -> None:
    async with new_context(**PHONE) as context:
        page = await context.new_page()
        await page.goto(web_desk.url)
        await press(page, "中文")
        await expect(page.get_by_text("这次是帮谁问？")).to_be_visible()
        await context.set_offline(True)
        await expect(page.get_by_text("没有网络。")).to_be_visible()
        await say(page, "第一句")
        await say(page, "第二句")
        await expect(page.get_by_text("等网络，会自动发")).to_have_count(2)
        assert await serious(page) == []
        await page.close()  # the phone is put away
        assert web_desk.said() == []
        await context.set_offline(False)
        again = await context.new_page()
        await again.goto(web_desk.url)
        await expect(again.get_by_text("已收到")).to_have_count(2)
        await again.reload()
        await expect(again.locator(".mine .bubble")).to_have_text(["您说：第一句", "您说：第二句"])
        assert web_desk.said() == ["第一句", "第二句"]


async def test_an_answer_lost_on_the_way_has_no_second_effect(web_desk: Desk, phone: Page) -> None:
    lost: list[str] = []

    async def lose(route: Route) -> None:
        await route.fetch()  # the desk has it ...
        lost.append(route.request.url)
        await route.abort("connectionreset")  # ... and the answer never comes

    await phone.route("**/events", lambda route: route.abort())
    await phone.goto(web_desk.url)
    await press(phone, "中文")
    await expect(phone.get_by_text("这次是帮谁问？")).to_be_visible()
    await phone.route("**/messages", lose, times=2)
    await say(phone, STORY)
    await expect(phone.get_by_text("您父亲，年龄：63岁")).to_be_visible()
    await expect(phone.locator(".mine")).to_have_count(1)
    await expect(phone.get_by_text("已收到")).to_be_visible()
    assert len(lost) == 2
    assert web_desk.said() == [STORY]


async def test_where_streams_are_held_back_it_asks_by_itself(web_desk: Desk, phone: Page) -> None:
    await phone.add_init_script("delete window.ReadableStream")
    await phone.goto(web_desk.url)
    await press(phone, "中文")
    await expect(phone.get_by_text("这次是帮谁问？")).to_be_visible()
    web_desk.notify()
    await expect(phone.get_by_text("您的临时救助已经批准。")).to_be_visible(timeout=15_000)


async def test_a_notice_arrives_by_itself_in_every_tab_and_says_that_it_is_news(
    web_desk: Desk, new_context: NewContext
) -> None:
    async with new_context(**DESKTOP) as context:
        pages = [await context.new_page() for _ in range(2)]
        await pages[0].goto(web_desk.url)
        await press(pages[0], "中文")
        await pages[1].goto(web_desk.url)
        await expect(pages[1].get_by_text("这次是帮谁问？")).to_be_visible()
        await until(lambda: web_desk.chat.streams.count() == 2)
        web_desk.notify()
        for page in pages:
            await expect(page.locator(".notice")).to_contain_text("办事通知 · 11月")
            await expect(page.locator(".notice")).to_contain_text("您的临时救助已经批准。")
        await press(pages[0], "给我自己")
        await expect(pages[1].get_by_text("您遇到了什么难处")).to_be_visible()


async def test_a_question_asked_again_has_buttons_that_work(web_desk: Desk, phone: Page) -> None:
    """Its buttons keep their ids: the newest are the live ones, also when the answer came by the stream alone."""

    async def lose(route: Route) -> None:
        await route.fetch()
        await asyncio.sleep(0.5)  # the stream is quicker
        await route.abort("connectionreset")

    await phone.goto(web_desk.url)
    await press(phone, "中文")
    await say(phone, STORY)
    await expect(phone.locator("[data-choice='3.3']")).to_be_enabled()
    await expect(phone.get_by_text("已收到")).to_be_visible()
    await until(lambda: web_desk.chat.streams.count() == 1)
    await phone.route("**/messages", lose, times=1)
    for count in (1, 2, 3):
        await phone.locator("[data-choice='3.3']").last.click()
        await expect(phone.get_by_text("因为两边的标准不一样。")).to_have_count(count)
        await phone.wait_for_timeout(700)  # the lost answer is noticed by now
    await expect(phone.locator("[data-choice='3.3']:enabled")).to_have_count(1)
    await expect(phone.locator("[data-choice='3.3'].chosen")).to_have_count(3)
    await phone.locator("[data-choice='3.1']:enabled").click()
    await expect(phone.get_by_text("您可以试试")).to_be_visible()
    await phone.reload()
    await expect(phone.locator("[data-choice='3.3'].chosen")).to_have_count(3)
    await expect(phone.locator("[data-choice='3.1'].chosen")).to_have_count(1)


async def test_a_conversation_that_is_gone_is_said_kindly(web_desk: Desk, phone: Page) -> None:
    await phone.goto(web_desk.url)
    await phone.evaluate(
        "() => localStorage.setItem('onedoor.seat', JSON.stringify({conversation: '0'.repeat(32), token: 'x'}))"
    )
    await phone.reload()
    await expect(phone.get_by_text("这次对话找不到了")).to_be_visible()
    assert await serious(phone) == []
    await phone.get_by_role("button", name="重新开始").click()
    await expect(phone.get_by_text("请选一种语言")).to_be_visible()


async def test_a_desk_that_cannot_be_reached_says_what_else_to_do(web_desk: Desk, phone: Page) -> None:
    await phone.route("**/api/conversations", lambda route: route.abort())
    await phone.goto(web_desk.url)
    await expect(phone.locator("#state")).to_contain_text("12345")
    assert await serious(phone) == []
    await phone.unroute("**/api/conversations")
    await phone.get_by_role("button", name="再试一次").click()
    await expect(phone.get_by_text("请选一种语言")).to_be_visible()
