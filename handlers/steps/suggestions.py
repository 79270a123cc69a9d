"""What may apply, what cannot be told yet, what seems not to apply, and why. Only a caseworker decides."""

from __future__ import annotations

from typing import Final

from handlers.choices import button
from handlers.lines import spoken
from handlers.messages import Reply, SuggestionLine
from handlers.offers import best, line, title
from handlers.plan import go, go_on, next_ref, screening
from handlers.reading import heard, take
from handlers.replies import reply
from handlers.steps.understood import note_changes
from handlers.turn import Turn

_MOST: Final = {"true": 8, "unknown": 5, "false": 5}
_REASONS: Final = 2  # sentences under one programme


async def ask(turn: Turn) -> Reply:
    """Nothing negative is said while there are questions left that could still decide it."""
    t = spoken(turn)
    results = screening(turn)
    early = next_ref(turn) is not None
    lines = [line(turn, one) for one in results.results]
    # What only people nobody has spoken of could still change is not worth a line; it can be chosen all the same.
    shown = [line(turn, one) for one in best(turn) if one.truth is not None or one.missing or one.after]
    likely = [one for one in shown if one.truth == "true"]
    parts = [t("suggestions.title" if likely else "suggestions.none"), _group(turn, "true", likely)]
    parts.append(_group(turn, "unknown", [one for one in shown if one.truth == "unknown"]))
    if not early:
        parts.append(_group(turn, "false", [one for one in shown if one.truth == "false"]))
    parts.append(t("suggestions.careful"))
    choices = [
        button(t("suggestions.choose") if likely else t("suggestions.apply_anyway"), "go", "choose"),
        button(t("suggestions.tell_more"), "go", "more"),
        button(t("button.human"), "human", "/human"),
        button(t("button.back"), "back", "/back"),
    ]
    if likely:
        choices.insert(0, button(t.n("suggestions.all", len(likely)), "go", "all"))
    if not turn.conversation.draft.thorough:
        choices.insert(1 if likely else 0, button(t("suggestions.thorough"), "go", "thorough"))
    return reply(
        turn,
        "suggestions",
        "\n\n".join(part for part in parts if part),
        *choices,
        suggestions=tuple(one for one in lines if not early or one.truth != "false"),
        brief=t("suggestions.title" if likely else "suggestions.none") + "\n\n" + t("suggestions.careful"),
    )


async def receive(turn: Turn) -> str | None:
    """Choose, go deeper, or tell more; words are read as more of the story."""
    draft = turn.conversation.draft
    if turn.picked is None:
        taken = take(turn, heard(turn))
        note_changes(turn, taken.replaced)
        return go(turn, "understood") if taken.anything() else None
    match turn.picked.act:
        case "all":
            found = [one for one in best(turn) if one.truth]
            draft.chosen = [(one.programme, one.subject) for one in found]
            return go(turn, "documents")
        case "more":
            return go(turn, "situation", more=True)
        case "thorough":
            draft.thorough = True
            return go_on(turn)
        case _:
            if not draft.chosen:
                draft.chosen = [(one.programme, one.subject) for one in best(turn) if one.truth]
            return go(turn, "choose")


def back(turn: Turn) -> str:
    """The last question asked, with its answer; without questions, more of the story."""
    asked = turn.conversation.draft.asked
    if not asked:
        return go(turn, "situation", more=True)
    return go(turn, "question", fact=asked[-1][0], subject=asked[-1][1])


def _group(turn: Turn, truth: str, lines: list[SuggestionLine]) -> str:
    if not lines:
        return ""
    t = spoken(turn)
    told = [t(f"suggestions.{truth}")]
    for one in lines[: _MOST[truth]]:
        amount = t("suggestions.amount", amount=one.amount) if one.amount else ""
        told.append(t("suggestions.line", name=title(turn, one.programme, one.subject), amount=amount))
        told.extend(t("suggestions.reason", reason=reason) for reason in one.reasons[:_REASONS])
    if len(lines) > _MOST[truth]:
        told.append(t.n("suggestions.others", len(lines) - _MOST[truth]))
    return "\n".join(told)
