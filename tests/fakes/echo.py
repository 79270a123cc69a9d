"""A conversation that says back what it hears and counts: for tests of what is around the conversation."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.turns import Answer
from handlers.messages import Choice, InboundMessage, Reply


class EchoBrain:
    """`poison` always raises, `slow` takes a second, `two` answers twice, `buttons` asks with buttons, `silent` says nothing."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds

    async def answer(self, message: InboundMessage, state: dict[str, Any] | None) -> Answer:
        """Count the message, remember its id, and say it back with its number."""
        await asyncio.sleep(1.0 if message.text == "slow" else self.seconds)
        if message.text == "poison":
            raise ValueError("this text must not be logged")
        heard = [*(state or {}).get("heard", []), message.id]
        words = message.text or message.choice or (message.notice or {}).get("kind") or message.kind
        kind = "notice" if message.kind == "notice" else "reply"
        replies = [Reply("echo", f"#{len(heard)} {words}", kind=kind)]  # type: ignore[arg-type]
        if message.text == "two":
            replies.append(Reply("echo", "second"))
        if message.text.startswith("buttons"):
            choices = (Choice("1.0", "是", "answer", True), Choice("1.1", "不是", "answer", False))
            replies = [Reply("echo", "要吗?", choices=choices)]
        if message.choice is not None:
            replies = [Reply("echo", f"#{len(heard)} chose {message.choice}", chosen="是")]
        if message.text == "silent":
            replies = []
        return Answer({"heard": heard}, "zh", tuple(replies))
