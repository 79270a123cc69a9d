"""One message taken apart: its plain text, clauses, people and numbers, and who a stretch of it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from handlers.interpretation.clauses import Clause, cut
from handlers.interpretation.normalise import Folded
from handlers.interpretation.numbers import Number, find_numbers
from handlers.interpretation.people import BYSTANDER, HOUSEHOLD, PARENTS, SELF, Mention, find_people
from handlers.messages import FactValue

_WEAK_BEFORE = re.compile(
    r"(?:带(?:着|起|了)?(?:一|两|三|几)?个?(?:\S{1,6}的)?|靠|由|要|让|叫|给|跟|陪|被|遭|找|等|害得|帮|替|和他|为了?|问|对|by|for|to|with|on|from|help|helping)\s?$"
)
_CARED_BEFORE = re.compile(
    r"(?:带(?:着|起|了)?|养(?:着|了)?|照顾(?:着)?|供|陪(?:着)?)(?:一|两|三|几)?个?(?:\S{1,6}的)?$"
)
_ALL_OF_THEM = re.compile(r"(?:也|全)?都|both ")
_MODIFIES = re.compile(r"^\s?(?:多|了|大|左右)?的?(?:是|就是)?\s?(?:那个|这个|老)?$")
_BOTH = re.compile(r"^[^,。]{0,4}?(?:都|均|全)|\bboth\b")
_AND = re.compile(r"^\s?(?:和|跟|与|同|、|还有|and|&)?\s?(?:我|my)?\s?$")
_GONE = re.compile(
    r"^(?:妈妈?|母亲?|娘)?(?:们)?(?:都|早就|早|已经|前年|去年|今年|就)*(?:不在|去世|过世|死|走|没|跑|离|离婚)了|^ (?:is|are|was|has|have)? ?(?:both )?(?:dead|died|passed away|left)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Something read from a stretch of the plain text, before it is known whom it is about.

    `who` is set when the words themselves say so. `lasting` facts hold whatever words like 以前 stand before them.
    `own` facts (wages, school) do not pass from a child named earlier to whoever speaks next, and the other way round.
    """

    fact: str
    start: int
    end: int
    value: FactValue | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    sure: float = 0.9
    who: str | None = None
    which: int | None = None
    lasting: bool = False
    adult: bool = False


@dataclass(frozen=True)
class Scene:
    """A message ready to be read. `applicant` is what an unnamed person is (the reporter's `self` or a relation)."""

    folded: Folded
    on: date
    applicant: str = SELF

    @property
    def text(self) -> str:
        """The plain text all positions count in."""
        return self.folded.text

    @cached_property
    def clauses(self) -> list[Clause]:
        """Its clauses, in order."""
        return cut(self.text)

    @cached_property
    def people(self) -> list[Mention]:
        """Everybody named, in order."""
        return find_people(self.text, self.applicant)

    @cached_property
    def numbers(self) -> list[Number]:
        """Every number, in order."""
        return find_numbers(self.text)

    def clause_at(self, position: int) -> Clause | None:
        """The clause that holds a position."""
        return next((c for c in self.clauses if c.start <= position < c.end), None)

    def words(self, clause: Clause) -> str:
        """The plain words of a clause."""
        return self.text[clause.start : clause.end]

    def _weak(self, mention: Mention) -> bool:
        return bool(_WEAK_BEFORE.search(self.text[max(0, mention.start - 12) : mention.start]))

    def about(self, start: int, end: int) -> tuple[list[Mention], bool]:
        """The people a stretch is about (several for "我和老伴都..."), and whether they are named in its own clause.

        An empty list means nobody was named: the applicant. The household counts only through `household_at`.
        """
        clause = self.clause_at(start)
        people = [m for m in self.people if m.who != HOUSEHOLD]
        inside = [m for m in people if m.start <= start and end <= m.end]
        if inside:
            return self._together(inside[:1], start), True
        after = [
            m
            for m in people
            if end <= m.start
            and _MODIFIES.match(self.text[end : m.start])
            and "的" in self.text[end : m.start]
        ]
        if after:
            return after[:1], True
        before = [m for m in people if m.end <= start]
        here = [m for m in before if clause is not None and m.start >= clause.start]
        strong = [m for m in here if not self._weak(m)] or [m for m in here if not self._cared_for(m)]
        if strong:
            return self._together(strong, start), True
        if not here and clause is not None and _ALL_OF_THEM.match(self.text[clause.start :]):
            named = {m.who: m for m in before if m.start >= clause.sentence_start}  # "我61，老伴59，都种地"
            if 1 < len(named) <= 4:
                return list(named.values()), True
        staying = [
            m for m in before if not _GONE.match(self.text[m.end :])
        ]  # the dead are not who lives on alone
        earlier = [m for m in staying if not self._weak(m)] or staying
        return (self._together(earlier, start) if earlier else []), False

    def _cared_for(self, mention: Mention) -> bool:
        """Whether somebody is only brought along by whom the clause is about ("带个女儿租房住")."""
        return bool(_CARED_BEFORE.search(self.text[max(0, mention.start - 12) : mention.start]))

    def _together(self, people: list[Mention], start: int) -> list[Mention]:
        last = people[-1]
        if last.who == PARENTS:
            return [replace(last, who="father"), replace(last, who="mother")]
        joined = len(people) > 1 and _AND.match(self.text[people[-2].end : last.start])
        both = _BOTH.search(self.text[last.end : start]) or _BOTH.search(
            self.text[max(0, start - 1) : start + 4]
        )
        if joined and both:
            return people[-2:]
        return [last]

    def household_at(self, start: int) -> bool:
        """Whether the family as a whole was named before a position in its clause, after any single person."""
        clause = self.clause_at(start)
        before = [m for m in self.people if m.end <= start and clause is not None and m.start >= clause.start]
        return bool(before) and before[-1].who == HOUSEHOLD

    def last_named(self, start: int) -> str | None:
        """Who was named last before a position, the household included."""
        before = [m for m in self.people if m.start <= start]
        return before[-1].who if before else None

    def bystander_at(self, start: int) -> bool:
        """Whether the words at a position are about somebody who is neither here nor reported for."""
        return self.last_named(start) == BYSTANDER
