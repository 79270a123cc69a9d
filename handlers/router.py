"""One message in, replies out: commands first, then urgent words, then stale buttons, then the current step."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers import asides, choices, commands, desk, notices
from handlers.commands import Command
from handlers.flow import STEPS
from handlers.interpretation.model import Interpretation
from handlers.lines import spoken
from handlers.masking import masked
from handlers.messages import Reply, Understanding
from handlers.plan import go
from handlers.reading import read
from handlers.start import begin
from handlers.steps import language, office
from handlers.turn import Turn
from handlers.words import GREETINGS, THANKS, clean, says_something
from locales import language_of

OFFER_A_PERSON: Final = 2  # misunderstandings in a row
# Intents that only show something or ask first. No intent submits, withdraws or deletes.
_INTENTS: Final[dict[str, Command]] = {
    "check_status": "status", "human": "human", "help": "help", "my_data": "mydata", "delete_my_data": "forget",
    "start_over": "cancel", "change_language": "language", "why": "why", "back": "back",
}  # fmt: skip
_PLACES: Final = ("language", "forget", "cancel")  # commands that are steps, and come back to where one was


async def handle(turn: Turn) -> None:
    """Fill `turn.replies` and change `turn.conversation`. Never raises for anything a reporter may send."""
    conversation = turn.conversation
    await desk.send_waiting(turn)
    if turn.message.kind == "nudge":
        return
    if turn.message.kind == "notice":
        notices.tell(turn)
    else:
        if turn.message.kind == "choice":
            turn.picked = choices.pressed(conversation, turn.message.choice)
        elif turn.message.kind in ("text", "command"):
            _listen(turn)
        desk.write_down(turn)
        conversation.step = await _route(turn)
        turn.replies.append(_with_person(turn, await STEPS[conversation.step].ask(turn)))
    choices.follow(turn)
    choices.number(turn)
    desk.write_replies(turn)


def _listen(turn: Turn) -> None:
    """The words typed: as the button they name, else as read."""
    conversation, message = turn.conversation, turn.message
    turn.picked = choices.typed(conversation, message.text, by_number=_by_number(turn))
    command = commands.find(message.text)
    if turn.picked is None and command in ("dont_know", "decline"):
        turn.picked = choices.of_kind(conversation, "dont_know" if command == "dont_know" else "decline")
    if turn.read is None and turn.picked is None and command is None:
        turn.read = read(conversation, message, Understanding.nothing(), turn.catalogue, turn.today)


def _by_number(turn: Turn) -> bool:
    """Whether "2" means the second button: not where a number, a name or a story may be the answer."""
    conversation = turn.conversation
    if conversation.step in ("question", "office", "doubt"):
        definition = turn.catalogue.facts.get(conversation.step_data.get("fact") or "")
        return (
            definition is not None
            and definition.type in ("bool", "enum")
            and not any(isinstance(one, int) for one in definition.allowed)
        )
    return conversation.step not in ("details", "called", "situation")


async def _route(turn: Turn) -> str:
    """The step the conversation stands at after this message."""
    message, conversation = turn.message, turn.conversation
    t = spoken(turn)
    if message.kind == "start":
        return _start(turn)
    if message.kind == "choice":
        if turn.picked is None:
            turn.notes.append(t("stale"))
            return conversation.step
        command = commands.find(turn.picked.act) if turn.picked.act.startswith("/") else None
        return await _command(turn, command) if command else await _receive(turn)
    if message.kind not in ("text", "command"):
        turn.notes.append(t("attachment" if message.kind == "attachment" else "other"))
        return conversation.step
    if masked(message.text):
        turn.notes.append(t("masked"))
    if not says_something(message.text):
        turn.notes.append(t("say_again"))
        return _missed(turn)
    if turn.picked is not None and turn.picked.act.startswith("/"):
        command = commands.find(turn.picked.act)
    else:
        command = None if turn.picked else commands.find(message.text)
    if command:
        return await _command(turn, command)
    if turn.read and turn.read.urgent:
        await asides.urgent(turn, turn.read.urgent)
    if message.kind == "command":
        turn.notes.append(t("unknown_command"))
        return conversation.step
    small = await _small_talk(turn)
    return small if small else await _receive(turn)


def _start(turn: Turn) -> str:
    """First contact, or a new beginning after filing. A draft that is open is never lost by it."""
    conversation = turn.conversation
    if conversation.step == "office":  # the question can wait: it is asked again with the status
        conversation.step = office.back(turn)
    if conversation.step == "filed":
        return begin(turn)
    if conversation.step == "language" and conversation.lang is None:
        # A language chosen on the web page is a choice; what a telephone is set to is only a guess.
        chosen = language_of(turn.message.lang) if turn.message.channel == "web" else None
        return language.choose(turn, chosen) if chosen else "language"
    if conversation.draft.facts:
        turn.notes.append(spoken(turn)("start.resumed"))
    return conversation.step


async def _command(turn: Turn, command: Command) -> str:
    """A word that works everywhere. Nearly all leave the conversation where it is."""
    conversation = turn.conversation
    step = STEPS[conversation.step]
    t = spoken(turn)
    match command:
        case "start":
            return _start(turn)
        case "apply":
            return _start(turn)
        case "help":
            asides.help_(turn)
        case "status":
            await asides.status(turn)
            if conversation.pending_questions and conversation.step != "office":
                return office.come(turn)
        case "documents":
            asides.documents(turn)
        case "human":
            await asides.human(turn)
        case "mydata":
            asides.mydata(turn)
        case "language" | "forget" | "cancel":
            return _place(turn, command)
        case "back":
            return step.back(turn) if step.back else conversation.step
        case "why":
            turn.notes.append(
                step.why(turn)
                if step.why
                else t(f"why.{conversation.step}" if t.has(f"why.{conversation.step}") else "why.here")
            )
        case "dont_know" | "decline":
            turn.notes.append(t("fine"))
    conversation.misses = 0
    return conversation.step


def _place(turn: Turn, command: Command) -> str:
    """A command that asks something of its own and then comes back."""
    conversation = turn.conversation
    if command == "language":
        named = language.named(turn.message.text) if turn.picked is None else None
        if named:
            return language.choose(turn, named)
    if command == "cancel" and conversation.step in ("filed", "language", "consent"):
        return conversation.step
    place = {"step": conversation.step, "data": conversation.step_data}
    if conversation.step in _PLACES:
        place = conversation.step_data.get("return") or {
            "step": "language" if conversation.lang is None else "consent",
            "data": {},
        }
    return go(turn, command, **{"return": place})


async def _small_talk(turn: Turn) -> str | None:
    """Greetings, thanks and harmless intents: answered on the side, and never a reason to begin anew."""
    conversation, read_ = turn.conversation, turn.read
    t = spoken(turn)
    said = clean(turn.message.text)
    if conversation.step == "language" or turn.picked is not None:
        return None
    if said in GREETINGS or said in THANKS:
        turn.notes.append(t("greet" if said in GREETINGS else "thanks"))
        return conversation.step
    if read_ is None or read_.facts or read_.answer or conversation.step in ("office", "details", "called"):
        return None
    if read_.intent in _INTENTS:
        return await _command(turn, _INTENTS[read_.intent])
    if read_.intent == "ask_programmes" and conversation.step in ("question", "understood", "doubt"):
        return go(turn, "suggestions")
    if read_.intent == "withdraw":  # a wish, never an act: nothing is dropped by words alone
        turn.notes.append(t("withdraw.filed" if turn.conversation.filed else "withdraw.not_filed"))
        return conversation.step
    if read_.intent in ("complain", "appeal", "tip"):
        turn.notes.append(t("for_a_person"))
        return conversation.step
    return None


async def _receive(turn: Turn) -> str:
    """Hand the message to the current step; None means that it was not understood."""
    conversation = turn.conversation
    before = len(turn.notes)
    step = await STEPS[conversation.step].receive(turn)
    if step is None:
        if len(turn.notes) == before:
            turn.notes.append(spoken(turn)("missed"))
        return _missed(turn)
    conversation.misses = 0
    return step


def _with_person(turn: Turn, reply: Reply) -> Reply:
    """After two misunderstandings a person is one tap away, whatever the step offers."""
    offered = any(one.kind == "human" for one in reply.choices)
    if (
        turn.conversation.misses < OFFER_A_PERSON
        or offered
        or len(reply.choices) >= choices.most(turn.conversation)
    ):
        return reply
    return replace(
        reply, choices=(*reply.choices, choices.button(spoken(turn)("button.human"), "human", "/human"))
    )


def _missed(turn: Turn) -> str:
    """Two in a row, and a person is offered."""
    conversation = turn.conversation
    conversation.misses += 1
    if conversation.misses >= OFFER_A_PERSON:
        turn.notes.append(spoken(turn)("missed.twice"))
    return conversation.step


__all__ = ["Interpretation", "handle"]
