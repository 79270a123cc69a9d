"""The console and the home page in a real browser: for everybody, by keyboard, without JavaScript, and under attack."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.async_api import Page, expect

from backend.access.staff import actor_of, find_staff
from backend.casework import service
from tests.browser import DESKTOP, PHONE, serious
from tests.e2e.console_desk import Console, served

REASON = "家里收入低于标准，从12月起每月10号前打到卡上。"


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with served(tmp_path_factory.mktemp("console")) as opened:
        yield opened


async def log_in(page: Page, console: Console, login: str = "salma") -> None:
    await page.goto(f"{console.url}/console/login")
    await page.fill("#login", login)
    await page.fill("#password", console.password)
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(f"{console.url}/console")


async def take(page: Page, console: Console, reference: str) -> str:
    """Open a case and take it; its address."""
    here = f"{console.url}/console/applications/{reference}"
    await page.goto(here)
    await page.get_by_role("button", name="我来办").click()
    await expect(page.get_by_role("status")).to_contain_text("接好了")
    return here


async def visit_all(page: Page, console: Console, look: Callable[[str], Any]) -> None:
    """Every kind of page, one after the other, with `look` at each."""
    put_status(console, "training", 46)
    reference = console.file()[1]
    task = console.ask_for_help()
    await page.goto(console.url)
    await look("home")
    await page.goto(f"{console.url}/console/login")
    await look("login")
    await page.fill("#login", "salma")
    await page.fill("#password", "wrong")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_be_visible()
    await look("login wrong")
    await log_in(page, console)
    await look("work")
    for name, address in (
        ("nothing found", "/console?q=zzz"),
        ("account", "/console/account"),
        ("not found", "/console/applications/9999-9999-9999"),
        ("help", f"/console/help/{task}"),
    ):
        await page.goto(console.url + address)
        await look(name)
    here = await take(page, console, reference)
    await look("case")
    for action in ("ask", "approve", "message"):
        await page.goto(f"{here}/{action}")
        await look(action)
    await page.goto(f"{here}/deny")
    await page.fill("#reason", REASON)
    await page.get_by_role("button", name="看看群众会读到什么").click()
    await expect(page.locator(".letter")).to_be_visible()
    await look("preview")
    with console.desk.database.read() as session:
        actor = actor_of(find_staff(session, "salma"))  # type: ignore[arg-type]
    service.ask_question(console.desk, actor, reference, "还住在医院吗？")
    await page.get_by_role("button", name="确认不同意").click()
    await expect(page.locator("#typed")).to_have_value(REASON)
    await look("conflict")
    await page.goto(here)
    await look("waiting")


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_axe_finds_nothing_serious_on_any_page(
    new_context: Any, console: Console, window: dict[str, Any]
) -> None:
    found: dict[str, list[str]] = {}
    async with new_context(**window) as context:
        page = await context.new_page()

        async def look(name: str) -> None:
            problems = await serious(page)
            wide = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if wide > 0:
                problems.append(f"{wide} pixels wider than the window")
            if problems:
                found[name] = problems

        await visit_all(page, console, look)
    assert not found


async def test_axe_finds_nothing_serious_in_english(page: Page, console: Console) -> None:
    reference = console.file()[1]
    await log_in(page, console)
    for address in ("/?lang=en", "/console", f"/console/applications/{reference}"):
        await page.goto(console.url + address)
        assert await page.locator("html").get_attribute("lang") == "en"
        assert not await serious(page), address


async def test_axe_would_find_something(page: Page, console: Console) -> None:
    await page.goto(f"{console.url}/console/login")
    await page.evaluate("document.querySelector('label[for=login]').remove()")
    assert any("label" in problem for problem in await serious(page))


async def test_a_case_is_decided_with_the_keyboard_alone(page: Page, console: Console) -> None:
    console.file()
    await page.goto(f"{console.url}/console")
    await page.keyboard.type("salma")  # the first field has the focus
    await page.keyboard.press("Tab")
    await page.keyboard.type(console.password)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("工作清单")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "skip"
    await page.keyboard.press("/")
    assert await page.evaluate("document.activeElement.id") == "q"
    await page.keyboard.type("j")  # in a field a letter is a letter
    assert await page.input_value("#q") == "j"
    await page.keyboard.press("Backspace")
    await page.keyboard.type("最低生活保障")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**q=*")
    for key in ("j", "j", "k"):
        await page.keyboard.press(key)
    first = page.locator(".work tbody tr").first
    await expect(first).to_have_class("here")
    assert await focus_is_seen(page)
    name = await first.locator("a").inner_text()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    await press(page, "我来办")
    await expect(page.get_by_role("status")).to_contain_text("接好了")
    await press(page, "同意")
    await tab_to(page, "#reason")
    await page.keyboard.type(REASON)
    await press(page, "看看群众会读到什么")
    await expect(page.locator(".letter")).to_contain_text(REASON)
    await press(page, "确认同意")
    await expect(page.get_by_role("status")).to_contain_text("已决定同意")


async def focus_is_seen(page: Page) -> bool:
    """Whether the element that has the focus is drawn so that one can see it."""
    return bool(
        await page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; })()"
        )
    )


async def press(page: Page, name: str) -> None:
    """Tab to the button or link with this name and press Enter; fails when the keyboard cannot reach it."""
    for _ in range(150):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.innerText") == name:
            assert await focus_is_seen(page), name
            async with page.expect_navigation():
                await page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach {name}")


async def tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


async def test_it_works_without_javascript(new_context: Any, console: Console) -> None:
    reference = console.file()[1]
    async with new_context(**DESKTOP, java_script_enabled=False) as context:
        page = await context.new_page()
        await log_in(page, console)
        here = await take(page, console, reference)
        await page.get_by_role("link", name="问群众一个问题").click()
        await page.select_option("#about", value="houses_owned@household")
        await page.get_by_role("button", name="发给群众").click()
        await expect(page.get_by_role("status")).to_contain_text("问题已发给群众")
        await page.get_by_role("link", name="不等回复，继续审核").click()
        await page.fill("#reason", "电话里问过了")
        await page.get_by_role("button", name="看看群众会读到什么").click()
        await page.locator('button[value="confirm"]').click()
        await page.goto(f"{here}/approve")
        await page.fill("#reason", REASON)
        await page.get_by_role("button", name="看看群众会读到什么").click()
        await page.get_by_role("button", name="确认同意").click()
        await expect(page.get_by_text("决定：同意")).to_be_visible()


async def test_no_script_of_anybody_runs(page: Page, console: Console) -> None:
    heard: list[str] = []
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    references = console.attack()
    await log_in(page, console)
    for address in (
        "",
        "?q=<script>alert(3)</script>",
        f"/applications/{references[0]}",
        f"/applications/{references[1]}",
    ):
        await page.goto(f"{console.url}/console{address}")
        await page.wait_for_load_state("networkidle")
    assert await page.locator("main img").count() == 0
    assert "<img src=x onerror=alert(1)>" in await page.inner_text("main")
    assert not heard


async def test_an_inline_script_would_not_run_even_if_it_got_in(page: Page, console: Console) -> None:
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    await page.goto(f"{console.url}/console/login")
    await page.evaluate(
        "(() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s);"
        " document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">'); })()"
    )
    await page.wait_for_timeout(300)
    assert await page.evaluate("window.ran") is None
    assert not ran


async def test_two_people_at_one_case_lose_nothing(new_context: Any, console: Console) -> None:
    reference = console.file()[1]
    async with new_context(**DESKTOP) as one, new_context(**DESKTOP) as other:
        office, home = await one.new_page(), await other.new_page()
        for page in (office, home):
            await log_in(page, console)
        here = await take(office, console, reference)
        await home.goto(f"{here}/deny")
        await home.fill("#reason", REASON)
        await office.goto(f"{here}/ask")
        await office.fill("#text", "还住在医院吗？")
        await office.get_by_role("button", name="发给群众").click()
        await expect(office.get_by_role("status")).to_contain_text("问题已发给群众")
        await home.get_by_role("button", name="看看群众会读到什么").click()
        await expect(home.get_by_role("heading", level=1)).to_have_text("这件事刚刚有了变化")
        assert await home.input_value("#typed") == REASON
        await expect(home.get_by_text("还住在医院吗？")).to_be_visible()
        await expect(home.locator(".chip").first).to_have_text("等群众回复")


async def test_what_is_being_written_survives_a_slip_of_the_finger(page: Page, console: Console) -> None:
    reference = console.file()[1]
    await log_in(page, console)
    here = await take(page, console, reference)
    await page.goto(f"{here}/approve")
    await page.locator("#reason").press_sequentially("写到一半")
    await page.goto(here)
    await page.goto(f"{here}/approve")
    assert await page.input_value("#reason") == "写到一半"
    await page.get_by_role("button", name="看看群众会读到什么").click()
    await page.get_by_role("button", name="确认同意").click()
    await expect(page.get_by_role("status")).to_contain_text("已决定同意")
    kept = await page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('onedoor:'))")
    assert kept == []


async def test_a_field_leads_to_its_line_in_the_conversation(page: Page, console: Console) -> None:
    reference = console.file()[1]
    await log_in(page, console)
    await page.goto(f"{console.url}/console/applications/{reference}")
    line = page.locator("#line-1")
    await expect(line).to_be_hidden()
    await page.get_by_role("link", name="看对话").first.click()
    await expect(line).to_be_visible()


def put_status(console: Console, state: str, percent: int | None) -> None:
    """What the supervisor would write."""
    content = {
        "processes": [{"name": "backend", "state": "running", "detail": ""}],
        "nlu": {"state": state, "detail": "", "percent": percent},
    }
    (console.var / "status.json").write_text(json.dumps(content), encoding="utf-8")


async def test_the_home_page_follows_the_language_model_by_itself(page: Page, console: Console) -> None:
    put_status(console, "training", 12)
    await page.goto(console.url)
    bar = page.locator("progress")
    await expect(bar).to_have_attribute("value", "12")
    put_status(console, "training", 80)
    await expect(bar).to_have_attribute("value", "80")
    put_status(console, "ready", None)
    await expect(bar).to_have_count(0)
    await expect(page.locator("#status")).not_to_contain_text("正在学习")


async def test_a_case_prints_with_its_words_and_room_for_the_stamp(page: Page, console: Console) -> None:
    reference = console.file()[1]
    await log_in(page, console)
    await page.goto(f"{console.url}/console/applications/{reference}")
    await page.emulate_media(media="print")
    await expect(page.get_by_text("盖章")).to_be_visible()
    await expect(page.locator(".top")).to_be_hidden()
    await expect(page.locator(".actions")).to_be_hidden()
    await expect(page.locator("mark").first).to_be_visible()
