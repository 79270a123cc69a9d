"""What to do next: the rules asked once per turn, the next question, and how many are left."""

from __future__ import annotations

from typing import Any, Final

from backend.eligibility import next_question, screen
from backend.eligibility.model import FactRef, Screening
from handlers.casefile import case_of
from handlers.facts import find
from handlers.turn import Turn

SHORTLIST: Final = 8  # questions after the story, at most, unless the person wants everything checked


def go(turn: Turn, step: str, **data: Any) -> str:
    """Move to a step with its small data; returns the step, for `return go(...)`."""
    turn.conversation.step_data = data
    return step


def screening(turn: Turn) -> Screening:
    """What the rules say about everything said so far."""
    return screen(turn.rules, case_of(turn.rules, turn.conversation.draft, turn.today))


def next_ref(turn: Turn) -> FactRef | None:
    """The next fact worth asking for, or None when the suggestions can be shown."""
    draft = turn.conversation.draft
    case = case_of(turn.rules, draft, turn.today)
    found = next_question(
        turn.rules,
        case,
        screen(turn.rules, case),
        mode="thorough" if draft.thorough else "shortlist",
        # Only what has an answer counts as asked: a question left by "back" is still open.
        asked=[FactRef(*one) for one in draft.asked if find(draft, *one)],
        focus=[FactRef("", one) for one in dict.fromkeys(each.subject for each in draft.facts if each.words)],
    )
    # An answer stays an answer: what was declined, not known or given as a range is not asked a second time.
    return None if found is None or find(draft, found.fact, found.subject) else found


def left(turn: Turn) -> int:
    """About how many questions are left, this one included; never more than will be asked."""
    draft = turn.conversation.draft
    open_ = {ref for result in screening(turn).results if result.truth is None for ref in result.missing}
    open_ = {ref for ref in open_ if find(draft, ref.fact, ref.subject) is None}
    count = max(1, len(open_))
    return count if draft.thorough else max(1, min(count, SHORTLIST + 1 - len(draft.asked)))


def go_on(turn: Turn) -> str:
    """The step that follows once answers have changed: clear a doubt, ask the next question, or show what may apply."""
    draft = turn.conversation.draft
    if draft.doubts:
        return go(turn, "doubt")
    ref = next_ref(turn)
    if ref is None:
        return go(turn, "suggestions")
    if (ref.fact, ref.subject) not in draft.asked:
        draft.asked.append((ref.fact, ref.subject))
    return go(turn, "question", fact=ref.fact, subject=ref.subject)
