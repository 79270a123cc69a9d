"""Whom a word like "father" means: the reporter speaks from where they stand, the case is told from the applicant.

A reporter for their father says "我爸" and means the applicant (`self`), "我妈" and means the applicant's spouse.
"""

from __future__ import annotations

import re
from typing import Final

from handlers.conversation import Draft, Person

RELATIONS: Final = (
    "spouse", "father", "mother", "son", "daughter", "child", "grandchild", "grandfather", "grandmother",
    "brother", "sister", "other",
)  # fmt: skip

_CHILDREN: Final = ("son", "daughter", "child")

_PARENT: Final = {
    "mother": "spouse", "father": "spouse", "self": "child", "brother": "son", "sister": "daughter",
    "son": "grandchild", "daughter": "grandchild", "child": "grandchild",
}  # fmt: skip
_CHILD: Final = {
    "son": "brother",
    "daughter": "sister",
    "child": "other",
    "father": "grandfather",
    "mother": "grandmother",
}
_GRANDPARENT: Final = {
    "self": "grandchild",
    "grandmother": "spouse",
    "grandfather": "spouse",
    "father": "child",
    "mother": "child",
}
_SIBLING: Final = {
    "father": "father", "mother": "mother", "brother": "brother", "sister": "sister",
    "grandfather": "grandfather", "grandmother": "grandmother",
}  # fmt: skip

# Rows: what the applicant is to the reporter. Columns: whom the reporter names. Cells: what that person is to the applicant.
_TO_APPLICANT: Final[dict[str, dict[str, str]]] = {
    "father": _PARENT,
    "mother": _PARENT,
    "spouse": {
        "self": "spouse",
        "son": "son",
        "daughter": "daughter",
        "child": "child",
        "grandchild": "grandchild",
    },
    "son": _CHILD,
    "daughter": _CHILD,
    "child": _CHILD,
    "grandfather": _GRANDPARENT,
    "grandmother": _GRANDPARENT,
    "brother": _SIBLING,
    "sister": _SIBLING,
}

_WORDS: Final = (
    ("grandfather", r"爷爷|外公|姥爷|祖父|grand(?:father|dad|pa)"),
    ("grandmother", r"奶奶|外婆|婆婆|姥姥|祖母|grand(?:mother|ma)"),
    ("grandchild", r"孙子|孙女|外孙|grand(?:son|daughter|child)"),
    ("father", r"爸|父亲|老汉儿?|\bfather\b|\bdad\b"),
    ("mother", r"妈|母亲|\bmother\b|\bmum\b|\bmom\b"),
    ("spouse", r"老婆|老公|爱人|妻子|丈夫|老伴|媳妇|\bwife\b|\bhusband\b|\bspouse\b"),
    ("son", r"儿子|\bson\b"),
    ("daughter", r"女儿|姑娘|幺妹|\bdaughter\b"),
    ("child", r"娃儿?|孩子|小孩|\bchild\b|\bkid\b"),
    ("brother", r"哥|弟|\bbrother\b"),
    ("sister", r"姐|妹|\bsister\b"),
    ("other", r"邻居|居民|亲戚|别人|朋友|其他|\bneighbou?r\b|\bfriend\b|\bother\b"),
)


def named(text: str) -> str | None:
    """The relation a short text names ("我爸"), or None when it names none or several."""
    found = [relation for relation, words in _WORDS if re.search(words, text, re.IGNORECASE)]
    if "grandfather" in found or "grandmother" in found or "grandchild" in found:
        found = [one for one in found if one.startswith("grand")]
    return found[0] if len(found) == 1 else None


def subject_of(draft: Draft, who: str, which: int | None = None) -> str | None:
    """The subject a reporter's word means, adding the person when new; None for somebody outside the household."""
    if who == "household":
        return who
    relation = _to_applicant(draft, who)
    if relation is None or relation == "self":
        return relation
    return _person(draft, relation, which)


def who_of(draft: Draft, subject: str) -> str:
    """The word by which the reporter would name a subject: the other way round of `subject_of`."""
    if subject == "household":
        return subject
    person = next((one for one in draft.people if one.id == subject), None)
    to_applicant = person.relation if person else "self"
    reporter = draft.reporter
    if reporter.kind != "proxy":
        return to_applicant
    if to_applicant == "self":
        return reporter.relation or "other"
    for who in ("self", *RELATIONS):
        if who != reporter.relation and _to_applicant(draft, who) == to_applicant:
            return who
    return "other"


def _same_child(draft: Draft, relation: str) -> str | None:
    """The child already spoken of, when it is now called by the other word: "my daughter", then "the child"."""
    if relation not in _CHILDREN:
        return None
    children = [one for one in draft.people if one.relation in _CHILDREN]
    if len(children) != 1 or (relation != "child" and children[0].relation != "child"):
        return None
    if relation != "child":
        children[0].relation = relation  # the closer word says more; the id stays
    return children[0].id


def _to_applicant(draft: Draft, who: str) -> str | None:
    reporter = draft.reporter
    if reporter.kind == "officer":  # an officer speaks of the resident, never of their own family
        return "self" if who in ("self", "other") else who
    if reporter.kind == "proxy" and reporter.relation:
        if who == reporter.relation or _child_by_another_word(who, reporter.relation):
            return "self"
        if reporter.relation == "other":  # a neighbour: "her daughter" is the applicant's
            return None if who == "self" else who
        return _TO_APPLICANT.get(reporter.relation, {}).get(who)
    return None if who == "other" else who  # for oneself; `other` is a neighbour's story


def _child_by_another_word(one: str, other: str) -> bool:
    """Whether "the child" and "my daughter" may be the same person."""
    return one in _CHILDREN and other in _CHILDREN and "child" in (one, other)


def _person(draft: Draft, relation: str, which: int | None) -> str:
    alike = [one for one in draft.people if one.relation == relation]
    known = _same_child(draft, relation) if which is None and not alike else None
    if known is not None:
        return known
    if which is None:
        if alike:
            return alike[0].id
        which_known = None
    else:
        match = next((one for one in alike if (one.which or 1) == which), None)
        if match:
            match.which = which
            return match.id
        which_known = which
    number = which if which and which > 1 else (len(alike) + 1 if alike else 1)
    taken = {one.id for one in draft.people}
    id_ = relation if number == 1 else f"{relation}{number}"
    while id_ in taken:
        number += 1
        id_ = f"{relation}{number}"
    draft.people.append(Person(id=id_, relation=relation, which=which_known))
    return id_
