"""The receipt: a reference to keep, and for each application who has it and by when. From here a new one can begin."""

from __future__ import annotations

from handlers.choices import button
from handlers.early import hold_if_telling
from handlers.lines import spoken
from handlers.messages import Reply
from handlers.plan import go
from handlers.replies import reply
from handlers.start import begin
from handlers.turn import Turn


async def ask(turn: Turn) -> Reply:
    """Shown in full once; afterwards only what can be done next."""
    t = spoken(turn)
    conversation = turn.conversation
    reference = conversation.step_data.pop("receipt", None)
    filed = next((one for one in conversation.filed if one.reference == reference), None)
    choices = (
        button(t("filed.status"), "go", "/status"),
        button(t("filed.another"), "go", "new"),
        button(t("button.human"), "human", "/human"),
    )
    if filed is None:
        return reply(turn, "filed", t("filed.rest"), *choices)
    lines = [
        t(
            "filed.line",
            name=one["name"],
            reference=one["reference"],
            department=one["department"],
            due=one["due"],
        )
        for one in filed.applications
    ]
    return reply(
        turn,
        "filed",
        "\n".join([t("filed.title", reference=filed.reference), *lines, "", t("filed.next")]),
        *choices,
        receipt={"reference": filed.reference, "applications": [dict(one) for one in filed.applications]},
        brief=t("filed.title", reference=filed.reference) + "\n\n" + t("filed.next"),
    )


async def receive(turn: Turn) -> str | None:
    """A new application is begun by its button; a new story is kept until that is clear."""
    if turn.picked and turn.picked.act == "new":
        return begin(turn)
    if turn.read and turn.read.facts and hold_if_telling(turn):
        turn.notes.append(spoken(turn)("filed.new_story"))
        return go(turn, "filed")
    return None
