"""How many: people in the family, homes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.interpretation.numbers import Number
from handlers.interpretation.people import HOUSEHOLD
from handlers.interpretation.scene import Found, Scene

_SIZE_AFTER = re.compile(
    r"\s?(?:(?<!老[两俩])口(?!子)人?|个人(?!一间)|人)(?:吃饭|过日子|一起住|一起过|生活)?|\s?(?:people|persons|of us|in (?:my|our|the) (?:family|household|home|house)|family members|members)(?![a-z])"
)
_SIZE_BEFORE = re.compile(
    r"(?:人口:?|家|家头|屋头|屋里|一共|总共|共|全家|家里|家中|家庭|我们|咱们|有|就|只|住了?|剩|是|家人|我和\S{1,4}|family of|household of|there are|there're|we are|we're|just|only|all|income[^.]*for)\s?(?:有|一共|总共|就|只有|只|是|共|现在|里|of)*\s?$"
)
_FAMILY_OF = re.compile(r"(?:family|household) of\s?$|一家\s?$|全家\s?$|家\s?$")
_NOT_SIZE = re.compile(
    r"\s?(?:口人|个人|人)(?:都)?(?:住院|生病|病了|上班|打工|挣钱|干活|读书|上学|残疾|照顾|残|瘫|来|去|一起去|有病|一间|得病|在外|走了|死|in hospital)"
)
_ALONE = re.compile(
    r"(?:就|只有?|只剩|剩)(?:下)?(?:我|他|她|老人)?(?:自己)?一个人(?!照顾|带|养|挣|打工|上班|撑|干|扛|供|在外|赚)|(?:我|他|她|老人)?一个人(?:住|过|生活|过日子|独住|吃住)|独居|孤身一人|单身一人|一人(?:生活|户|独居)|"
    r"(?<![a-z])(?:liv(?:e|es|ing) (?:all )?(?:alone|by (?:my|him|her)self|on (?:my|his|her) own)|just me|only me)(?= *(?:[,.;!。]|$|in |at |and (?!my|his|her|our)))"
)
_PAIRS = [
    (2, re.compile(r"(?:就|只有?|只剩|剩)?(?:我们)?(?:两|俩)口子(?=过|两个|住|一起|$|[,。;])|(?:我们)?(?:爷孙|婆孙|祖孙|母子|母女|父子|父女|娘儿|爷儿|夫妻|娘|爷|母女|两夫妻)(?:两|俩|二)(?:个|人|口子)?(?:人)?|just (?:me|my (?:husband|wife|mother|son|daughter)) and (?:me|my (?:husband|wife|mother|father|mum|mom|dad|son|daughter|child))(?= *(?:[,.;!。]|$|at home|living))|the two of us|(?:我|他|她)?(?:和|跟)(?:我|他|她)?(?:老伴儿?|老婆|老公|爱人|婆娘|儿子|女儿|妈|爸|老汉儿?|娃儿?|孙子|孙女|奶奶|爷爷|外婆|妈妈|爸爸)(?:两个(?:人)?|两人|俩|二人)(?:过|一起|住|生活|相依|$|[,。;])?")),
    (3, re.compile(r"(?:爷孙|婆孙|祖孙|母子|娘儿|爷儿|一家)(?:三个?|仨)(?:口人?|人)?|三口之家|the three of us|(?:我|他|她)?(?:和|跟)(?:我|他|她)?(?:老伴儿?|老婆|老公|爱人|婆娘)(?:带着?|、|和|还有)(?:一个)?(?:儿子|女儿|娃儿?|孙子|孙女)(?:三个?人|三人|仨)")),
]  # fmt: skip
_HOMES = re.compile(
    r"\s?(?:套|处|栋|座|间)(?:老|旧|破|自建|小)?(?:的)?(?:房|住房|屋|住宅|瓦房|农房|土房|砖房)|\s?(?:old |small |own |single |little )*(?:homes?|houses?|flats?|apartments?)(?![a-z])"
)
_OWN_BEFORE = re.compile(
    r"(?:有|只有|就|名下|共|买了|还有|一共|own|owns|have|has|only|just|got)(?:了|得有|这|那|the|just)?\s?$"
)
_NO_HOME = re.compile(
    r"(?:没(?:有|得)?|莫得|无)(?:自己的?|任何|一套)?(?:房子|住房|房产|房屋|房(?=$|[,。、;]))(?![租贷])|名下(?:没(?:有|得)?|莫得|无)(?:房子|房产|住房|房)(?!贷)|(?:don't|do not|doesn't|does not) own (?:a|any) (?:home|house|flat|property)|own no (?:home|house|property)"
)


_CORRECTED = re.compile(
    r"(?:^|[。.!?;\n])\s*(?:不对|错了|更正|no|sorry|actually|correction|i meant?)?[^\w。.!?;]*(?:应该)?(?:是|it's|it is|we are)?\s?$"
)


def find_counts(scene: Scene) -> Iterator[Found]:
    """Household size and number of homes."""
    text = scene.text
    for match in _ALONE.finditer(text):
        yield Found("household_size", *match.span(), value=1, sure=0.85, who=HOUSEHOLD)
    for size, pattern in _PAIRS:
        for match in pattern.finditer(text):
            yield Found("household_size", *match.span(), value=size, sure=0.85, who=HOUSEHOLD)
    for match in _NO_HOME.finditer(text):
        yield Found("houses_owned", *match.span(), value=0, sure=0.8, who=HOUSEHOLD)
    for number in scene.numbers:
        before = text[max(0, number.start - 40) : number.start]
        if home := _HOMES.match(text, number.end):
            if _OWN_BEFORE.search(before) and number.value is not None and number.value < 20:
                yield Found(
                    "houses_owned",
                    number.start,
                    home.end(),
                    value=int(number.value),
                    sure=0.82,
                    who=HOUSEHOLD,
                )
            continue
        if size_match := _size(text, number, before):
            yield size_match


def _size(text: str, number: Number, before: str) -> Found | None:
    if re.search(r"(?:不是|并非|没有|没得|not|isn't)\s?$", before):
        return None  # "不是四个人" takes back, it does not say
    after = _SIZE_AFTER.match(text, number.end)
    family_of = _FAMILY_OF.search(before)
    if after is None:
        after = (
            re.compile(r"(?=$|[^\w]|\s)").match(text, number.end)
            if family_of and re.search(r"of\s?$", before)
            else None
        )
    if after is None or _NOT_SIZE.match(text, number.end):
        return None
    if not 1 <= (number.low or 0) <= 20 or (number.high or 99) > 20:
        return None
    mouth = "口" in after[0] or "of us" in after[0] or "family" in after[0] or "household" in after[0]
    alone = _CORRECTED.search(text[max(0, number.start - 30) : number.start])
    mouth = mouth or bool(re.search(r"吃饭|过日子|一起|in (?:my|our|the)", after[0]))
    if not (mouth or alone or _SIZE_BEFORE.search(before)):
        return None
    if number.value == 1 and not mouth:
        return None  # "有一个人" is somebody, "就我一个人" is read elsewhere
    start = number.start
    sure = 0.9 if mouth or re.search(r"家|屋|family|household|we ", before) else 0.7
    if number.value is not None:
        return Found("household_size", start, after.end(), value=int(number.value), sure=sure, who=HOUSEHOLD)
    return Found(
        "household_size", start, after.end(), low=number.low, high=number.high, sure=sure, who=HOUSEHOLD
    )
