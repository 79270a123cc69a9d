"""The two stories of the district's own account, from the first word to the decision and back, in Chinese, for real: a
supervised desk, a browser, a Bot API server, a terminal. Figures the account does not give are made up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest_asyncio
from playwright.async_api import Page

from tests.browser import DESKTOP, NewContext
from tests.e2e.seats import REFERENCE, Caseworker, Story, TelegramSeat, TerminalSeat, WebSeat, tell
from tests.stack import Stack

# Hong came home from hospital paralysed; an information officer of his village reports him.
HONG = Story(
    script=(
        ("请选一种语言", "#中文"),
        ("可以开始吗", "#同意"),
        ("这次是帮谁问", "#我是信息员"),
        ("怎么称呼", "洪大爷"),
        ("知道吗", "#知道，也同意"),
        (
            "遇到了什么难处",
            "洪大爷出院后瘫痪在床，生活不能自理，今年52岁，农村户口，家里两口人，一个月600块钱",
        ),
        ("对不对", "#对，没错"),
        ("批不批", "#就申请"),
        ("一般要这些材料", "#以后再交"),
        ("电话", "13800000001"),
        ("都对", "#都对，交上去"),
    ),
    answers=(
        ("突然遇到", "#突发重病"),
        ("有困难吗", "#有困难"),
        ("户口在重庆", "#是"),
        ("户口在永川", "#是"),
        ("住在永川", "#是"),
        ("在领哪些", "#都没有"),
        ("城镇户口还是农村", "#农村"),
        ("一个月大概有多少钱", "600"),
    ),
)

# Zhang's daughter has leukaemia; the savings are spent, and after giving marrow Zhang cannot do heavy work.
ZHANG = Story(
    script=(
        ("请选一种语言", "#中文"),
        ("可以开始吗", "#同意"),
        ("这次是帮谁问", "#我的家人"),
        ("您的什么人", "#我女儿"),
        ("知道吗", "#我是监护人"),
        (
            "遇到了什么难处",
            "我女儿小雨9岁，得了白血病，去年住院花了十几万，家里的钱都花光了。我捐了骨髓，干不了重活，一家三口，是农村户口",
        ),
        ("对不对", "#对，没错"),
        ("批不批", "#就申请"),
        ("一般要这些材料", "#以后再交"),
        ("叫什么", "张小雨"),
        ("电话", "13800000002"),
        ("都对", "#都对，交上去"),
    ),
    answers=(
        ("突然遇到", "#突发重病"),
        ("有困难吗", "#有困难"),
        ("户口在重庆", "#是"),
        ("户口在永川", "#是"),
        ("住在永川", "#是"),
        ("在领哪些", "#都没有"),
        ("城镇户口还是农村", "#农村"),
        ("一个月大概有多少钱", "一千多"),
        ("医疗保险", "#居民医保一档"),
    ),
)

APPROVED = "情况核实了，同意救助，钱三天内打到卡上。"
DENIED = "交来的情况里家里收入高过标准，这次不能批。觉得不对可以再来窗口。"


@pytest_asyncio.fixture(loop_scope="session")
async def office(new_context: NewContext) -> AsyncIterator[Page]:
    """The caseworkers' browser, apart from the resident's."""
    async with new_context(**DESKTOP) as context:
        yield await context.new_page()


async def someone_who_may(stack: Stack, page: Page, reference: str) -> Caseworker:
    """Log in as the first of the demonstration's staff who sees this application and may take it."""
    for login in stack.demo["staff"]:
        desk = Caseworker(page, stack.urls["console"], login)
        await page.context.clear_cookies()
        await desk.log_in()
        await desk.open(reference)
        if await page.get_by_role("button", name="我来办").count():
            return desk
    raise AssertionError(f"nobody may take {reference}")


def item(said: str) -> str:
    """The reference of the first application on a receipt; before it stands the reference of the whole filing."""
    found = list(dict.fromkeys(REFERENCE.findall(said)))
    assert len(found) >= 2, said
    return str(found[1])


async def test_hong_reported_by_an_officer_in_telegram(stack_with_nlu: Stack, office: Page) -> None:
    async with aclosing(TelegramSeat(stack_with_nlu.urls["telegram_api"], "信息员小李")) as seat:
        told = await tell(seat, HONG)
        receipt = await seat.latest()
        assert "急难型临时救助" in receipt
        heard = next(said for said, _ in told if "我听到的是这些" in said)
        assert "52岁" in heard
        assert len([1 for said, _ in told if "大概还有" in said]) <= 10, "at most ten questions"
        worker = await someone_who_may(stack_with_nlu, office, item(receipt))
        page = await worker.open(item(receipt))
        assert "洪大爷" in page
        assert "瘫痪在床" in page, "the caseworker reads the very words"
        await worker.take()
        await worker.decide(True, APPROVED)
        notice = await seat.sees("通过了")
        assert APPROVED in notice
        assert item(receipt) in notice


async def test_zhangs_daughter_on_the_web_with_a_question_in_between(
    stack_with_nlu: Stack, phone: Page, office: Page
) -> None:
    seat = WebSeat(phone, stack_with_nlu.urls["chat"])
    told = await tell(seat, ZHANG)
    receipt = await seat.latest()
    assert "急难型临时救助" in receipt
    heard = next(said for said, _ in told if "白血病" in said)
    assert "9岁" in heard
    worker = await someone_who_may(stack_with_nlu, office, item(receipt))
    page = await worker.open(item(receipt))
    assert "张小雨" in page
    assert "得了白血病" in page
    await worker.take()
    await worker.ask(None, "孩子现在还在住院吗？")
    await seat.sees("孩子现在还在住院吗？")
    await seat.say("还在住，要住到下个月")
    assert "要住到下个月" in await until_there(worker, item(receipt), "要住到下个月")
    await worker.decide(True, APPROVED)
    assert APPROVED in await seat.sees("通过了")
    await phone.reload()
    assert APPROVED in await seat.sees("通过了"), "still there tomorrow"


async def until_there(worker: Caseworker, reference: str, words: str) -> str:
    """Reload the case until it has these words."""
    for _ in range(30):
        page = await worker.open(reference)
        if words in page:
            return page
        await worker.page.wait_for_timeout(500)
    return page


async def test_a_no_with_its_reason_comes_back_in_the_terminal_without_the_language_model(
    stack: Stack, office: Page, tmp_path: Path
) -> None:
    async with aclosing(TerminalSeat(stack.urls["chat"], tmp_path)) as seat:
        told = await tell(seat, ZHANG)
        receipt = await seat.latest()
        heard = next(said for said, _ in told if "白血病" in said and "我听到" in said)
        assert "9岁" in heard
        worker = await someone_who_may(stack, office, item(receipt))
        await worker.take()
        await worker.decide(False, DENIED)
        notice = await seat.sees("没有通过")
        assert DENIED in notice


async def test_hong_without_the_language_model(stack: Stack, office: Page) -> None:
    async with aclosing(TelegramSeat(stack.urls["telegram_api"], "信息员小王")) as seat:
        await tell(seat, HONG)
        worker = await someone_who_may(stack, office, item(await seat.latest()))
        await worker.take()
        await worker.decide(True, APPROVED)
        assert APPROVED in await seat.sees("通过了")


def test_the_desks_own_checks_find_nothing_wrong_afterwards(stack: Stack) -> None:
    """`onedoor check` and `onedoor audit verify` on the database of a desk that is at work."""
    import subprocess
    import sys

    for command in (["check"], ["audit", "verify"]):
        done: subprocess.CompletedProcess[Any] = subprocess.run(
            [sys.executable, "-m", "bot.cli", *command],
            env={"ONEDOOR_VAR": str(stack.var), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
