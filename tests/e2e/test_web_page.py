"""The chat page in a real browser: by keyboard, on a small phone, without a network, with hostile words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI
from playwright.async_api import Page, Route, expect
from sqlalchemy import select

from backend.tools.clock import FixedClock
from backend.tools.sql import Database
from bot import inbox, store
from bot.channels import web
from bot.channels.plain import Plain
from bot.process import Server
from bot.signals import Signals
from bot.store import ConversationRow, InboxRow
from bot.turns import Worker
from tests.browser import DESKTOP, PHONE, NewContext, serious
from tests.fakes.servers import free_port
from tests.fakes.showing import ShowingBrain
from tests.waiting import until

STORY = "我爸63了，家里四五百"


@dataclass(slots=True)
class Desk:
    """The web chat as it is, with a conversation that shows every kind of message."""

    url: str
    database: Database
    worker: Worker
    chat: web.WebChat

    def said(self) -> list[str]:
        """Everything residents said, as the desk has it."""
        with self.database.read() as session:
            rows = session.scalars(select(InboxRow).where(InboxRow.kind == "text").order_by(InboxRow.id))
            return [row.payload["text"] for row in rows]

    def notify(self) -> None:
        """The intake has news for the only conversation."""
        with self.database.read() as session:
            conversation = session.scalars(select(ConversationRow.id)).one()
        inbox.accept_notice(self.database, inbox.new_id(), conversation, {}, clock=self.chat.clock)
        self.worker.wake()


@pytest_asyncio.fixture(loop_scope="session")
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    database, signals, app = Database(f"sqlite:///{tmp_path / 'bot.sqlite3'}"), Signals(), FastAPI()
    store.migrate(database)
    clock = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    chat = web.mount(app, database=database, signals=signals, clock=clock, folder=tmp_path / "files")
    worker = Worker(database, ShowingBrain(), signals, channels={"web": Plain()}, name="test")
    port = free_port()
    server = Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=2)
    )
    tasks = [asyncio.create_task(worker.run()), asyncio.create_task(server.serve())]
    await until(lambda: server.started)
    yield Desk(f"http://127.0.0.1:{port}/chat", database, worker, chat)
    chat.close()
    server.should_exit = True
    await worker.stop()
    await asyncio.gather(*tasks)
    database.close()


async def press(page: Page, label: str) -> None:
    """Press a button of the conversation."""
    await page.locator("#log").get_by_role("button", name=label, exact=True).click()


async def say(page: Page, words: str) -> None:
    """Type and send."""
    await page.get_by_label("在这里打字").fill(words)
    await page.get_by_role("button", name="发送").click()


async def tab_to(page: Page, what: str, key: str = "Tab") -> None:
    """Go on by keyboard until the focused element shows these words."""
    for _ in range(30):
        await page.keyboard.press(key)
        words = await page.evaluate("() => document.activeElement.textContent || document.activeElement.id")
        if words.strip() == what:
            return
    raise AssertionError(f"{what!r} cannot be reached by keyboard")


async def test_the_whole_way_by_keyboard_alone_on_a_phone(desk: Desk, phone: Page) -> None:
    await phone.goto(desk.url)
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
    assert desk.said() == [STORY]


async def test_new_messages_are_announced_and_history_is_not(desk: Desk, phone: Page) -> None:
    await phone.goto(desk.url)
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
    desk: Desk, new_context: NewContext, width: int, lang: str
) -> None:
    async with new_context(
        **{**PHONE, "locale": lang, "viewport": {"width": width, "height": 568}}
    ) as context:
        page = await context.new_page()
        await page.goto(desk.url)
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
async def test_words_are_only_ever_words(desk: Desk, phone: Page, words: str) -> None:
    dialogs: list[str] = []
    phone.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await phone.goto(desk.url)
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
    desk: Desk, new_context: NewContext
) -> None:
    async with new_context(**PHONE) as context:
        page = await context.new_page()
        await page.goto(desk.url)
        await press(page, "中文")
        await expect(page.get_by_text("这次是帮谁问？")).to_be_visible()
        await context.set_offline(True)
        await expect(page.get_by_text("没有网络。")).to_be_visible()
        await say(page, "第一句")
        await say(page, "第二句")
        await expect(page.get_by_text("等网络，会自动发")).to_have_count(2)
        assert await serious(page) == []
        await page.close()  # the phone is put away
        assert desk.said() == []
        await context.set_offline(False)
        again = await context.new_page()
        await again.goto(desk.url)
        await expect(again.get_by_text("已收到")).to_have_count(2)
        await again.reload()
        await expect(again.locator(".mine .bubble")).to_have_text(["您说：第一句", "您说：第二句"])
        assert desk.said() == ["第一句", "第二句"]


async def test_an_answer_lost_on_the_way_has_no_second_effect(desk: Desk, phone: Page) -> None:
    lost: list[str] = []

    async def lose(route: Route) -> None:
        await route.fetch()  # the desk has it ...
        lost.append(route.request.url)
        await route.abort("connectionreset")  # ... and the answer never comes

    await phone.route("**/events", lambda route: route.abort())
    await phone.goto(desk.url)
    await press(phone, "中文")
    await expect(phone.get_by_text("这次是帮谁问？")).to_be_visible()
    await phone.route("**/messages", lose, times=2)
    await say(phone, STORY)
    await expect(phone.get_by_text("您父亲，年龄：63岁")).to_be_visible()
    await expect(phone.locator(".mine")).to_have_count(1)
    await expect(phone.get_by_text("已收到")).to_be_visible()
    assert len(lost) == 2
    assert desk.said() == [STORY]


async def test_where_streams_are_held_back_it_asks_by_itself(desk: Desk, phone: Page) -> None:
    await phone.add_init_script("delete window.ReadableStream")
    await phone.goto(desk.url)
    await press(phone, "中文")
    await expect(phone.get_by_text("这次是帮谁问？")).to_be_visible()
    desk.notify()
    await expect(phone.get_by_text("您的临时救助已经批准。")).to_be_visible(timeout=15_000)


async def test_a_notice_arrives_by_itself_in_every_tab_and_says_that_it_is_news(
    desk: Desk, new_context: NewContext
) -> None:
    async with new_context(**DESKTOP) as context:
        pages = [await context.new_page() for _ in range(2)]
        await pages[0].goto(desk.url)
        await press(pages[0], "中文")
        await pages[1].goto(desk.url)
        await expect(pages[1].get_by_text("这次是帮谁问？")).to_be_visible()
        await until(lambda: desk.chat.streams.count() == 2)
        desk.notify()
        for page in pages:
            await expect(page.locator(".notice")).to_contain_text("办事通知 · 11月")
            await expect(page.locator(".notice")).to_contain_text("您的临时救助已经批准。")
        await press(pages[0], "给我自己")
        await expect(pages[1].get_by_text("您遇到了什么难处")).to_be_visible()


async def test_old_buttons_stay_to_be_read_with_the_chosen_one_ticked(desk: Desk, phone: Page) -> None:
    await phone.goto(desk.url)
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


async def test_a_question_asked_again_has_buttons_that_work(desk: Desk, phone: Page) -> None:
    """Its buttons keep their ids: the newest are the live ones, also when the answer came by the stream alone."""

    async def lose(route: Route) -> None:
        await route.fetch()
        await asyncio.sleep(0.5)  # the stream is quicker
        await route.abort("connectionreset")

    await phone.goto(desk.url)
    await press(phone, "中文")
    await say(phone, STORY)
    await expect(phone.locator("[data-choice='3.3']")).to_be_enabled()
    await expect(phone.get_by_text("已收到")).to_be_visible()
    await until(lambda: desk.chat.streams.count() == 1)
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


async def test_the_page_speaks_the_language_of_the_conversation(desk: Desk, phone: Page) -> None:
    await phone.goto(desk.url)
    await press(phone, "English")
    await expect(phone.locator("html")).to_have_attribute("lang", "en")
    await expect(phone.get_by_role("button", name="Talk to a person")).to_be_visible()
    await phone.get_by_role("button", name="中文", exact=True).first.click()
    await expect(phone.get_by_role("button", name="找工作人员")).to_be_visible()
    await until(lambda: desk.said() == ["中文"])
    await phone.reload()
    await expect(phone.locator("html")).to_have_attribute("lang", "zh-Hans")


async def test_half_written_words_survive_a_reload(desk: Desk, phone: Page) -> None:
    await phone.goto(desk.url)
    await press(phone, "中文")
    await phone.locator("#text").fill("我还没写")
    await phone.reload()
    await expect(phone.locator("#text")).to_have_value("我还没写")


async def test_too_long_is_said_while_writing_and_nothing_is_lost(desk: Desk, phone: Page) -> None:
    await phone.goto(desk.url)
    await press(phone, "中文")
    await say(phone, "我" * 4001)
    await expect(phone.locator("#hint")).to_contain_text("写得太长了")
    await expect(phone.locator("#text")).to_have_value("我" * 4001)
    await phone.locator("#text").fill("我" * 3900)
    await expect(phone.locator("#hint")).to_have_text("还能写 100 个字")
    await phone.keyboard.press("Enter")
    await until(lambda: desk.said() == ["我" * 3900])


async def test_leaving_clears_the_phone(desk: Desk, phone: Page) -> None:
    await phone.goto(desk.url)
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


async def test_a_conversation_that_is_gone_is_said_kindly(desk: Desk, phone: Page) -> None:
    await phone.goto(desk.url)
    await phone.evaluate(
        "() => localStorage.setItem('onedoor.seat', JSON.stringify({conversation: '0'.repeat(32), token: 'x'}))"
    )
    await phone.reload()
    await expect(phone.get_by_text("这次对话找不到了")).to_be_visible()
    assert await serious(phone) == []
    await phone.get_by_role("button", name="重新开始").click()
    await expect(phone.get_by_text("请选一种语言")).to_be_visible()


async def test_a_desk_that_cannot_be_reached_says_what_else_to_do(desk: Desk, phone: Page) -> None:
    await phone.route("**/api/conversations", lambda route: route.abort())
    await phone.goto(desk.url)
    await expect(phone.locator("#state")).to_contain_text("12345")
    assert await serious(phone) == []
    await phone.unroute("**/api/conversations")
    await phone.get_by_role("button", name="再试一次").click()
    await expect(phone.get_by_text("请选一种语言")).to_be_visible()


async def test_without_javascript_it_says_what_to_do(desk: Desk, new_context: NewContext) -> None:
    async with new_context(**PHONE, java_script_enabled=False) as context:
        page = await context.new_page()
        await page.goto(desk.url)
        for words in ("12345 政务服务热线", "12345 public service line"):
            said = page.locator("noscript p").filter(has_text=words)
            await expect(said).to_be_visible()
        await expect(page.locator("button:visible")).to_have_count(0)


async def test_the_receipt_prints_alone(desk: Desk, page: Page) -> None:
    await page.add_init_script("window.print = () => { window.printed = true; }")
    await page.goto(desk.url)
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
