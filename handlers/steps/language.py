"""Which language: each in its own name, Chinese first. Offered at first contact, and again whenever asked for."""

from __future__ import annotations

from typing import Final

from handlers.choices import button
from handlers.early import hold
from handlers.messages import Reply
from handlers.plan import go
from handlers.replies import reply
from handlers.turn import Turn
from handlers.words import GREETINGS, clean, looks_chinese, says_something, word_set
from locales import LANGUAGES, OWN_NAMES, translator

_NAMES: Final = {
    "zh": word_set("zh|中文|汉语|普通话|chinese|中国话|国语|简体中文|说中文"),
    "en": word_set("en|英文|英语|english"),
}


async def ask(turn: Turn) -> Reply:
    """The question is put in every language at once: nobody can be expected to read another."""
    text = "\n".join(translator(lang)("language.ask") for lang in LANGUAGES)
    return reply(
        turn, "language", text, *(button(OWN_NAMES[one], "go", f"lang:{one}", value=one) for one in LANGUAGES)
    )


async def receive(turn: Turn) -> str | None:
    """A name or a button chooses; anything else said at first contact is kept, in the language it was said in."""
    said = turn.message.text
    chosen = turn.picked.act.removeprefix("lang:") if turn.picked else named(said)
    if chosen is not None and chosen in LANGUAGES:
        return choose(turn, chosen)
    if "return" in turn.conversation.step_data or not says_something(said):
        return None
    lang = "zh" if looks_chinese(said) else "en" if any(each.isalpha() for each in said) else None
    if lang is None:
        return None
    if clean(said) not in GREETINGS:
        hold(turn)
    return choose(turn, lang)


def named(text: str) -> str | None:
    """The language a word names, in either language, or None."""
    said = clean(text)
    return next((lang for lang, names in _NAMES.items() if said in names), None)


def choose(turn: Turn, lang: str) -> str:
    """Speak `lang` from here on, and go back to where the conversation was."""
    conversation = turn.conversation
    conversation.lang = lang
    if conversation.step != "language":
        return conversation.step
    back = conversation.step_data.get("return")
    return go(turn, back["step"], **back["data"]) if back else go(turn, "consent")
