"""A separate yes for each programme: tap to add or leave out, several, then go on. Anything may be applied for."""

from __future__ import annotations

from handlers.answers import page
from handlers.choices import button, most
from handlers.lines import spoken
from handlers.messages import Reply
from handlers.offers import best, name, title
from handlers.plan import go
from handlers.replies import reply
from handlers.turn import Turn
from handlers.words import clean


async def ask(turn: Turn) -> Reply:
    """Programmes as buttons with a tick on those chosen."""
    t = spoken(turn)
    chosen = turn.conversation.draft.chosen
    offered = [(one.programme, one.subject) for one in best(turn)]
    offered += [one for one in chosen if one not in offered]
    toggles = [
        button(
            t("choose.on" if one in chosen else "choose.off", name=title(turn, *one)),
            "answer",
            f"toggle:{one[0]}:{one[1]}",
            value=one[0],
        )
        for one in offered
    ]
    shown = page(t, toggles, turn.conversation.step_data.get("page", 0), most(turn.conversation) - 2)
    done = button(t.n("choose.done", len(chosen)) if chosen else t("choose.nothing"), "go", "done")
    text = (
        t("choose.ask")
        if not chosen
        else t("choose.chosen", names=t("list.comma").join(title(turn, *one) for one in chosen))
    )
    return reply(turn, "choose", text, *shown, done, button(t("button.back"), "back", "/back"))


async def receive(turn: Turn) -> str | None:
    """A tap or a programme's name turns it on or off."""
    draft = turn.conversation.draft
    act = turn.picked.act if turn.picked else _named(turn)
    if act is None:
        return None
    if act == "more":
        turn.conversation.step_data["page"] = turn.conversation.step_data.get("page", 0) + 1
        return "choose"
    if act.startswith("toggle:"):
        _, programme, subject = act.split(":", 2)
        one = (programme, subject)
        if one in draft.chosen:
            draft.chosen.remove(one)
        else:
            draft.chosen.append(one)
        return "choose"
    if not draft.chosen:
        turn.notes.append(spoken(turn)("choose.one_first"))
        return "choose"
    return go(turn, turn.conversation.step_data.get("return_to", "documents"))


def back(turn: Turn) -> str:
    """To where one came from: the review, or the suggestions."""
    data = turn.conversation.step_data
    return go(
        turn, data["return_to"] if "return_to" in data and turn.conversation.draft.chosen else "suggestions"
    )


def _named(turn: Turn) -> str | None:
    said = clean(turn.message.text)
    offered = [(one.programme, one.subject) for one in best(turn)]
    found = [one for one in offered if said and said in clean(name(turn, one[0]))]
    return f"toggle:{found[0][0]}:{found[0][1]}" if len(found) == 1 and len(said) > 1 else None
