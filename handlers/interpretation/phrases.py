"""Residents' phrases read by a reviewed table: one row says which fact and value a phrase stands for.

The rows live in `table_*.py`; a row is a regular expression over the plain text (see `normalise.fold`). Words of denial
right before a phrase turn a yes into a no where the row allows it, and otherwise make it say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.interpretation.people import HOUSEHOLD
from handlers.interpretation.scene import Found, Scene
from handlers.messages import FactValue

_DENIED = re.compile(
    r"(?:没(?:有|得)?|莫得|没的|冇|无|未|并?不是|不算|不|非|从未|从来没(?:有)?|还没(?:有)?|哪有|排除|不像是?)(?:得过?|患过?|有过?|发生过?|遇到|出过?|出现|去|被|在|任何|啥子?|什么|那个|真的|是)*\s?$|"
    r"(?<![a-z])(?:no|not|never|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|won't|without|neither|nor|not a|not an|isn't a|no longer|ruled out)(?: (?:a|an|any|have|has|had|been|got|been in|in|the|had a|been in a|be))*\s?$"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `denied` is the value when the phrase is denied; None means that it then says nothing."""

    fact: str
    value: FactValue
    pattern: re.Pattern[str]
    denied: FactValue | None = None
    sure: float = 0.9
    household: bool = False
    lasting: bool = False
    adult: bool = False
    guard: bool = True  # look for words of denial before it


def row(
    fact: str,
    value: FactValue,
    pattern: str,
    *,
    denied: FactValue | None = None,
    sure: float = 0.9,
    household: bool = False,
    lasting: bool = False,
    adult: bool = False,
    guard: bool = True,
) -> Row:
    """A row from its regular expression. Spaces in English patterns match one space."""
    return Row(fact, value, re.compile(pattern), denied, sure, household, lasting, adult, guard)


def denied(text: str, start: int) -> bool:
    """Whether words of denial stand right before a position."""
    return bool(_DENIED.search(text[max(0, start - 16) : start]))


def find_phrases(scene: Scene, table: Sequence[Row]) -> Iterator[Found]:
    """Everything the table knows, each with the phrase it was read from; a longer phrase for the same fact wins."""
    for entry in table:
        for match in entry.pattern.finditer(scene.text):
            if match.start() == match.end():
                continue
            value = entry.value
            if entry.guard and denied(scene.text, match.start()):
                if entry.denied is None:
                    continue
                value = entry.denied
            who = HOUSEHOLD if entry.household else None
            yield Found(
                entry.fact, match.start(), match.end(),
                value=value, sure=entry.sure, who=who, lasting=entry.lasting, adult=entry.adult,
            )  # fmt: skip
