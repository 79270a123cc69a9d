"""The conversation behind every channel: state in, the same turn for everybody, state and replies out."""

from __future__ import annotations

from datetime import UTC
from typing import Any, Protocol

from backend.eligibility.model import Catalogue
from backend.eligibility.rules import Rules
from backend.tools.clock import Clock, local_day
from bot import crash
from bot.inbox import new_id
from bot.turns import Answer
from handlers import reading, router, state
from handlers.conversation import Conversation
from handlers.messages import InboundMessage, Understanding
from handlers.ports import IntakeBackend
from handlers.turn import Turn


class Understander(Protocol):
    """The language model, as far as the bot sees it (`bot.nlu_client`); never raises."""

    async def understand(self, text: str) -> Understanding:
        """What it makes of a text; nothing when it is down, slow or unsure."""


class NoUnderstander:
    """No language model: extractors and buttons alone."""

    async def understand(self, text: str) -> Understanding:
        """Nothing, for any text."""
        del text
        return Understanding.nothing()


class RandomIds:
    """Fresh random ids of 32 ASCII characters."""

    def new(self) -> str:
        """One more."""
        return new_id()


class Desk:
    """Answers messages with the real conversation (`handlers`)."""

    def __init__(
        self, catalogue: Catalogue, rules: Rules, backend: IntakeBackend, nlu: Understander, clock: Clock
    ) -> None:
        self.catalogue, self.rules, self.backend, self.nlu, self.clock = catalogue, rules, backend, nlu, clock
        self.ids = RandomIds()

    async def answer(self, message: InboundMessage, before: dict[str, Any] | None) -> Answer:
        """One turn. Calls to the intake may be repeated, so a turn may be, too."""
        conversation = (
            state.load(before)
            if before is not None
            else Conversation(id=message.conversation, channel=message.channel)
        )
        today = local_day(self.clock.now().astimezone(UTC))
        turn = Turn(
            message=message,
            conversation=conversation,
            catalogue=self.catalogue,
            rules=self.rules,
            backend=self.backend,
            clock=self.clock,
            ids=self.ids,
            today=today,
        )
        if reading.wants_nlu(conversation, message):
            crash.point("before_nlu")
            understanding = await self.nlu.understand(message.text)
            crash.point("after_nlu")
            turn.read = reading.read(conversation, message, understanding, self.catalogue, today)
        await router.handle(turn)
        after = state.dump(turn.conversation)
        return Answer(after, conversation.lang, tuple(turn.replies), forget=_forgotten(before, after))


def _forgotten(before: dict[str, Any] | None, after: dict[str, Any]) -> bool:
    """Whether this turn was the clear yes to deleting: the conversation remembers nothing of what was said before."""
    if before is None or before.get("step") != "forget":
        return False
    return not _heard(before) & _heard(after)


def _heard(plain: dict[str, Any]) -> set[str]:
    return {line["message"] for line in plain.get("transcript", []) if line["who"] == "reporter"}
