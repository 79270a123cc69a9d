"""One message, read whole: what is said, of whom, in which words; what it answers, corrects or wants; what cannot wait."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from backend.eligibility.model import Catalogue, FactDef
from handlers.interpretation import language, leftover
from handlers.interpretation.ages import find_ages
from handlers.interpretation.answers import Answered, read_answer
from handlers.interpretation.counts import find_counts
from handlers.interpretation.durations import find_durations
from handlers.interpretation.intents import by_model, by_words
from handlers.interpretation.model import Interpretation, KnownPerson
from handlers.interpretation.money import find_money, find_no_money
from handlers.interpretation.normalise import fold, without_endless
from handlers.interpretation.people import BYSTANDER, HOUSEHOLD, OTHER, SELF
from handlers.interpretation.phrases import denied, find_phrases
from handlers.interpretation.programmes import find_programmes
from handlers.interpretation.scene import Found, Scene
from handlers.interpretation.table_health import HEALTH
from handlers.interpretation.table_life import LIFE
from handlers.interpretation.urgent import find_urgent
from handlers.messages import Understanding, UnderstoodFact

_TABLE = (*HEALTH, *LIFE)
_CHILDREN = frozenset({"child", "son", "daughter", "grandchild"})
_OF_CHILDREN = frozenset(
    {"father_situation", "mother_situation"}
)  # a grown-up's father is a member, not a fact
_LONG_AGO = re.compile(r"前年|年前|多年|(?:19|20)[01]\d|小时候|years ago")
_KEPT_WHEN_SUPPOSED = frozenset({"urgent_today"})
_CORRECTS = re.compile(
    r"不对|错了|更正|改成|应该是|不是[^,。]{1,10}[,。]?\s?(?:而)?是|^不,\s?(?=\S{0,4}[\d一二两三四五六七八九十])|[,。]不是[^,。]{1,6}$|"
    r"(?<![a-z])(?:no, (?:it's|it is|there are|we are|only|\d|\w+ (?:people|years|yuan))|not \w+,? but|, not \w+\W*$|that's wrong|i meant|correction|mistake|actually)"
)


def interpret(
    text: str,
    understanding: Understanding,
    *,
    lang: str | None,
    on: date,
    catalogue: Catalogue,
    asked: str | None = None,
    asked_for: str | None = None,
    people: Sequence[KnownPerson] = (),
) -> Interpretation:
    """What a message says. `asked` is the fact just asked about, `asked_for` of whom; `people` are those spoken of before.

    Facts come back in the order they stand in the text, each once, with the exact words and their place in `text`. A
    reading with `sureness` below 0.6 is a guess to be asked about, never to be stored as told.
    """
    folded = without_endless(fold(text))
    applicant = next((p.relation for p in people if p.id == SELF), SELF)
    default = asked_for if asked_for and asked_for != HOUSEHOLD else applicant
    scene = Scene(folded, on, default)
    found = [*_everything(scene)]
    resolved = list(_resolve(scene, _shared_out([*found, *_hinted(scene, understanding, found)]), catalogue))
    definition = catalogue.facts.get(asked) if asked else None
    answered = (
        read_answer(scene, definition, default, resolved) if definition and folded.text.strip() else None
    )
    if answered and answered.found and definition:
        resolved = _with_answer(resolved, answered, definition, asked_for, default)
    facts = _each_once(resolved)
    only_yes_no = (
        definition is not None and definition.type == "bool" and {f.fact for f in facts} == {definition.id}
    )
    corrects = bool(_CORRECTS.search(folded.text.strip())) and bool(facts) and not (answered and only_yes_no)
    intent, confidence = _intent(understanding, folded.text, facts, corrects, answered)
    return Interpretation(
        lang=lang or language.detect(text),
        intent=intent,
        confidence=confidence,
        urgent=find_urgent(text),
        facts=tuple(_understood(scene, f, catalogue) for f in facts),
        answer=answered.state if answered else None,
        corrects=corrects,
        not_understood=tuple(leftover.not_understood(scene, facts))
        if answered is None or answered.found
        else (),
    )


def _everything(scene: Scene) -> Iterator[Found]:
    yield from find_ages(scene)
    yield from find_phrases(scene, _TABLE)
    yield from find_counts(scene)
    yield from find_durations(scene)
    yield from find_money(scene)
    yield from find_no_money(scene)
    yield from find_programmes(scene)


_EVERYDAY = re.compile(
    r"高血压|血糖|糖尿|感冒|风湿|关节|胃病|颈椎|腰椎|近视|blood pressure|diabet|cold|flu|arthritis"
)


def _hinted(scene: Scene, understanding: Understanding, found: list[Found]) -> Iterator[Found]:
    """What the language model marks as an illness and no table knows: not a fact, but worth a question."""
    at = scene.folded.at
    for entity in understanding.entities:
        inside = [i for i, place in enumerate(at) if entity.start <= place < entity.end]
        if entity.entity != "illness" or entity.confidence < 0.75 or len(inside) < 2:
            continue
        start, end = inside[0], inside[-1] + 1
        if _EVERYDAY.search(scene.text[start:end]) or denied(scene.text, start):
            continue
        if not any(one.start < end and start < one.end for one in found):
            yield Found("has_major_illness", start, end, value=True, sure=0.5)


def _shared_out(found: list[Found]) -> list[Found]:
    """Savings of the whole family per head, when the message says how many heads."""
    size = next((f.value for f in found if f.fact == "household_size" and f.value), None)
    out = []
    for one in found:
        if one.fact != "savings_total":
            out.append(one)
        elif isinstance(size, int) and isinstance(one.value, Decimal):
            share = (one.value / size).quantize(Decimal("0.01")).normalize() + 0
            out.append(replace(one, fact="financial_assets_per_capita", value=share, sure=0.75))
    return out


def _resolve(scene: Scene, found: list[Found], catalogue: Catalogue) -> Iterator[Found]:
    """Leave out what is only asked, supposed or about others; settle whom the rest is about."""
    for one in _longest(found):
        definition = catalogue.facts.get(one.fact)
        clause = scene.clause_at(one.start)
        if definition is None or clause is None:
            continue
        if (
            one.fact != "receiving_programmes"
            and not clause.states(one.start)
            and one.fact not in _KEPT_WHEN_SUPPOSED
        ):
            continue
        if clause.past(one.start) and not one.lasting:
            continue
        if one.fact == "emergency_kind" and one.value != "none":
            words = scene.words(clause)
            if _LONG_AGO.search(words):
                continue  # what happened years ago is no emergency
            if "去年" in words or "last year" in words:
                one = replace(one, sure=min(one.sure, 0.55))
        yield from _owners(scene, one, definition)


def _owners(scene: Scene, one: Found, definition: FactDef) -> Iterator[Found]:
    if scene.bystander_at(one.start):
        people, here = scene.about(one.start, one.end)
        if not here or not people or people[0].who == BYSTANDER:
            return
    if definition.scope == "household":
        yield replace(one, who=HOUSEHOLD)
        return
    if one.who is not None:
        yield one
        return
    people, here = scene.about(one.start, one.end)
    if not people:
        if not _generic(scene, one) and one.fact not in _OF_CHILDREN:
            yield replace(one, who=scene.applicant)
        return
    clause = scene.clause_at(one.start)
    for person in people:
        if (
            one.adult and person.who in _CHILDREN and clause is not None
        ):  # "I have two boys in school and no job"
            mine = [m for m in scene.people if clause.start <= m.start < person.start and m.who == SELF]
            person = mine[0] if mine else person
        if person.who == BYSTANDER or (one.fact in _OF_CHILDREN and person.who not in _CHILDREN):
            continue
        sure = one.sure
        if not here and one.adult and person.who in ("child", "grandchild", "daughter", "son"):
            sure = min(sure, 0.5)
        if person.who == OTHER and not here:
            sure = min(sure, 0.8)
        yield replace(one, who=person.who, which=person.which, sure=sure)


def _generic(scene: Scene, one: Found) -> bool:
    """A fact of nobody in a clause that goes on to ask ("60岁能不能领...") speaks of a rule, not of a person."""
    clause = scene.clause_at(one.start)
    if clause is None or scene.people:
        return False
    return clause.asked_from is not None or bool(re.search(r"(?:怎么|咋个?|如何)办", scene.words(clause)))


def _longest(found: list[Found]) -> list[Found]:
    """Of readings of the same fact that overlap, the longest (then the surer); different facts do not compete."""
    out: list[Found] = []
    for one in sorted(found, key=lambda f: (-(f.end - f.start), -f.sure, f.start)):
        if not any(o.fact == one.fact and one.start < o.end and o.start < one.end for o in out):
            out.append(one)
    return sorted(out, key=lambda f: (f.start, f.end, f.fact))


def _with_answer(
    found: list[Found], answered: Answered, definition: FactDef, asked_for: str | None, default: str
) -> list[Found]:
    answer = answered.found
    assert answer is not None
    who = (
        HOUSEHOLD
        if definition.scope == "household"
        else (answer.who or (asked_for if asked_for else default))
    )
    if definition.scope == "person" and who == HOUSEHOLD and definition.id != "receiving_programmes":
        who = default
    mine = replace(
        answer, who=who, sure=max(answer.sure, 0.8) if answer.who and answer.sure >= 0.6 else answer.sure
    )
    rest = [
        f
        for f in found
        if not (f.start < mine.end and mine.start < f.end and f.fact != mine.fact and f.sure < 0.85)
        and not (f.fact == mine.fact and f.who == mine.who and f.which == mine.which)
    ]
    return sorted([*rest, mine], key=lambda f: (f.start, f.end))


def _each_once(found: list[Found]) -> list[Found]:
    """One reading per fact and person: the surest, of equals the last said; help received adds up."""
    best: dict[tuple[str, str | None, int | None], Found] = {}
    for one in found:
        key = (one.fact, one.who, one.which)
        old = best.get(key)
        if old is None:
            best[key] = one
        elif isinstance(old.value, tuple) and isinstance(one.value, tuple):
            both = tuple(dict.fromkeys((*old.value, *one.value)))
            best[key] = replace(old, value=both, end=max(old.end, one.end), start=min(old.start, one.start))
        elif one.fact == "emergency_kind":
            best[key] = one if one.sure > old.sure and old.value == "none" else old
        elif one.sure > old.sure or (one.sure == old.sure and _differs(one, old)):
            best[key] = one
    return sorted(best.values(), key=lambda f: (f.start, f.end, f.fact))


def _differs(one: Found, old: Found) -> bool:
    return (one.value, one.low, one.high) != (old.value, old.low, old.high)


def _intent(
    understanding: Understanding, plain: str, facts: list[Found], corrects: bool, answered: Answered | None
) -> tuple[str | None, float]:
    if answered and answered.state != "value":
        return ("dont_know" if answered.state == "dont_know" else "decline_to_say"), 1.0
    words = by_words(plain)
    model = by_model(understanding)
    if model and (words is None or model == words):
        return model, understanding.confidence
    if words and not (facts and words in ("affirm", "deny", "dont_know")):
        return words, 0.9
    if model:
        return model, understanding.confidence
    if corrects:
        return "correct", 0.8
    return ("describe_situation", 0.7) if facts else (None, 0.0)


def _understood(scene: Scene, one: Found, catalogue: Catalogue) -> UnderstoodFact:
    kind = catalogue.facts[one.fact].type
    value = one.value
    start, end = one.start, one.end
    while end - 1 > start and scene.text[end - 1].isspace():
        end -= 1
    while start + 1 < end and scene.text[start].isspace():
        start += 1
    if kind == "int" and isinstance(value, Decimal):
        value = int(value)
    elif (
        kind in ("money", "money_per_month", "number")
        and isinstance(value, int)
        and not isinstance(value, bool)
    ):
        value = Decimal(value)
    return UnderstoodFact(
        fact=one.fact,
        who=one.who or SELF,
        words=scene.folded.words(start, end),
        span=scene.folded.span(start, end),
        sureness=one.sure,
        value=value,
        low=None if value is not None else one.low,
        high=None if value is not None else one.high,
        which=one.which
        if one.who != OTHER
        else None,  # in-laws are kept apart here, but only children are counted
    )
