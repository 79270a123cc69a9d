"""Which papers each application needs. "Later" is always fine: nothing waits for them here."""

from __future__ import annotations

from handlers.choices import button
from handlers.lines import spoken
from handlers.messages import Reply
from handlers.offers import title
from handlers.plan import go
from handlers.replies import reply
from handlers.turn import Turn
from locales import text


async def ask(turn: Turn) -> Reply:
    """Papers that several applications share are named once."""
    t = spoken(turn)
    return reply(
        turn,
        "documents",
        papers(turn, turn.conversation.draft.chosen) + "\n\n" + t("documents.later"),
        button(t("documents.go_on"), "go", "go_on"),
        button(t("button.back"), "back", "/back"),
        button(t("button.human"), "human", "/human"),
    )


async def receive(turn: Turn) -> str | None:
    """Going on is all there is to do; papers are handed in after filing."""
    if turn.picked is None and not (turn.read and turn.read.intent == "affirm"):
        return None
    return go(turn, "details")


def papers(turn: Turn, chosen: list[tuple[str, str]]) -> str:
    """The papers of the chosen programmes: shared ones first, then what each needs beside them."""
    t = spoken(turn)
    needed = {
        one: turn.catalogue.programmes[one[0]].documents
        for one in chosen
        if one[0] in turn.catalogue.programmes
    }
    every = [paper for papers_ in needed.values() for paper in papers_]
    shared = [paper for paper in dict.fromkeys(every) if every.count(paper) > 1 or len(needed) == 1]
    lines = [t("documents.title")]
    lines.extend(t("documents.line", paper=_paper(turn, one)) for one in shared)
    for one, papers_ in needed.items():
        own = [paper for paper in papers_ if paper not in shared]
        if own:
            lines.append(t("documents.own", name=title(turn, *one)))
            lines.extend(t("documents.line", paper=_paper(turn, paper)) for paper in own)
    return "\n".join(lines) if len(lines) > 1 else t("documents.none")


def _paper(turn: Turn, paper: str) -> str:
    words = turn.catalogue.documents.get(paper)
    return text(words, spoken(turn).lang) if words else paper
