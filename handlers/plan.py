"""What to do next: the rules asked once per turn, the next question, and how many are left."""

from __future__ import annotations

from typing import Any

from backend.eligibility import next_question
from backend.eligibility.model import FactRef, Screening
from handlers.casefile import screened
from handlers.facts import find
from handlers.turn import Turn


def go(turn: Turn, step: str, **data: Any) -> str:
    """Move to a step with its small data; returns the step, for `return go(...)`."""
    turn.conversation.step_data = data
    return step


def screening(turn: Turn) -> Screening:
    """What the rules say about everything said so far."""
    return screened(turn.rules, turn.conversation.draft, turn.today)[1]


def next_ref(turn: Turn) -> FactRef | None:
    """The next fact worth asking for, or None when the suggestions can be shown."""
    draft = turn.conversation.draft
    case, found = screened(turn.rules, draft, turn.today)
    ref = next_question(
        turn.rules,
        case,
        found,
        mode="thorough" if draft.thorough else "shortlist",
        # Only what has an answer counts as asked: a question left by "back" is still open.
        asked=[FactRef(*one) for one in draft.asked if find(draft, *one)],
        focus=[FactRef("", one) for one in dict.fromkeys(each.subject for each in draft.facts if each.words)],
    )
    # An answer stays an answer: what was declined, not known or given as a range is not asked a second time.
    return None if ref is None or find(draft, ref.fact, ref.subject) else ref


def left(turn: Turn) -> int:
    """About how many questions are left, this one included; never more than will be asked."""
    draft = turn.conversation.draft
    open_ = {ref for result in screening(turn).results if result.truth is None for ref in result.missing}
    open_ = {ref for ref in open_ if find(draft, ref.fact, ref.subject) is None}
    count = max(1, len(open_))
    most = turn.catalogue.interview.most_questions
    return count if draft.thorough else max(1, min(count, most + 1 - len(draft.asked)))


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
