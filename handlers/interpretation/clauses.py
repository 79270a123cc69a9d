"""Where a message states something, and where it only asks, supposes, remembers or tells of other people.

A message is cut into sentences and clauses. What stands after a word like 如果 in its sentence is supposed; what stands
after 能不能 or 怎么 in its clause is asked; what stands after 以前 is no longer so. None of it becomes a fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[。!?;…\n]+|\.(?=\s|$)")
_CLAUSE = re.compile(
    r"(?:,(?!\d{3}(?!\d))|[、:()](?![\d一二三四五六七八九]百)|(?<![a-z0-9,.]) (?![a-z0-9])|(?<=[a-z0-9])\s(?=[\u3400-\u9fff])|\s-+\s)\s?"
)
_SUPPOSE = re.compile(
    r"如果|要是|假如|假使|倘若|若是|万一|的话|假设|打比方|比如说?有|(?<![a-z])(?:if|suppose|supposing|what if|in case|imagine|let's say|hypothetically|"
    r"would (?:i|we|he|she|they)|were to|when (?:i|he|she|they) (?:turns?|gets?|reach(?:es)?|becomes?)|once (?:i|he|she|they) (?:turns?|reach(?:es)?))(?![a-z])"
)
_POLITE = re.compile(
    r"(?:如果|要是)(?:方便|可以|行|能行|得行|没(?:有)?问题)(?:的话)?|if (?:possible|you can|that is ok|that's ok|you don't mind|i may)|麻烦的话"
)
_WHETHER = re.compile(r"(?:know|ask|wonder(?:ing)?|see|sure|check|tell me) if")
_ASK = re.compile(
    r"能不能|可不可以|可以不|能否|可否|是否|是不是|有没有|有没得|有冇|得不得|行不行|要不要|会不会|算不算|符不符合|够不够|该不该|"
    r"怎么|怎样|咋|如何|什么|啥|哪些|哪种|哪个|多少|好多钱|几多|多大|为什么|为啥|凭啥|"
    r"(?:能|可以|可)(?:申请|办|领|拿|享受|吃|报|评|得到|补)|想(?:申请|办|问|领|知道|了解|咨询|要)|请问|问一?下|咨询|打听|申请|"
    r"(?<![a-z])(?:can (?:i|we|he|she|they|you|my|someone|people)|could (?:i|we|he|she|they|you)|do (?:i|we|they|you)|does (?:he|she|it|my|someone)|"
    r"is (?:there|it|he|she)(?= )|are (?:there|we|you)|am i|what|how (?:much|do|can|to|many|old)|which|when|who can|apply|"
    r"(?:want|like|wants) to (?:apply|get|ask|know))(?![a-z])"
)
_NOTHING_AT_ALL = re.compile(  # "啥子都没得" asks nothing
    r"(?:啥子?|什么|哪样|多少)(?=[^,。?]{0,6}?(?:都|也)(?:没|莫|不|烧|冲|被|遭|花|卖))|(?<=没有)(?:啥子?|什么|多少)|(?<=[没得莫])(?:啥子?|什么|多少)|(?:不晓得|不知道)(?:怎么|咋|如何)?|(?:怎么|咋|如何)(?:个)?办(?:啊|嘛|哦)?(?=$|[。!?])"
)
_YES_NO = re.compile(r"(?:吗|么|嘛|不嘛|没有|没得|莫得|不)\s*$")
_HEARSAY = re.compile(
    r"听说|听人(?:家)?说|听别人|人家说|电视上|新闻|网上说|政策(?:上)?(?:说|规定)|规定|文件|(?:i )?heard (?:that|about)|(?:the )?(?:news|policy|rules?) says?"
)
_PAST = re.compile(
    r"以前|原来|原先|从前|曾经|之前|过去(?!一年|的?12|半年|几个月|两年|三年)|早些年|早年|年轻(?:的)?时候?|小时候|(?<![a-z])(?:used to|previously|formerly|once had|in the past|years ago|when i was|(?:income|wages?|salary|pay) was)(?![a-z])"
)
_NOW = re.compile(r"现在|如今|目前|眼下|这下|而今|(?<![a-z])(?:now|currently|these days|at present)(?![a-z])")
_WISH = re.compile(
    r"(?:怕|担心|害怕|恐怕|怕是)(?!是)|(?<![a-z])(?:afraid|worried|fear) (?:that|of|he|she|i|we)|将来|以后会|再过|明年|(?<![a-z])(?:next year|in the future|will (?:be|become|have|turn))(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the plain text between two pauses, and its sentence. Positions count characters of the plain text."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    supposed_from: int | None = None
    asked_from: int | None = None
    hearsay: bool = False
    past_from: int | None = None
    now_from: int | None = None
    wished_from: int | None = None

    def states(self, position: int) -> bool:
        """Whether words at `position` are said to be so (not supposed, asked, feared or hearsay)."""
        if self.hearsay:
            return False
        return all(
            at is None or position < at for at in (self.supposed_from, self.asked_from, self.wished_from)
        )

    def past(self, position: int) -> bool:
        """Whether words at `position` are said of an earlier time and not of now."""
        if self.past_from is None or position < self.past_from:
            return False
        return self.now_from is None or not self.past_from < self.now_from <= position


def cut(text: str) -> list[Clause]:
    """The clauses of a plain text, in order, each with what its cue words say about it."""
    out: list[Clause] = []
    for s_start, s_end, mark in _pieces(text, _SENTENCE, 0, len(text)):
        sentence = text[s_start:s_end]
        blanked = _POLITE.sub(lambda m: " " * len(m[0]), sentence)
        blanked = _WHETHER.sub(lambda m: " " * len(m[0]), blanked)
        suppose = _SUPPOSE.search(blanked)
        supposed = None
        if suppose:
            supposed = s_start if suppose[0] == "的话" else s_start + suppose.start()
        for c_start, c_end, _ in _pieces(text, _CLAUSE, s_start, s_end):
            out.append(_clause(text, c_start, c_end, (s_start, s_end), supposed, mark))
    return out


def _clause(
    text: str, start: int, end: int, sentence: tuple[int, int], supposed: int | None, mark: str
) -> Clause:
    words = _POLITE.sub(lambda m: " " * len(m[0]), text[start:end])
    words = _NOTHING_AT_ALL.sub(lambda m: " " * len(m[0]), words)

    def first(pattern: re.Pattern[str]) -> int | None:
        match = pattern.search(words)
        return start + match.start() if match else None

    asked = first(_ASK)
    whole_question = _YES_NO.search(words) and ("?" in mark or words.rstrip().endswith(("吗", "么")))
    if (
        whole_question
        and end == sentence[1]
        and asked is None
        and not re.search(r"好吗|行吗|可以吗|是吗|对吗", words)
    ):
        asked = start
    return Clause(
        start, end, *sentence,
        supposed_from=supposed, asked_from=asked, hearsay=bool(_HEARSAY.search(words)),
        past_from=first(_PAST), now_from=first(_NOW), wished_from=first(_WISH),
    )  # fmt: skip


def _pieces(text: str, at: re.Pattern[str], start: int, end: int) -> list[tuple[int, int, str]]:
    """The non-empty pieces of `text[start:end]` between matches, each with the mark that ends it."""
    out: list[tuple[int, int, str]] = []
    begin = start
    for match in at.finditer(text, start, end):
        out.append((begin, match.start(), match[0]))
        begin = match.end()
    out.append((begin, end, ""))
    return [(a, b, mark) for a, b, mark in out if text[a:b].strip()]
