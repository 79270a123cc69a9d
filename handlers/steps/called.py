"""How to speak of somebody the desk has no word for: "洪大爷". May be skipped."""

from __future__ import annotations

from handlers.choices import button
from handlers.early import hold_if_telling
from handlers.lines import spoken
from handlers.masking import mask
from handlers.messages import Reply
from handlers.plan import go
from handlers.replies import reply
from handlers.turn import Turn
from handlers.words import says_something

LONGEST_NAME = 20


async def ask(turn: Turn) -> Reply:
    """Asked of officers and of those who help somebody outside the family."""
    t = spoken(turn)
    return reply(
        turn,
        "called",
        t("called.ask"),
        button(t("button.skip"), "decline", "skip"),
        button(t("button.back"), "back", "/back"),
    )


async def receive(turn: Turn) -> str | None:
    """A name is taken as it is; a whole story is kept for later and the name asked again."""
    if turn.picked:
        return go(turn, "basis")
    name = name_in(turn.message.text)
    if name is None or (turn.read and turn.read.facts):
        if hold_if_telling(turn):
            turn.notes.append(spoken(turn)("early.kept"))
            return "called"
        return None
    turn.conversation.draft.name = name
    return go(turn, "basis")


def name_in(text: str) -> str | None:
    """A name as typed, or None when it can hardly be one: too long, several lines, or a number."""
    name = mask(" ".join(text.split()))
    for lead in ("我叫", "他叫", "她叫", "名字是", "叫", "my name is ", "his name is ", "her name is "):
        if name.lower().startswith(lead) and len(name) > len(lead):
            name = name[len(lead) :]
            break
    name = name.strip(" 。.，,")
    if not says_something(name) or len(name) > LONGEST_NAME * (1 if "一" <= name[:1] <= "鿿" else 3):
        return None
    return None if "＊" in name or any(each.isdigit() for each in name) else name
