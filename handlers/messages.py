"""What passes between a channel and the conversation: our own words, never Telegram's or a browser's.

The shapes of `Reply`, `Choice` and the facts in `understood` are those of the web chat API, which stay put.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

ChoiceKind = Literal[
    "answer", "dont_know", "decline", "why", "back", "confirm", "correct", "file", "human", "go"
]
FactValue = bool | int | Decimal | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One thing a reporter did. `id` is unique per channel; `text` is what was typed, in full, untrimmed.

    `notice` is set (and everything else empty) when the backend wants something told in this conversation. A `nudge` is
    the bot's own: nothing was said, but what waits in `Conversation.unsent` is to be tried again; it has no replies.
    """

    id: str
    channel: Literal["telegram", "web", "terminal"]
    conversation: str
    kind: Literal["start", "text", "choice", "command", "attachment", "other", "notice", "nudge"]
    received_at: datetime
    text: str = ""
    choice: str | None = None
    start: str | None = None  # deep-link token
    lang: str | None = None  # what the channel says of the person's language, e.g. "zh-CN"
    notice: dict[str, Any] | None = None  # `backend.contract.Notice` as JSON


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `id` is opaque (no personal data, at most 60 ASCII bytes) and known only to the current step.

    A button for a range ("500 to 1,000 yuan") has `low` and/or `high` instead of `value`, as facts have. `act` is what
    the step makes of it; it stays inside (no channel shows or sends it).
    """

    id: str
    label: str
    kind: ChoiceKind
    value: FactValue | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    act: str = ""


@dataclass(frozen=True, slots=True)
class Asks:
    fact: str
    subject: str  # "household", "self", or a member's id; shown as `for` on the web


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """One line of the suggestions. The words are for channels that draw cards (`Reply.brief`)."""

    programme: str
    subject: str
    truth: Literal["true", "false", "unknown"]
    name: str = ""  # the programme's name in the reader's language
    whom: str = ""  # whom it is for, as the reporter calls them: "your father"
    amount: str = ""
    reasons: tuple[str, ...] = ()  # plain sentences: why, or what would settle it


@dataclass(frozen=True, slots=True)
class UnderstoodFact:
    """A fact as it was read from words: value or range, the words and where they stand in the message."""

    fact: str
    who: str
    words: str
    span: tuple[int, int]
    sureness: float
    value: FactValue | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    which: int | None = None
    shown: str = ""  # the reading in plain words, e.g. "your father's age: 63"


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the desk. `text` is plain text; channels never interpret it as markup.

    `text` always says everything. `brief`, when given, is what is left to say once a channel has drawn
    `suggestions`, `understood` or `receipt` as cards of its own. A `receipt` is `{"reference", "applications":
    [{"programme", "reference", "due_on"}]}`, and may add `name`, `whom` and `due` (the date in words) to each.
    """

    step: str
    text: str
    kind: Literal["reply", "notice"] = "reply"
    asks: Asks | None = None
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[SuggestionLine, ...] | None = None
    understood: tuple[UnderstoodFact, ...] | None = None
    receipt: dict[str, Any] | None = None
    chosen: str | None = (
        None  # label of the tapped choice this reply follows: Telegram shows "✓ ..." in its place
    )
    brief: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of text that Rasa labelled; offsets are in characters of the text sent to it."""

    entity: str
    start: int
    end: int
    value: str
    confidence: float = 1.0
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the language model made of a text. `nothing()` when it is down, slow, unsure or talking nonsense."""

    intent: str | None = None
    confidence: float = 0.0
    margin: float = 0.0
    entities: tuple[Entity, ...] = field(default_factory=tuple)

    @staticmethod
    def nothing() -> Understanding:
        """No intent and no entities: the conversation goes on with extractors and buttons."""
        return Understanding()
