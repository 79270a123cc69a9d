"""In your own words: what happened. Somebody who would rather not type is asked question by question."""

from __future__ import annotations

from handlers.choices import button
from handlers.conversation import Heard
from handlers.lines import at_home, spoken, whom
from handlers.masking import mask
from handlers.messages import Reply
from handlers.plan import go, go_on
from handlers.reading import LONGEST, Taken, heard, take
from handlers.replies import reply
from handlers.turn import Turn
from handlers.who import is_self


def enter(turn: Turn) -> str:
    """Come here for the first time: what was said before the desk knew whom it is about is read now."""
    conversation = turn.conversation
    held, conversation.held = conversation.held, []
    if not held:
        return go(turn, "situation")
    found = [_add(turn, one) for one in held]
    if any(one.anything() for one in found):
        return go(turn, "understood")
    turn.notes.append(spoken(turn)("situation.kept"))
    return go(turn, "situation", more=True)


async def ask(turn: Turn) -> Reply:
    """An open question, with an example of what helps."""
    t = spoken(turn)
    draft = turn.conversation.draft
    skip = button(t("situation.questions"), "go", "questions")
    back = button(t("button.back"), "back", "/back")
    if turn.conversation.step_data.get("more"):
        return reply(turn, "situation", t("situation.more"), skip, back)
    key = "situation.ask" if is_self(draft.reporter) else "situation.ask.other"
    return reply(turn, "situation", t(key, who=whom(turn, "self"), home=at_home(turn)), skip, back)


async def receive(turn: Turn) -> str | None:
    """Whatever could be read is said back next; when nothing could, one more try, then plain questions."""
    if turn.picked:
        return go_on(turn)
    taken = _add(turn, heard(turn))
    if taken.anything():
        return go(turn, "understood")
    if turn.read and turn.read.intent in ("ask_programmes", "ask_about_programme", "apply", "affirm"):
        return go_on(turn)  # "what can I get?" is best answered by asking
    t = spoken(turn)
    turn.notes.append(t("situation.kept"))
    if turn.conversation.misses or turn.conversation.draft.facts:
        return go_on(turn)
    turn.conversation.step_data = {"more": True}
    return None


def _add(turn: Turn, one: Heard) -> Taken:
    draft = turn.conversation.draft
    draft.story = f"{draft.story}\n{mask(one.text)}".strip()[:LONGEST]
    return take(turn, one)
