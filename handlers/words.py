"""Short words as people type them: cleaned for comparison, yes and no, greetings and thanks."""

from __future__ import annotations

import unicodedata
from typing import Final

from handlers.interpretation.normalise import fold

_SHORT: Final = 120
_EDGES: Final = " \t\r\n　。.!！?？,，、~～…;；:：\"'“”‘’()（）"


def word_set(words: str) -> frozenset[str]:
    """Words written with bars between them."""
    return frozenset(words.split("|"))


YES: Final = word_set(
    "是|是的|是啊|对|对的|对头|对啊|没错|好|好的|好嘛|行|要得|可以|嗯|嗯嗯|同意|愿意|确认|要|想|有|就是|"
    "yes|y|yep|yeah|ok|okay|sure|right|correct|agree|i agree|that's right|that is right"
)
NO: Final = word_set(
    "不|不是|不是的|没有|没得|不对|错了|不要|不行|不同意|不愿意|不想|不可以|没|否|"
    "no|n|nope|wrong|disagree|not right|that is wrong|i disagree|that is not what i said"
)
GREETINGS: Final = word_set(
    "你好|您好|在吗|有人吗|哈喽|喂|早上好|下午好|晚上好|hi|hello|hey|good morning|good afternoon|good evening"
)
THANKS: Final = word_set("谢谢|谢谢你|谢谢您|多谢|感谢|谢了|再见|拜拜|thanks|thx|thank you|bye|goodbye")


def clean(text: str) -> str:
    """A short text ready to be compared with a button or a command: one width, one case, simplified characters, no
    punctuation around it. Longer texts are no command and are not worth the work."""
    return fold(text[:_SHORT]).text.strip(_EDGES).casefold() if len(text) <= _SHORT else text


def says_something(text: str) -> bool:
    """Whether there is a letter, a character or a digit in it (emoji and punctuation alone say nothing we can use)."""
    return any(each.isalnum() for each in unicodedata.normalize("NFKC", text))


def looks_chinese(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return any("㐀" <= each <= "鿿" or "\U00020000" <= each <= "\U000323af" for each in text)
