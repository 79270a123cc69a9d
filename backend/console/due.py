"""How long is left, in words and a colour that never stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from locales import Translator

SOON = 3  # days


@dataclass(frozen=True, slots=True)
class Due:
    """A date by which somebody must act. `tone` is late, soon, fine or none."""

    on: date | None
    day: str
    words: str
    tone: str


def due_words(on: date | None, today: date, t: Translator) -> Due:
    """The date and what is left of it: "已超期 2 天", "今天到期", "还有 5 天"."""
    if on is None:
        return Due(None, "", t("console.due.none"), "none")
    left = (on - today).days
    if left < 0:
        return Due(on, t.date(on), t.n("console.due.late", -left), "late")
    if left == 0:
        return Due(on, t.date(on), t("console.due.today"), "soon")
    return Due(on, t.date(on), t.n("console.due.left", left), "soon" if left <= SOON else "fine")
