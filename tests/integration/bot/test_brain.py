"""The real conversation in the real turns: what is kept, what is forgotten, and a language model that is away."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from sqlalchemy import select

from backend.catalogue.load import load_catalogue
from backend.eligibility import Rules, compile_catalogue
from backend.eligibility.model import Catalogue
from backend.tools.sql import Database
from bot import inbox
from bot.brain import Desk, NoUnderstander
from bot.channels.plain import Plain
from bot.replies import answer_of
from bot.signals import Signals
from bot.store import ConversationRow, InboxRow, OutboundRow
from bot.turns import Worker
from handlers.messages import Understanding
from tests.bot_harness import CLOCK
from tests.fakes.intake import FakeIntake

STORY = "我61岁, 老伴瘫在床上, 一个月四五百"


@cache
def yongchuan() -> tuple[Catalogue, Rules]:
    catalogue = load_catalogue("yongchuan")
    return catalogue, compile_catalogue(catalogue)


class Slow:
    """A language model that counts what it is asked and knows nothing."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def understand(self, text: str) -> Understanding:
        self.asked.append(text)
        return Understanding.nothing()


class Web:
    """One person at the web chat."""

    def __init__(self, database: Database, nlu: Any = None) -> None:
        self.database, self.forgotten = database, list[str]()
        catalogue, rules = yongchuan()
        desk = Desk(catalogue, rules, FakeIntake(), nlu or NoUnderstander(), CLOCK)
        self.worker = Worker(
            database, desk, Signals(), channels={"web": Plain()}, name="w", on_forget=self.forgotten.append
        )
        self.said, self.number = list[dict[str, Any]](), 0

    async def do(self, kind: str, **payload: Any) -> list[dict[str, Any]]:
        self.number += 1
        accepted = inbox.accept(
            self.database, "web", "anna", f"m{self.number}", payload, kind=kind, clock=CLOCK
        )
        await self.worker.drain()
        self.said = answer_of(self.database, accepted.id) or []
        assert self.said
        return self.said

    async def tap(self, kind: str) -> list[dict[str, Any]]:
        choice = next(c for one in self.said for c in one["choices"] if c["kind"] == kind)
        return await self.do("choice", choice=choice["id"])


@pytest.fixture
def web(database: Database) -> Web:
    return Web(database)


async def test_it_keeps_the_conversation_between_turns(web: Web) -> None:
    await web.do("start", lang="zh-CN")
    await web.do("text", text=STORY)
    (row,) = _conversations(web.database)
    assert row.version == 2
    assert STORY in str(row.state)


async def test_it_forgets_the_words_on_both_sides_when_told_to(web: Web) -> None:
    await web.do("start", lang="zh-CN")
    await web.do("text", text=STORY)
    await web.do("text", text="删除资料")
    assert web.forgotten == []
    await web.tap("confirm")
    (row,) = _conversations(web.database)
    assert web.forgotten == [row.id]
    with web.database.read() as session:
        kept = [
            *session.scalars(select(InboxRow.payload)), *session.scalars(select(OutboundRow.message)),
            *session.scalars(select(ConversationRow.state)),
        ]  # fmt: skip
        done = session.scalars(select(InboxRow.done_at)).all()
    assert "瘫" not in str(kept)
    assert not re.search(r"(?<![0-9a-f])61(?![0-9a-f])", str(kept))  # ids are hexadecimal
    assert len(done) == 4
    assert all(done)


async def test_it_forgets_nothing_when_told_no(web: Web) -> None:
    await web.do("start", lang="zh-CN")
    await web.do("text", text=STORY)
    await web.do("text", text="删除资料")
    await web.tap("go")
    assert web.forgotten == []
    assert STORY in str(_conversations(web.database)[0].state)


async def test_it_asks_the_language_model_about_free_text_only(database: Database) -> None:
    nlu = Slow()
    web = Web(database, nlu)
    await web.do("start", lang="zh-CN")
    await web.do("command", text="/help")
    assert nlu.asked == []
    await web.do("text", text=STORY)
    assert nlu.asked == [STORY]


def _conversations(database: Database) -> list[ConversationRow]:
    with database.read() as session:
        return list(session.scalars(select(ConversationRow)))
