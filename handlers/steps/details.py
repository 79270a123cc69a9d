"""The applicant's name and a telephone number: each asked once, each may be skipped. Never an identity number."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from handlers.choices import button
from handlers.lines import spoken, whom
from handlers.messages import Reply
from handlers.plan import go
from handlers.replies import reply
from handlers.steps.called import name_in
from handlers.turn import Turn
from handlers.who import is_self

_PHONE: Final = re.compile(r"\+?\d(?:[ \-()]?\d){6,14}")


async def ask(turn: Turn) -> Reply:
    """One thing at a time: first the name (unless known), then the number."""
    t = spoken(turn)
    draft = turn.conversation.draft
    if _field(turn) == "name":
        key = "details.name" if is_self(draft.reporter) else "details.name.other"
    else:
        key = "details.phone" if is_self(draft.reporter) else "details.phone.other"
    return reply(
        turn,
        "details",
        t(key, who=whom(turn, "self")),
        button(t("button.skip"), "decline", "skip"),
        button(t("button.why"), "why", "/why"),
        button(t("button.back"), "back", "/back"),
    )


async def receive(turn: Turn) -> str | None:
    """What was typed is kept as it is; a number that cannot be a telephone's is asked again, kindly."""
    t = spoken(turn)
    draft = turn.conversation.draft
    data = turn.conversation.step_data
    field = _field(turn)
    if turn.picked is None:
        if field == "name":
            name = name_in(turn.message.text)
            if name is None:
                turn.notes.append(t("details.name.unclear"))
                return None
            draft.name = name
        else:
            phone = phone_in(turn.message.text)
            if phone is None:
                turn.notes.append(t("details.phone.unclear"))
                return None
            draft.reporter.phone = phone
    if "return_to" in data:
        return go(turn, data["return_to"])
    return go(turn, "details", field="phone") if field == "name" else go(turn, "review")


def back(turn: Turn) -> str:
    """From the number to the name, from the name to the papers."""
    data = turn.conversation.step_data
    if "return_to" in data:
        return go(turn, data["return_to"])
    return go(turn, "details", field="name") if data.get("field") == "phone" else go(turn, "documents")


def why(turn: Turn) -> str:
    """What the name or the number is for."""
    return spoken(turn)(f"why.{_field(turn)}")


def phone_in(text: str) -> str | None:
    """The telephone number in a text, digits only, or None. Seven to fifteen digits; never an identity number."""
    found = _PHONE.findall(unicodedata.normalize("NFKC", text))
    numbers = [re.sub(r"[ \-()]", "", one) for one in found]
    return numbers[0] if len(numbers) == 1 and len(numbers[0].lstrip("+")) < 15 else None


def _field(turn: Turn) -> str:
    field = turn.conversation.step_data.get("field")
    if field in ("name", "phone"):
        return str(field)
    return "phone" if turn.conversation.draft.name else "name"
