"""Who is this for: oneself, somebody of the family or whom one helps, or a resident an information officer reports."""

from __future__ import annotations

from handlers.choices import button
from handlers.conversation import Reporter
from handlers.early import hold_if_telling
from handlers.lines import spoken
from handlers.messages import Reply
from handlers.plan import go
from handlers.relations import named
from handlers.replies import reply
from handlers.steps import situation
from handlers.turn import Turn
from handlers.words import clean, word_set

_SELF = word_set("我|我自己|自己|本人|给自己|给我自己|自己申请|me|myself|self|for me|for myself")
_OFFICER = ("信息员", "网格员", "村干部", "社区干部", "information officer", "officer")


async def ask(turn: Turn) -> Reply:
    """Asked before anything else about the case, because every later question is worded by it."""
    t = spoken(turn)
    return reply(
        turn,
        "reporter",
        t("reporter.ask"),
        button(t("reporter.self"), "answer", "self", value="self"),
        button(t("reporter.proxy"), "answer", "proxy", value="proxy"),
        button(t("reporter.officer"), "answer", "officer", value="officer"),
        button(t("button.back"), "back", "/back"),
    )


async def receive(turn: Turn) -> str | None:
    """A button, or plain words; "我爸" is already the answer to the next question too."""
    if turn.picked:
        return _chosen(turn, turn.picked.act, None)
    said = clean(turn.message.text)
    if said in _SELF:
        return _chosen(turn, "self", None)
    if len(said) <= 20 and any(word in said for word in _OFFICER):
        return _chosen(turn, "officer", None)
    relation = named(said) if len(said) <= 12 else None
    if relation and not (turn.read and turn.read.facts):
        return _chosen(turn, "proxy", relation)
    if hold_if_telling(turn):
        turn.notes.append(spoken(turn)("early.kept"))
        return "reporter"
    return None


def _chosen(turn: Turn, kind: str, relation: str | None) -> str:
    draft = turn.conversation.draft
    if kind == "self":
        draft.reporter = Reporter("self", phone=draft.reporter.phone)
        return situation.enter(turn)
    if kind == "officer":
        draft.reporter = Reporter("officer", phone=draft.reporter.phone, consent="spoken")
        return go(turn, "called")
    draft.reporter = Reporter("proxy", phone=draft.reporter.phone, relation=relation, consent="spoken")
    if relation is None:
        return go(turn, "relation")
    return go(turn, "called" if relation == "other" else "basis")
