"""A whole desk and a real phone-sized browser: a story typed in Chinese becomes a filed application, by keyboard alone."""

from __future__ import annotations

import os
import re
import signal

import pytest
from playwright.async_api import Page, expect

from tests.browser import serious
from tests.stack import Stack

STORY = "我前阵子中风住院，刚出院，现在瘫在床上，自己照顾不了自己。家里就我一个人，一个月只有四五百块钱。"
MOST_STEPS = 40


class Keyboard:
    """Somebody without a mouse: Tab, Shift+Tab, Enter and letters."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answers = 0

    async def focused(self) -> str:
        words = await self.page.evaluate(
            "() => document.activeElement.id || document.activeElement.textContent"
        )
        return str(words).strip()

    async def press(self, label: str) -> None:
        """The nearest live button of the conversation with this label."""
        await self._go_to(lambda words: words == label, label)
        await self._answered(self.page.keyboard.press("Enter"))

    async def say(self, words: str) -> None:
        await self._go_to(lambda found: found == "text", "the message box")
        await self.page.keyboard.insert_text(words)  # as an input method does
        await self._answered(self.page.keyboard.press("Enter"))

    async def _go_to(self, wanted, what: str) -> None:  # type: ignore[no-untyped-def]
        for key in ["Tab"] * 30 + ["Shift+Tab"] * 60:
            if wanted(await self.focused()):
                return
            await self.page.keyboard.press(key)
        raise AssertionError(f"{what} cannot be reached by keyboard")

    async def _answered(self, act) -> None:  # type: ignore[no-untyped-def]
        before = await self.page.locator("#log .desk").last.get_attribute("data-id")
        await act
        newest = self.page.locator(f'#log .desk:not([data-id="{before}"])').last
        await expect(self.page.locator("#log .desk").last).not_to_have_attribute(
            "data-id", before or "", timeout=15_000
        )
        await expect(self.page.locator("#waiting")).to_be_empty(timeout=15_000)
        await expect(newest).to_be_attached()
        self.answers += 1

    async def step(self) -> str:
        return str(await self.page.locator("#log .desk").last.get_attribute("data-step"))

    async def choices(self) -> list[str]:
        return await self.page.locator("#log [data-choice]:not(:disabled)").all_text_contents()


@pytest.mark.slow
async def test_a_story_becomes_a_filed_application_by_keyboard_alone(stack: Stack, phone: Page) -> None:
    problems: list[str] = []
    phone.on("pageerror", lambda error: problems.append(str(error)))
    await phone.goto(stack.urls["chat"])
    hand = Keyboard(phone)
    await expect(phone.locator("#log .desk")).not_to_have_count(0)
    await hand.press("中文")
    await hand.press("同意，开始")
    await hand.press("我自己")
    await hand.say(STORY)
    heard = phone.locator(".heard").last
    await expect(heard).to_contain_text("您的原话：“")
    assert await serious(phone) == []
    await hand.press("对，没错")

    questions, seen = 0, set()
    for _ in range(MOST_STEPS):
        step = await hand.step()
        seen.add(step)
        if step == "suggestions":
            break
        questions += step == "question"
        await hand.press((await hand.choices())[0])
    assert "suggestions" in seen
    assert questions <= 10, "suggestions after at most ten questions"
    await expect(phone.locator(".card.true").last).to_contain_text("可能可以申请")
    assert await serious(phone) == []

    while (step := await hand.step()) not in ("review", "filed"):
        name_or_phone = step == "details"
        if name_or_phone and "电话" in str(await phone.locator("#log .desk .bubble").last.text_content()):
            await hand.say("13800138000")
        elif name_or_phone:
            await hand.say("洪国强")
        else:
            await hand.press((await hand.choices())[0])
        assert hand.answers < MOST_STEPS
    assert await serious(phone) == []
    await hand.press(next(label for label in await hand.choices() if label.startswith("都对，交上去")))

    reference = str(await phone.locator(".receipt .number").last.text_content())
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", reference)
    await expect(phone.locator(".receipt").last).to_contain_text(re.compile(r"最晚答复 20\d\d年"))
    assert await serious(phone) == []

    # Back tomorrow, on the same phone: everything is still there, and nothing is asked twice.
    await phone.reload()
    await expect(phone.locator(".receipt .number").last).to_have_text(reference)
    await hand.say("查进度")
    await expect(phone.locator("#log .desk.reply").nth(-2)).to_contain_text(reference)
    assert problems == []


@pytest.mark.slow
async def test_the_filed_application_is_in_the_intake_once(stack: Stack, phone: Page) -> None:
    """A page that sends its last press three times over a bad network has filed once."""
    await phone.goto(stack.urls["chat"] + "?lang=zh")
    await expect(phone.locator("#log .desk")).not_to_have_count(0)
    seat = await phone.evaluate("() => JSON.parse(localStorage['onedoor.seat'])")
    request = phone.request
    url = f"{stack.urls['chat']}/api/conversations/{seat['conversation']}/messages"
    headers = {"Authorization": f"Bearer {seat['token']}"}

    async def send(number: int, **said: str) -> list[dict[str, object]]:
        answer = await request.post(url, data={"message_id": f"m{number}", **said}, headers=headers)
        assert answer.status == 200
        return list((await answer.json())["messages"])

    messages = (await (await request.get(url, headers=headers)).json())["messages"]
    number = 0
    while messages[-1]["step"] != "filed":
        last = messages[-1]
        number += 1
        assert number < MOST_STEPS
        if last["step"] == "situation":
            said = {"text": STORY}
        elif last["step"] == "language":
            said = {"choice": next(one["id"] for one in last["choices"] if one["label"] == "中文")}
        else:
            said = {"choice": last["choices"][0]["id"]}
        messages = await send(number, **said)
        for _ in range(2):
            assert await send(number, **said) == messages
    assert messages[-1]["receipt"]["reference"]
    everything = (await (await request.get(url, headers=headers)).json())["messages"]
    assert [message["step"] for message in everything].count("filed") == 1


@pytest.mark.slow
async def test_a_killed_bot_loses_nothing_and_the_page_goes_on(stack: Stack, phone: Page) -> None:
    await phone.goto(stack.urls["chat"])
    hand = Keyboard(phone)
    await expect(phone.locator("#log .desk")).not_to_have_count(0)
    await hand.press("中文")
    await hand.press("同意，开始")
    await hand.press("我自己")
    os.kill(stack.pids()["bot"], signal.SIGKILL)
    await phone.locator("#text").fill(STORY)
    await phone.keyboard.press("Enter")
    await expect(phone.locator(".heard")).to_contain_text("您的原话：“", timeout=60_000)
    await expect(phone.get_by_text("已收到")).to_be_visible()
    await phone.reload()
    await expect(phone.locator(".heard")).to_have_count(1)
    await expect(phone.locator(".mine")).to_have_count(1)
    await hand.press("对，没错")
