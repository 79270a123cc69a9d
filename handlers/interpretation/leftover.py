"""The stretches of a message nobody made anything of: said back, kept, and shown to the caseworker, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handlers.interpretation.intents import by_words
from handlers.interpretation.scene import Found, Scene

_FILLER = re.compile(
    r"你好|您好|请问|谢谢(?:你|您)?|麻烦(?:你|您)?|那个|这个|就是说?|然后|但是|所以|因为|而且|还有|现在|目前|今年|我想|想问一?下|问一?下|帮帮?(?:我们?|忙)|看看|一下|怎么办|咋个办|咋办|哎|唉|啊|嘛|呢|吧|哦|嗯|的|了|"
    r"(?<![a-z])(?:hello|hi|please|thank you|thanks|and|but|so|because|also|now|well|the|a|is|are|i|we|my|our|he|she|his|her|it|us|me|to|of|in|at|with|has|have)(?![a-z])"
)


def not_understood(scene: Scene, facts: Sequence[Found]) -> Iterator[str]:
    """Clauses (in the original words) that no fact, person or plain wish accounts for."""
    for clause in scene.clauses:
        if any(f.start < clause.end and clause.start < f.end for f in facts):
            continue
        words = scene.words(clause)
        if by_words(words) is not None or clause.asked_from is not None:
            continue
        rest = _FILLER.sub("", words)
        for person in scene.people:
            if clause.start <= person.start < clause.end:
                rest = rest.replace(scene.text[person.start : person.end], "")
        if len(re.sub(r"[^\w]", "", rest)) >= 2:
            yield scene.folded.words(clause.start, clause.end).strip()
