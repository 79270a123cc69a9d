"""What can go wrong between a bot and Telegram, to order: by method and chat, so many times."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from typing import Any, Literal

from tests.fakes.bot_api.errors import ApiError

Kind = Literal["error", "html", "cut_before", "cut_after", "latency", "latency_after"]
KINDS = ("error", "html", "cut_before", "cut_after", "latency", "latency_after")
HTML = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body></html>"


class CutError(Exception):
    """The connection is to be cut without an answer."""


class HtmlError(Exception):
    """An HTML page instead of an answer, as a proxy in between gives it."""

    def __init__(self, code: int) -> None:
        super().__init__(f"{code}")
        self.code = code


@dataclass
class Fault:
    """`error`: answer `code` and `description` (429 with `retry_after`); `html`: a page with `code`; `cut_before` and
    `cut_after` the effect; `latency` before, `latency_after` the effect. `times` None: for good."""

    kind: Kind
    method: str = "*"
    chat_id: int | None = None
    times: int | None = 1
    code: int = 502
    description: str = ""
    seconds: float = 1.0
    retry_after: int | None = None
    hits: int = 0

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is to go wrong."""
        if self.times is not None and self.hits >= self.times:
            return False
        return self.method.lower() in ("*", method.lower()) and self.chat_id in (None, chat_id)


class Faults:
    """The faults ordered so far."""

    def __init__(self) -> None:
        self.ordered: list[Fault] = []

    def add(self, settings: dict[str, Any]) -> dict[str, Any]:
        """Order a fault; unknown names are errors, so that a test does not pass by a misspelling."""
        fault = Fault(**settings)
        if fault.kind not in KINDS:
            raise ValueError(f"no such kind of fault: {fault.kind}")
        self.ordered.append(fault)
        return asdict(fault)

    def clear(self) -> None:
        """Everything works again."""
        self.ordered.clear()

    def shown(self) -> list[dict[str, Any]]:
        """All faults with how often they struck."""
        return [asdict(fault) for fault in self.ordered]

    async def before(self, method: str, chat_id: int | None) -> list[Fault]:
        """Strike before the effect; gives the faults that strike after it."""
        after = []
        for fault in self.ordered:
            if not fault.fits(method, chat_id):
                continue
            fault.hits += 1
            if fault.kind in ("cut_after", "latency_after"):
                after.append(fault)
            elif fault.kind == "latency":
                await asyncio.sleep(fault.seconds)
            elif fault.kind == "cut_before":
                raise CutError
            elif fault.kind == "html":
                raise HtmlError(fault.code)
            else:
                extra = {"retry_after": fault.retry_after} if fault.retry_after else {}
                raise ApiError(fault.code, fault.description or f"error {fault.code}", **extra)
        return after

    @staticmethod
    async def after(struck: list[Fault]) -> None:
        """Strike after the effect: the answer comes late or never."""
        for fault in struck:
            if fault.kind == "latency_after":
                await asyncio.sleep(fault.seconds)
            else:
                raise CutError
