"""Brings the backend's notices into their chats and tells the backend what became of them.

A notice is claimed with a lease, written into the inbox (once, by its id), told in a normal turn, sent by the outbound,
and only then acknowledged. Whatever dies in between, the backend hands it out again and the same row goes on.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import or_, select, update

from backend import contract
from backend.tools.clock import Clock
from backend.tools.sql import Database
from bot import inbox
from bot.signals import Signals
from bot.store import ConversationRow, InboxRow, OutboundRow
from handlers.ports import BackendRefusedError, BackendUnavailableError

LOOK_SECONDS = 1.0
LONGEST_PAUSE = 30.0
LINES = TypeAdapter(list[contract.TranscriptLine])
log = structlog.get_logger()


class NoticeBackend(Protocol):
    """What delivery needs of the intake (`bot.backend_client`)."""

    async def claim_notices(self, claim: contract.ClaimIn) -> list[contract.Notice]:
        """Take notices that wait to be told."""

    async def acknowledge(self, notice: str, outcome: contract.AcknowledgeIn) -> None:
        """Say what became of one."""

    async def ask_for_help(self, message_id: str, request: contract.HelpRequestIn) -> None:
        """Open a task for a person."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice that is finished on our side."""

    row: int
    notice: str
    outcome: contract.AcknowledgeIn


class Delivery:
    """Claims, hands on and acknowledges, for as long as the bot lives."""

    def __init__(
        self, database: Database, backend: NoticeBackend, signals: Signals, *, clock: Clock, name: str
    ) -> None:
        self.database, self.backend, self.signals, self.clock, self.name = (
            database, backend, signals, clock, name,
        )  # fmt: skip
        self._stopping = False

    async def run(self) -> None:
        """Work until `stop()`; the backend may be away, then it is asked less often."""
        pause = LOOK_SECONDS
        with self.signals.subscribe("delivery") as news:
            while not self._stopping:
                try:
                    await self.round()
                    pause = LOOK_SECONDS
                except BackendUnavailableError:
                    pause = min(pause * 2, LONGEST_PAUSE)
                    log.warning("backend_away", retry_in=pause)
                except Exception as exc:
                    log.error("delivery_failed", exc_info=exc)
                await news.wait(pause)

    async def stop(self) -> None:
        """Start nothing new."""
        self._stopping = True
        self.signals.notify("delivery")

    async def round(self) -> None:
        """Claim what waits, acknowledge what is finished, ask for people where a message was put aside."""
        for notice in await self.backend.claim_notices(contract.ClaimIn(worker=self.name)):
            await self._take(notice)
        for told in await asyncio.to_thread(finished, self.database, self.name):
            await self._acknowledge(told)
        for uid, request, row in await asyncio.to_thread(help_wanted, self.database):
            await self._ask(uid, request, row)

    async def _take(self, notice: contract.Notice) -> None:
        accepted = await asyncio.to_thread(
            inbox.accept_notice, self.database, notice.id, notice.contact.conversation,
            notice.model_dump(mode="json"), clock=self.clock,
        )  # fmt: skip
        if accepted is None:
            log.warning("notice_without_conversation", notice=notice.id)
            await self._tell_backend(notice.id, _undeliverable(self.name, "the chat is not known any more"))
        elif accepted.fresh:
            self.signals.notify("inbox")

    async def _acknowledge(self, told: Told) -> None:
        await self._tell_backend(told.notice, told.outcome)
        await asyncio.to_thread(_close, self.database, told.row)

    async def _tell_backend(self, notice: str, outcome: contract.AcknowledgeIn) -> None:
        try:
            await self.backend.acknowledge(notice, outcome)
        except (
            BackendRefusedError
        ) as exc:  # it does not know the notice, or has settled it: nothing left to say
            log.warning("acknowledgement_refused", notice=notice, code=exc.problem.status)

    async def _ask(self, uid: str, request: contract.HelpRequestIn, row: int) -> None:
        try:
            await self.backend.ask_for_help(uid, request)
        except BackendRefusedError as exc:
            log.error("help_request_refused", row=row, code=exc.problem.status)
        await asyncio.to_thread(_help_asked, self.database, row)


def finished(database: Database, worker: str) -> list[Told]:
    """Notices that are told, or never will be, and that the backend does not know of yet."""
    with database.read() as session:
        rows = session.scalars(
            select(InboxRow)
            .where(
                InboxRow.channel == "notice",
                InboxRow.acknowledged_at.is_(None),
                or_(InboxRow.done_at.is_not(None), InboxRow.dead_at.is_not(None)),
            )
            .order_by(InboxRow.id)
            .limit(100)
        ).all()
        told = []
        for row in rows:
            pieces = session.execute(
                select(OutboundRow.status, OutboundRow.reason).where(OutboundRow.inbox_id == row.id)
            ).all()
            outcome = _outcome(row, [(piece.status, piece.reason) for piece in pieces], worker)
            if outcome is not None:
                told.append(Told(row.id, row.update_key, outcome))
        return told


def _outcome(
    row: InboxRow, pieces: list[tuple[str, str | None]], worker: str
) -> contract.AcknowledgeIn | None:
    if row.dead_at is not None or not pieces:
        return _undeliverable(worker, "the notice could not be put into words")
    for status, reason in pieces:
        if status == "dead":
            return _undeliverable(worker, reason or "unknown")
    if all(status == "sent" for status, _ in pieces):
        return contract.AcknowledgeIn(worker=worker, outcome="delivered")
    return None


def _undeliverable(worker: str, reason: str) -> contract.AcknowledgeIn:
    return contract.AcknowledgeIn(worker=worker, outcome="undeliverable", reason=reason)


def _close(database: Database, row: int) -> None:
    with database.write() as session:
        session.execute(
            update(InboxRow).where(InboxRow.id == row).values(acknowledged_at=inbox.MACHINE.now())
        )


def help_wanted(database: Database) -> list[tuple[str, contract.HelpRequestIn, int]]:
    """Messages that were put aside and that no person has been asked about yet."""
    with database.read() as session:
        found = session.execute(
            select(InboxRow, ConversationRow)
            .join(ConversationRow, ConversationRow.id == InboxRow.conversation_id)
            .where(InboxRow.help_due.is_not(None), InboxRow.channel != "notice")
            .order_by(InboxRow.id)
            .limit(20)
        ).all()
        return [(row.uid, _request(row, chat), row.id) for row, chat in found]


def _request(row: InboxRow, chat: ConversationRow) -> contract.HelpRequestIn:
    contact = contract.ContactPoint(
        channel=chat.channel,  # type: ignore[arg-type]
        conversation=chat.id,
        lang=chat.lang or "zh",
    )
    return contract.HelpRequestIn(kind="human", contact=contact, transcript=_transcript(row, chat.state))


def _transcript(row: InboxRow, state: dict[str, Any] | None) -> list[contract.TranscriptLine]:
    """What was said, as far as it is kept, and the message that was put aside."""
    lines: list[Any] = list((state or {}).get("transcript") or [])[-200:]
    said = row.payload.get("text") or (row.payload.get("message") or {}).get("text")
    if isinstance(said, str) and said:
        text = said.replace("\x00", "")[:4096]
        lines.append({"message": row.uid, "at": row.received_at, "who": "reporter", "text": text})
    try:
        return LINES.validate_python(lines)
    except ValidationError:  # a task without its transcript is better than no task
        return []


def _help_asked(database: Database, row: int) -> None:
    with database.write() as session:
        session.execute(update(InboxRow).where(InboxRow.id == row).values(help_due=None))
