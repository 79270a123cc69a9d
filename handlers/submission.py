"""A reviewed draft as the intake takes it. The same state and message always give the same body: a filing repeated
after a crash is the same filing."""

from __future__ import annotations

import re
from typing import Final, Literal

from backend import contract
from backend.eligibility.model import Screening
from handlers.casefile import members_complete
from handlers.conversation import Conversation, Draft, Line, StoredFact
from handlers.turn import Turn

_OPAQUE: Final = re.compile(r"[^A-Za-z0-9_.:-]")
_CHARACTERS = 120_000  # of a transcript: the intake takes no body without end
_FIRST, _LAST = 100, 400  # lines of a transcript too long to send whole: how it began, and how it ended


def submission(turn: Turn, screening: Screening) -> contract.SubmissionIn:
    """Everything of the draft, each answer with the words or the button it came from."""
    conversation = turn.conversation
    draft = conversation.draft
    return contract.SubmissionIn(
        on=draft.reviewed_on or turn.today,
        catalogue=turn.catalogue.version,
        reporter=contract.ReporterIn(
            kind=draft.reporter.kind or "self",
            name=draft.reporter.name,
            phone=draft.reporter.phone,
            relation=draft.reporter.relation,
            consent=draft.reporter.consent,
        ),
        contact=contact(conversation),
        persons=[
            contract.PersonIn(id="self", relation="self", name=draft.name),
            *(contract.PersonIn(id=one.id, relation=one.relation, name=one.name) for one in draft.people),  # type: ignore[arg-type]
        ],
        members_complete=members_complete(draft),
        facts=[stated(one, confirmed=True) for one in draft.facts],
        items=items(draft, screening),
        story=draft.story[:4096],
        urgent=draft.urgent,  # type: ignore[arg-type]  # one of the words of Interpretation.urgent
        transcript=transcript(conversation),
    )


def items(draft: Draft, screening: Screening) -> list[contract.ApplicationItem]:
    """What was chosen, with what the rules said of it when it was filed."""
    truths = {(one.programme, one.subject): one.truth for one in screening.results}
    return [
        contract.ApplicationItem(
            programme=programme, subject=subject, truth=truth_word(truths.get((programme, subject)))
        )
        for programme, subject in draft.chosen
    ]


def truth_word(truth: bool | None) -> Literal["true", "false", "unknown"]:
    """A truth as it is written between processes."""
    return "unknown" if truth is None else "true" if truth else "false"


def stated(one: StoredFact, *, confirmed: bool | None = None) -> contract.StatedFact:
    """One answer with its evidence."""
    words = one.words if one.choice is None else None
    return contract.StatedFact(
        fact=one.fact,
        subject=one.subject,
        state=one.state,
        value=list(one.value) if isinstance(one.value, tuple) else one.value,
        low=one.low,
        high=one.high,
        evidence=contract.Evidence(
            words=words,
            span=one.span if words is not None else None,
            choice=one.choice[:200] if one.choice is not None else None,
            message=opaque(one.message),
            said_by=one.said_by,
            said_at=one.said_at,
            sureness=one.sureness,
            confirmed=one.confirmed if confirmed is None else confirmed,
        ),
    )


def contact(conversation: Conversation) -> contract.ContactPoint:
    """Where notices of this conversation go."""
    return contract.ContactPoint(
        channel=conversation.channel,  # type: ignore[arg-type]  # channels know no other names
        conversation=opaque(conversation.id),
        lang=conversation.lang or "zh",
    )


def transcript(conversation: Conversation) -> list[contract.TranscriptLine]:
    """The conversation as it went, personal numbers covered."""
    lines = conversation.transcript
    if len(lines) > _FIRST + _LAST:
        lines = [*lines[:_FIRST], *lines[-_LAST:]]
    written = [_line(one) for one in lines]
    while sum(len(one.text) for one in written) > _CHARACTERS and len(written) > 2:
        # Very long: our own lines go first, then those in the middle; how it began and ended stays.
        own = next((i for i, one in enumerate(written) if one.who == "desk"), len(written) // 2)
        del written[own]
    return written


def opaque(id_: str) -> str:
    """An id that fits the contract; ids of our own channels already do."""
    return _OPAQUE.sub("-", id_)[:80] or "-"


def _line(one: Line) -> contract.TranscriptLine:
    return contract.TranscriptLine(
        message=opaque(one.message), at=one.at, who=one.who, text=one.text.replace("\x00", "")[:4096]
    )
