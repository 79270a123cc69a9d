"""Where people sit in a story: a phone's browser, Telegram, a terminal; and the caseworker's desk. All say and see the same.

seat = TelegramSeat(stack.urls["telegram_api"], user)
await tell(seat, HONG)                      # types the story, answers what is asked, until it is filed
await seat.sees("通过了")                    # the notice, in the same chat
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import httpx
from playwright.async_api import Page, expect

MOST_ACTS = 60
PATIENCE = 60.0
REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@dataclass(frozen=True)
class Story:
    """What somebody says. `script`: the first time the desk says a phrase, do this; `answers`: to a question with this in
    it, always this; anything else that is a question gets "don't know". `#...` presses a button with these words."""

    script: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]


class Seat(Protocol):
    """A person at a channel."""

    async def start(self) -> None:
        """Open the chat."""

    async def latest(self) -> str:
        """Everything the desk said since the person's last word."""

    async def labels(self) -> list[str]:
        """The buttons that can be pressed now."""

    async def say(self, text: str) -> None:
        """Type, and wait for the answer."""

    async def press(self, label: str) -> None:
        """Press a button by its whole label, and wait for the answer."""

    async def sees(self, words: str, seconds: float = PATIENCE) -> str:
        """Wait until the desk says this by itself; gives all that was said since."""


async def tell(seat: Seat, story: Story) -> list[tuple[str, str]]:
    """Tell the story to the end, as a person would who reads only what is on the screen; gives (said by the desk, done)."""
    await seat.start()
    left, told = list(story.script), []
    waited = 0.0
    while len(told) < MOST_ACTS:
        said, labels = await seat.latest(), await seat.labels()
        if "交好了" in said or (
            REFERENCE.search(said) and "交" in said and not any("交上去" in x for x in labels)
        ):
            return told
        act = _next(said, labels, left, story)
        if act is None:  # an answer of several messages may still be coming
            waited += 0.5
            assert waited < PATIENCE, f"nobody knows what to say to:\n{said}\n{labels}"
            await asyncio.sleep(0.5)
            continue
        waited = 0.0
        told.append((said, act))
        if act.startswith("#"):
            await seat.press(_label(act[1:], labels, told))
        else:
            await seat.say(act)
    raise AssertionError(f"not filed after {MOST_ACTS} acts:\n{_shown(told)}")


def _next(said: str, labels: list[str], left: list[tuple[str, str]], story: Story) -> str | None:
    for entry in left:
        if entry[0] in said:
            left.remove(entry)
            return entry[1]
    if not any("不知道" in label for label in labels):
        return None  # not a question
    return next((act for phrase, act in story.answers if phrase in said), "#不知道")


def _label(words: str, labels: list[str], told: list[tuple[str, str]]) -> str:
    found = next((label for label in labels if words in label), None)
    assert found is not None, f"no button {words!r} among {labels} after:\n{_shown(told)}"
    return found


def _shown(told: list[tuple[str, str]]) -> str:
    return "\n".join(f"{said}\n>> {act}" for said, act in told[-6:])


class WebSeat:
    """The chat page in a real browser."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    async def start(self) -> None:
        """Open the page."""
        await self.page.goto(self.url)
        await expect(self.page.locator("#log .desk")).not_to_have_count(0, timeout=15_000)

    async def latest(self) -> str:
        """The desk's messages after the last word or press of ours, without their buttons."""
        return str(
            await self.page.evaluate(
                """() => {
                    const all = Array.from(document.querySelectorAll('#log .desk, #log .mine'));
                    const ours = all.map(one => one.matches('.mine') || !!one.querySelector('.chosen')).lastIndexOf(true);
                    const parts = all.slice(ours + 1).filter(one => one.matches('.desk')).flatMap(one => Array.from(one.children));
                    return parts.filter(one => one.getAttribute('role') !== 'group').map(one => one.innerText).join('\\n');
                }"""
            )
        )

    async def labels(self) -> list[str]:
        """The buttons of the newest answer."""
        found = await self.page.locator("#log [data-choice]:not(:disabled)").all_inner_texts()
        return [text.strip() for text in found]

    async def say(self, text: str) -> None:
        """Type and send."""
        before = await self._newest()
        await self.page.locator("#text").fill(text)
        await self.page.get_by_role("button", name="发送").click()
        await self._answered(before)

    async def press(self, label: str) -> None:
        """Press a live button."""
        before = await self._newest()
        buttons = self.page.locator("#log [data-choice]:not(:disabled)")
        await buttons.nth((await self.labels()).index(label)).click()
        await self._answered(before)

    async def sees(self, words: str, seconds: float = PATIENCE) -> str:
        """A notice, on the page that is open."""
        await expect(self.page.locator("#log .desk.notice", has_text=words)).not_to_have_count(
            0, timeout=seconds * 1000
        )
        return await self.page.locator("#log").inner_text()

    async def _newest(self) -> str:
        return await self.page.locator("#log .desk").last.get_attribute("data-id") or ""

    async def _answered(self, before: str) -> None:
        newest = self.page.locator("#log .desk").last
        await expect(newest).not_to_have_attribute("data-id", before, timeout=PATIENCE * 1000)
        await expect(self.page.locator("#waiting")).to_be_empty(timeout=PATIENCE * 1000)


class TelegramSeat:
    """Somebody's Telegram, through the Bot API server the bot talks to."""

    def __init__(self, api: str, name: str, language: str = "zh-hans") -> None:
        self.http = httpx.AsyncClient(base_url=api, timeout=30, trust_env=False)
        self.name, self.language = name, language
        self.id, self.seen = 0, 0

    async def start(self) -> None:
        """A new account that presses Start."""
        made = await self.http.post("/_user", json={"first_name": self.name, "language_code": self.language})
        self.id = made.raise_for_status().json()["id"]
        await self.say("/start")

    async def latest(self) -> str:
        """What the bot wrote since."""
        return "\n".join(each.get("text", "") for each in await self._new())

    async def labels(self) -> list[str]:
        """The keyboard under the newest message."""
        return [key["text"] for key in _keys(await self._new())]

    async def say(self, text: str) -> None:
        """Type and send."""
        await self._act("say", text=text)

    async def press(self, label: str) -> None:
        """Press a button under the newest message that has it."""
        message = next(
            each for each in reversed(await self._new()) if label in {key["text"] for key in _keys([each])}
        )
        await self._act("press", label=label, message_id=message["message_id"])

    async def sees(self, words: str, seconds: float = PATIENCE) -> str:
        """A message the bot sends by itself."""
        end = time.monotonic() + seconds
        while words not in await self.latest():
            assert time.monotonic() < end, f"{words!r} did not come; there is:\n{await self.latest()}"
            await asyncio.sleep(0.2)
        return await self.latest()

    async def aclose(self) -> None:
        """Put the phone away."""
        await self.http.aclose()

    async def _act(self, what: str, **details: Any) -> None:
        self.seen = max((each["message_id"] for each in await self._all()), default=0)
        (await self.http.post(f"/_user/{self.id}/{what}", json=details)).raise_for_status()
        end = time.monotonic() + PATIENCE
        while not _keys(new := await self._new()):  # the last message of an answer has the buttons
            assert time.monotonic() < end, (
                f"no answer to {details}; there is {[each.get('text') for each in new]}"
            )
            await asyncio.sleep(0.1)

    async def _all(self) -> list[dict[str, Any]]:
        answer = await self.http.get(f"/_user/{self.id}/chat")
        return list(answer.raise_for_status().json()["messages"])

    async def _new(self) -> list[dict[str, Any]]:
        return [
            each
            for each in await self._all()
            if each["message_id"] > self.seen and each["from"].get("is_bot")
        ]


def _keys(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        key
        for message in messages
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for key in row
    ]


class TerminalSeat:
    """`onedoor chat` on a pipe: what is printed, and what is typed."""

    def __init__(self, url: str, var: Path) -> None:
        self.url, self.var = url, var
        self.printed, self.from_here = "", 0
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the terminal."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-u", "-m", "bot.cli", "chat", "--url", self.url, "--new"),
            stdin=PIPE,
            stdout=PIPE,
            env={**os.environ, "ONEDOOR_VAR": str(self.var), "PYTHONIOENCODING": "utf-8"},
        )
        self._reading = asyncio.create_task(self._read())
        await self._quiet()

    async def latest(self) -> str:
        """What was printed since."""
        return self.printed[self.from_here :]

    async def labels(self) -> list[str]:
        """The numbered choices."""
        return list(self._keys())

    async def say(self, text: str) -> None:
        """Type a line."""
        self.from_here = len(self.printed)
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{text}\n".encode())
        await self._process.stdin.drain()
        await self._quiet()

    async def press(self, label: str) -> None:
        """Type the key of a choice."""
        await self.say(self._keys()[label])

    async def sees(self, words: str, seconds: float = PATIENCE) -> str:
        """A notice, printed while the terminal is open."""
        end = time.monotonic() + seconds
        while words not in self.printed[self.from_here :]:
            assert time.monotonic() < end, f"{words!r} was not printed:\n{self.printed[self.from_here :]}"
            await asyncio.sleep(0.1)
        return self.printed[self.from_here :]

    async def aclose(self) -> None:
        """Ctrl-D."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            await asyncio.wait_for(self._process.wait(), 15)
        if self._reading is not None:
            await self._reading

    def _keys(self) -> dict[str, str]:
        lines = re.findall(r"^ +(\w+)\) (.+)$", self.printed[self.from_here :], re.MULTILINE)
        return {label.strip(): key for key, label in lines}

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        waiting = b""
        while chunk := await self._process.stdout.read(65536):
            waiting += chunk
            text = waiting.decode("utf-8", "ignore")
            self.printed += text
            waiting = waiting[len(text.encode()) :]

    async def _quiet(self) -> None:
        """Until choices are printed and nothing more comes."""
        end, length = time.monotonic() + PATIENCE, -1
        while length != len(self.printed) or not self._keys():
            assert time.monotonic() < end, (
                f"the terminal said no more than:\n{self.printed[self.from_here :]}"
            )
            length = len(self.printed)
            await asyncio.sleep(0.4)


class Caseworker:
    """Somebody at the console."""

    def __init__(self, page: Page, console: str, login: dict[str, Any]) -> None:
        self.page, self.console, self.login = page, console, login

    async def log_in(self) -> None:
        """With login and password."""
        await self.page.goto(f"{self.console}/login")
        await self.page.fill("#login", self.login["login"])
        await self.page.fill("#password", self.login["password"])
        await self.page.keyboard.press("Enter")
        await expect(self.page).to_have_url(self.console)

    async def open(self, reference: str) -> str:
        """The page of an application, as text."""
        await self.page.goto(f"{self.console}/applications/{reference}")
        return await self.page.locator("main").inner_text()

    async def take(self) -> None:
        """Take the case that is open, from the first press to where it can be decided."""
        await self.page.get_by_role("button", name="我来办").click()
        await expect(self.page.get_by_role("status")).to_be_visible()

    async def ask(self, about: str | None, words: str) -> None:
        """Ask the resident a question."""
        await self.page.get_by_role("link", name="问群众一个问题").click()
        if about:
            await self.page.select_option("#about", value=about)
        if words:
            await self.page.fill("#text", words)
        await self.page.get_by_role("button", name="发给群众").click()
        await expect(self.page.get_by_role("status")).to_contain_text("问题已发给群众")

    async def decide(self, approve: bool, reason: str) -> None:
        """Yes or no, with a reason that the resident will read word by word."""
        await (
            self.page.locator("#actions")
            .get_by_role("link", name="同意" if approve else "不同意", exact=True)
            .click()
        )
        await self.page.fill("#reason", reason)
        await self.page.get_by_role("button", name="看看群众会读到什么").click()
        await expect(self.page.locator(".letter")).to_contain_text(reason)
        await self.page.get_by_role("button", name="确认同意" if approve else "确认不同意").click()
        await expect(self.page.get_by_role("status")).to_be_visible()
