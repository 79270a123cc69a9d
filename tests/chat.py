"""Conversations the way people have them, without a channel in sight.

    chat = Chat()
    await chat.start()
    await chat.press("中文")
    await chat.say("我爸瘫在床上")
    await chat.press("不知道")            # a button by its words, part of them, or its kind
    assert chat.last.step == "question"
    assert chat.facts["age", "self"] == 63

Every turn the state goes through JSON and back, as it does in the bot.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any, Literal

from backend.catalogue.load import load_catalogue
from backend.eligibility import compile_catalogue
from backend.eligibility.model import Catalogue, Range, Value
from backend.eligibility.rules import Rules
from backend.tools.clock import FixedClock, local_day
from handlers import reading
from handlers.conversation import Conversation
from handlers.messages import Choice, InboundMessage, Reply, Understanding
from handlers.router import handle
from handlers.state import dump, load
from handlers.turn import Turn
from tests.fakes.intake import NOW, FakeIntake


@cache
def yongchuan() -> tuple[Catalogue, Rules]:
    """The district's own catalogue, read and compiled once."""
    catalogue = load_catalogue("yongchuan")
    return catalogue, compile_catalogue(catalogue)


class Chat:
    """One reporter at the desk. Understanding is what the extractors alone make of it, unless given."""

    def __init__(
        self,
        *,
        channel: Literal["telegram", "web", "terminal"] = "telegram",
        backend: FakeIntake | None = None,
        today: date | None = None,
    ) -> None:
        self.channel = channel
        self.backend = backend or FakeIntake()
        self.clock = FixedClock(NOW)
        self.today = today or local_day(NOW)
        self.catalogue, self.rules = yongchuan()
        self.conversation = Conversation(id="c1", channel=channel)
        self.replies: list[Reply] = []
        self._number = 0

    # ---- what the reporter does

    async def start(self, *, lang: str | None = None, token: str | None = None) -> Reply:
        """Open the chat."""
        return await self._turn(self._message("start", start=token, lang=lang))

    async def say(self, text: str, understanding: Understanding | None = None) -> Reply:
        """Type something."""
        message = self._message("text", text=text)
        read = reading.read(
            self.conversation, message, understanding or Understanding.nothing(), self.catalogue, self.today
        )
        return await self._turn(message, read)

    async def press(self, words: str) -> Reply:
        """Tap a button that is there now: by its words, else by part of them, else by its kind."""
        return await self.press_id(self.button(words).id)

    async def press_id(self, id_: str) -> Reply:
        """Tap any button, also one that is long gone."""
        return await self._turn(self._message("choice", choice=id_))

    async def command(self, text: str) -> Reply:
        """Type a command with its slash."""
        return await self._turn(self._message("command", text=text))

    async def told(self, notice: dict[str, Any]) -> Reply:
        """The backend wants something told in this conversation."""
        return await self._turn(self._message("notice", notice=notice))

    async def nudge(self) -> None:
        """Nothing is said; the bot has what waits tried again."""
        await self._turn(self._message("nudge"))

    async def other(self, kind: Literal["attachment", "other"]) -> Reply:
        """Send something that is neither words nor a tap."""
        return await self._turn(self._message(kind))

    # ---- what can be seen

    @property
    def last(self) -> Reply:
        """The desk's last message."""
        return self.replies[-1]

    @property
    def said(self) -> str:
        """Everything the desk said in this turn."""
        return "\n".join(one.text for one in self.replies)

    @property
    def buttons(self) -> list[str]:
        """The words of the buttons that count now."""
        return [one.label for one in self.conversation.choices]

    def button(self, words: str) -> Choice:
        """One of them."""
        choices = self.conversation.choices
        for fits in (
            lambda one: one.label == words,
            lambda one: words in one.label,
            lambda one: one.kind == words,
        ):
            found = [one for one in choices if fits(one)]
            if found:
                return found[0]
        raise AssertionError(f"no button {words!r} among {self.buttons} (the desk said: {self.said!r})")

    @property
    def facts(self) -> dict[tuple[str, str], Value | str | None]:
        """What is stored: the value, a (low, high) range, or the word for "don't know" and declined."""
        found: dict[tuple[str, str], Value | str | None] = {}
        for one in self.conversation.draft.facts:
            value: Value | str | None = one.value
            if one.state != "answered":
                value = one.state
            elif one.value is None:
                value = Range(one.low, one.high)
            found[one.fact, one.subject] = value
        return found

    # ---- inside

    def _message(self, kind: Any, **more: Any) -> InboundMessage:
        self._number += 1
        return InboundMessage(
            id=f"m{self._number}",
            channel=self.channel,
            conversation=self.conversation.id,
            kind=kind,
            received_at=self.clock.now(),
            **more,
        )

    def new(self) -> str:
        """Ids in order, so that tests can know them."""
        self._number += 1
        return f"submission-{self._number:020d}"

    async def _turn(self, message: InboundMessage, read: Any = None) -> Reply:
        turn = Turn(
            message=message,
            conversation=self.conversation,
            catalogue=self.catalogue,
            rules=self.rules,
            backend=self.backend,
            clock=self.clock,
            ids=self,
            today=self.today,
            read=read,
        )
        await handle(turn)
        self.replies = turn.replies
        self.conversation = load(json.loads(json.dumps(dump(turn.conversation))))
        assert self.conversation == turn.conversation, "the state does not survive being stored"
        return self.replies[-1] if self.replies else Reply("", "")
