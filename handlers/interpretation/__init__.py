"""From words to facts: `Understanding` + text -> what was said, about whom, in which words. Pure.

    read = interpret(text, understanding, lang="zh", on=date(...), catalogue=catalogue, asked=None, asked_for=None, people=())

Nothing here guesses: a reading that is not sure is returned with a low `sureness` and said back as a question.
"""

from __future__ import annotations

from handlers.interpretation.combine import interpret

__all__ = ["interpret"]
