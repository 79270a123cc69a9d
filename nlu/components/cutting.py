"""Where the tokens of a text are. Standard library only, so that tests need no Rasa."""

from __future__ import annotations

import re
from typing import List, Text, Tuple

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,]\d+)*")
_WIDE = re.compile(r"[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def cut(text: Text) -> List[Tuple[int, int]]:
    """Where each token starts and ends.

    >>> text = "我爸63了, my dad's 1,200"
    >>> [text[a:b] for a, b in cut(text)]
    ['我', '爸', '63', '了', 'my', "dad's", '1,200']
    """
    spans = []
    for match in _TOKEN.finditer(text):
        begin = match.start()
        for index in range(match.start(), match.end()):
            if _WIDE.match(text[index]):
                if begin < index:
                    spans.append((begin, index))
                spans.append((index, index + 1))
                begin = index + 1
        if begin < match.end():
            spans.append((begin, match.end()))
    return spans
