"""What the shapes alone cannot say about a filing: it must not contradict itself, and numbers and days must be such
as happen in a life. Errors say where and what, never what was sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

from backend.contract import AnswerIn, Evidence, FactValue, StatedFact, SubmissionIn, TranscriptLine
from backend.errors import UnprocessableError

MOST = Decimal(10) ** 12  # yuan, years, people: nothing in a household is larger
FINEST = -6  # decimal places
LONGEST_TEXT = 100_000  # characters in one message; spans point into it
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


def check_filing(filed: SubmissionIn) -> None:
    """UnprocessableError naming every place that cannot be right."""
    errors = [{"where": where, "problem": problem} for where, problem in _problems(filed)]
    if errors:
        raise UnprocessableError(errors=errors)


def check_answer(answer: AnswerIn, subjects: set[str]) -> None:
    """The same for an answer to a caseworker's question; `subjects` are those of the household."""
    problems = [] if answer.fact is None else list(_fact_problems("fact", answer.fact, subjects))
    if problems:
        raise UnprocessableError(errors=[{"where": where, "problem": what} for where, what in problems])


def check_lines(lines: list[TranscriptLine]) -> None:
    """The same for a transcript on its own."""
    problems = list(_line_problems(lines))
    if problems:
        raise UnprocessableError(errors=[{"where": where, "problem": what} for where, what in problems])


def moment(at: datetime) -> datetime:
    """A moment somebody else gave us; one without a zone is taken as UTC, as everywhere in the contract."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _problems(filed: SubmissionIn) -> Iterator[tuple[str, str]]:
    ids = [person.id for person in filed.persons]
    known = {*ids, "household"}
    if len(set(ids)) < len(ids) or "household" in ids:
        yield "persons", "each person needs an id of their own"
    if not FIRST < filed.on < LAST:
        yield "on", "not a day this can be for"
    for place, fact in enumerate(filed.facts):
        yield from _fact_problems(f"facts.{place}", fact, known)
    for place, item in enumerate(filed.items):
        if item.subject not in known:
            yield f"items.{place}.subject", "not a person of this filing"
    wanted = [(item.programme, item.subject) for item in filed.items]
    if len(set(wanted)) < len(wanted):
        yield "items", "the same programme for the same person twice"
    yield from _line_problems(filed.transcript)


def _line_problems(lines: list[TranscriptLine]) -> Iterator[tuple[str, str]]:
    for place, line in enumerate(lines):
        if not FIRST < line.at.date() < LAST:
            yield f"transcript.{place}.at", "not a time this can be from"


def _fact_problems(where: str, fact: StatedFact, known: set[str]) -> Iterator[tuple[str, str]]:
    if fact.subject not in known:
        yield f"{where}.subject", "not a person of this filing"
    for name, value in (("value", fact.value), ("low", fact.low), ("high", fact.high)):
        if not _fits(value):
            yield f"{where}.{name}", "not a number this can be"
    if fact.low is not None and fact.high is not None and fact.low > fact.high:
        yield f"{where}.low", "above the high end"
    if fact.value is not None and (fact.low is not None or fact.high is not None):
        yield f"{where}.value", "a range has no value"
    yield from _evidence_problems(f"{where}.evidence", fact.evidence)


def _evidence_problems(where: str, evidence: Evidence) -> Iterator[tuple[str, str]]:
    if evidence.span and not 0 <= evidence.span[0] <= evidence.span[1] <= LONGEST_TEXT:
        yield f"{where}.span", "not a stretch of a message"
    if not FIRST < evidence.said_at.date() < LAST:
        yield f"{where}.said_at", "not a time this can be from"


def _fits(value: FactValue | None) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return True
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    return abs(number) < MOST and isinstance(exponent, int) and exponent >= FINEST
