"""A conversation survives being stored, whatever is in it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.conversation import (
    STATE_VERSION,
    Conversation,
    Draft,
    Filed,
    Heard,
    Line,
    Person,
    Reporter,
    StoredFact,
    Unsent,
)
from handlers.messages import Choice, UnderstoodFact
from handlers.state import StateTooNewError, dump, load

words = st.text(max_size=30)
some = st.none() | words
moments = st.datetimes(timezones=st.just(UTC))
decimals = st.decimals(allow_nan=False, allow_infinity=False)
ends = st.none() | decimals
plain = st.booleans() | st.integers() | words | st.none()
json_like = st.dictionaries(words.filter(lambda key: not key.startswith("$")), plain, max_size=3)
values = st.none() | st.booleans() | st.integers() | decimals | words | st.lists(words, max_size=3).map(tuple)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99))

stored = st.builds(
    StoredFact, fact=words, subject=words, state=st.sampled_from(["answered", "dont_know", "declined"]), message=words,
    said_at=moments, said_by=st.sampled_from(["applicant", "proxy", "officer"]), sureness=st.floats(0, 1), value=values,
    low=ends, high=ends, words=some, span=st.none() | spans, choice=some, confirmed=st.booleans(),
)  # fmt: skip
read = st.builds(
    UnderstoodFact, fact=words, who=words, words=words, span=spans, sureness=st.floats(0, 1), value=values, low=ends,
    high=ends, which=st.none() | st.integers(1, 9), shown=words,
)  # fmt: skip
heard = st.builds(
    Heard,
    message=words,
    said_at=moments,
    text=words,
    facts=st.lists(read, max_size=2),
    corrects=st.booleans(),
)
reporters = st.builds(
    Reporter, kind=st.sampled_from([None, "self", "proxy", "officer"]), name=some, phone=some, relation=some,
    consent=st.sampled_from(["self", "spoken", "guardian", "cannot_consent"]),
)  # fmt: skip
people = st.lists(
    st.builds(Person, id=words, relation=words, name=some, which=st.none() | st.integers(1, 9)), max_size=2
)
drafts = st.builds(
    Draft, reporter=reporters, name=some, people=people, members_complete=st.booleans(), facts=st.lists(stored, max_size=3),
    story=words, urgent=some, chosen=st.lists(st.tuples(words, words), max_size=2), submission_id=some,
    asked=st.lists(st.tuples(words, words), max_size=2), history=st.lists(stored, max_size=1),
    doubts=st.lists(heard, max_size=1), thorough=st.booleans(), reviewed_on=st.none() | st.dates(),
    sent=st.none() | json_like,
)  # fmt: skip
conversations = st.builds(
    Conversation, id=words, channel=words, lang=some, step=words, step_data=json_like, consented=st.booleans(),
    draft=drafts,
    filed=st.lists(
        st.builds(Filed, reference=words, at=moments, applications=st.lists(json_like, max_size=1), reporter=reporters,
                  people=people, name=some),
        max_size=1,
    ),
    choices=st.lists(
        st.builds(Choice, id=words, label=words, kind=st.sampled_from(["answer", "go"]), value=values, low=ends,
                  high=ends, act=words),
        max_size=2,
    ),
    serial=st.integers(0), pending_questions=st.lists(json_like, max_size=1), misses=st.integers(0),
    transcript=st.lists(
        st.builds(Line, message=words, at=moments, who=st.sampled_from(["reporter", "desk"]), text=words), max_size=2
    ),
    held=st.lists(heard, max_size=1),
    unsent=st.lists(
        st.builds(Unsent, kind=st.sampled_from(["help", "answer"]), message=words, body=json_like, reference=words),
        max_size=1,
    ),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(conversations)
def test_it_comes_back_as_it_was(conversation: Conversation) -> None:
    again = load(json.loads(json.dumps(dump(conversation))))
    assert again == conversation
    assert [type(one.value) for one in again.draft.facts] == [
        type(one.value) for one in conversation.draft.facts
    ]


def test_it_keeps_decimals_moments_days_and_tuples() -> None:
    fact = StoredFact(
        "household_income_month", "household", "answered", "m1", datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "proxy",
        low=Decimal("400.50"), high=Decimal(600), span=(3, 9),
    )  # fmt: skip
    draft = Draft(facts=[fact], chosen=[("dibao_rural", "household")], reviewed_on=date(2026, 11, 23))
    again = load(json.loads(json.dumps(dump(Conversation("c", "web", draft=draft))))).draft
    assert again.facts == [fact]
    assert again.chosen == [("dibao_rural", "household")]
    assert again.reviewed_on == date(2026, 11, 23)


def test_it_reads_what_an_older_desk_wrote() -> None:
    written = dump(Conversation("c", "web", step="question"))
    del written["held"], written["draft"]["doubts"]
    written["gone"] = "a field of long ago"
    again = load(written)
    assert (again.step, again.held, again.draft.doubts) == ("question", [], [])


def test_it_refuses_what_a_newer_desk_wrote() -> None:
    written = {**dump(Conversation("c", "web")), "state_version": STATE_VERSION + 1}
    with pytest.raises(StateTooNewError):
        load(written)
