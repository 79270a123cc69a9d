"""Who is spoken of: relation words of Mandarin, of Chongqing and of English, and who "he" is.

`who` is relative to the reporter. A neighbour or somebody "on the next street" is nobody to us (`BYSTANDER`), unless
the reporter says they report for that person (then `other`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HOUSEHOLD, SELF, OTHER, BYSTANDER = "household", "self", "other", "bystander"
PARENTS = "parents"  # two at once: the father and the mother

# Longest words first within a relation; order matters only where one word contains another.
_ZH = {
    PARENTS: "父母(?:亲)?|爸妈|爹妈|爹娘|老爸老妈|妈老汉儿?|二老",
    "father": "老汉儿?(?!们)|老爸|老爹|老父亲?|爸爸|父亲|阿爸|爸|爹|他爸爸?(?=也)",
    "mother": "娘家妈|老妈子?|老娘|老母亲?|妈妈|母亲|阿妈|妈|(?<=[我俺他她咱])娘(?!家|俩|儿|们)",
    "spouse": "老伴儿?|爱人|老公|丈夫|老婆(?!婆)|妻子|婆娘|堂客|屋头那(?:个|位)|屋头男人|当家的|[我她]男人|内人|(?<![儿弟孙])媳妇儿?|(?<![个位])老头(?:子|儿)|老太婆|老婆子|老者(?=[^们])|那口子|(?:娃儿?|孩子)他?[爸妈]爸?妈?",
    "daughter": "女儿|闺女|幺女儿?|幺妹儿|女娃儿?|女娃子|妹崽",
    "son": "儿子|(?<=[我他她俺])儿(?!子|女|媳|童|科)|幺儿|独儿|男娃儿?",
    "child": "脑瘫儿(?:童)?|残疾儿(?:童)?|患儿|娃儿|娃娃|细娃儿?|小娃儿?|孩子|小孩子?|小孩儿|崽儿|崽崽|双胞胎",
    "grandchild": "外孙女?儿?|孙女儿?|孙子|孙儿|孙娃子?|孙孙",
    "grandfather": "爷爷|外公|家公|嘎公|姥爷|祖父|外爷",
    "grandmother": "奶奶|外婆|家婆|嘎婆|嘎嘎|姥姥|祖母",
    "brother": "哥哥|弟弟|兄弟|大哥|二哥|三哥|老弟|我哥|我弟|他哥|她哥",
    "sister": "姐姐|妹妹|大姐|二姐|老妹|姊妹|我姐|我妹",
    "other": "岳父|岳母|公公|丈母娘|老丈人|老人公|老丈母|舅舅|舅妈|姑姑|姑妈|姨妈|大姨|小姨|叔叔|伯伯|伯父|伯母|婶婶|嫂子|侄儿|侄女|侄子|"
    "儿媳妇?|弟媳妇?|孙媳妇?|弟妹|女婿|妹夫|姐夫|妹儿?夫|舅子|小叔子|小姑子|表[哥弟姐妹]|堂[哥弟姐妹]|干爹|干妈|幺爸|幺爷|大爷爷|我叔|我舅|我姑|我姨|我婆婆|婆婆妈?|老人家|这位(?:老人|大爷|大妈|居民|村民)|有(?:一)?(?:个|位|户)(?:老人|大爷|大妈|居民|村民|人家|人|男的|女的|男人|女人|妇女|男子|残疾人|老太太|老头)|"
    "一(?:个|位|户)(?:老人|大爷|大妈|居民|村民|人家|男的|女的|妇女|残疾人|老太太|老头)|村民|居民(?=[\\u4e00-\\u9fff]某)|[\\u4e00-\\u9fff]某某?|"
    "[\\u4e00-\\u9fff](?:大爷|大妈|大娘|婆婆|伯伯|孃孃|嬢嬢|大哥|大姐|嫂子)",
}  # fmt: skip
_EN = {
    PARENTS: "parents|mum and dad|mom and dad|father and mother",
    "father": "father|dad|daddy|papa|(?<=my )old man",
    "mother": "mother|mom|mum|mama|mommy|mummy",
    "spouse": "husband|wife|spouse|partner",
    "daughter": "daughters?|little girl|baby girl|(?<=my )girls?|(?<=our )girls?|(?<=two )girls|(?<=three )girls",
    "son": "sons?|little boy|(?<=my )boys?|(?<=our )boys?|(?<=two )boys|(?<=three )boys",
    "child": "child|children|(?<=my )[\\w-]+[- ]years?[- ]old(?! \\w*(?:man|woman|mother|father|son|daughter|wife|husband|grand|mum|mom|dad|aunt|uncle|brother|sister|boy|girl|kid|child))|(?<=our )[\\w-]+[- ]years?[- ]old(?! [a-z]*(?:son|daughter|child|boy|girl|kid|grand))|kids?|baby|toddler|twins",
    "grandchild": "grandchild|grandchildren|grandsons?|granddaughters?|grandkids?",
    "grandfather": "grandfather|grandpa|granddad|grandad",
    "grandmother": "grandmother|grandma|granny|gran",
    "brother": "brothers?",
    "sister": "sisters?",
    "other": "uncle|aunt|auntie|cousin|nephew|niece|mother-in-law|father-in-law|son-in-law|daughter-in-law|this (?:man|woman|resident|villager|old man|old woman)|"
    "(?:a|an|one) (?:[\\w-]+ ){0,4}(?:man|woman|resident|villager)|(?:mr|mrs|ms)\\.? \\w+",
}  # fmt: skip
_ORDINAL = r"(?P<ord>大的?那?个?|小的?那?个?|老?二的?|老?三的?|另外?一个|第一个|第二个|第三个)?"
_EN_WORDS = r"(?:(?:[a-z]+|\d+)(?:-[\w-]+)? ){0,4}?"
_PATTERNS: list[tuple[str, re.Pattern[str]]] = [
    (who, re.compile(rf"(?:(?:我们?|俺|咱)(?:家|屋头?)?的?)?(?:{_ORDINAL})(?:{words})")) for who, words in _ZH.items()
] + [
    (who, re.compile(rf"(?<![a-z])(?:(?:my|our|his|her|their|the|a|an) {_EN_WORDS})?(?P<ord>older |elder |eldest |oldest |younger |youngest |first |second |other )?(?:{words})(?![a-z])(?!'s school)"))
    for who, words in _EN.items()
]  # fmt: skip
_HOME = re.compile(
    r"我们?家(?!那口子|乡|婆|公|附近|隔壁|旁边|对门|楼上|楼下)|我们?屋头|全家(?:人)?|一家(?:人)?|家里(?:人)?|家头|屋头|屋里|家中|家庭|咱家|俺家|本户|他们?家(?!属)|她们?家(?!属)|我们(?!村|社区|街|镇|队|单位|厂|那)|咱们|家人|(?:老)?两口子?|一家\S{1,3}口|"
    r"(?<![a-z])(?:our (?:family|household|home|house)|my (?:family|household|home|house)|the (?:whole )?(?:family|household)|we|us|their family|his family|her family|the whole family|family of)(?![a-z])"
)
_ME = re.compile(
    r"(?:我自己|我本人|本人|我个人|我(?!们|家|屋|的?邻居|想问|想帮|要帮|帮|替|来帮|给(?=[^,。]{0,8}(?:问|申请|办|报|登记|填|上报))|听说|说的?(?!话)|觉得|想(?=申请|问|办|帮|给|知道|晓得)|记得|晓得|不晓得)|俺(?!家)|(?<![a-z])(?:i(?! (?:mean|meant|said|say|think|guess|heard|want|would|wish|believe|hope|am (?:applying|asking|reporting|calling|here)))|i'm|im|i've|myself|me)(?![a-z'])|(?<![a-z])(?:i'm|i've|i am|i have)(?![a-z]))"
)
_HE = re.compile(
    r"他(?!们|家|妈的|人)|她(?!们|家)|人家(?=瘫|残|病)|(?<![a-z])(?:he|she|him|he's|she's)(?![a-z])"
)
_NEIGHBOUR = re.compile(
    r"邻居家?|隔壁(?:家|那家|屋)?(?:的)?(?:[\u4e00-\u9fff](?:家|大爷|大妈|婆婆|婶|叔|哥|姐|某))?|对门(?:那家)?|楼上(?:那家)?|楼下(?:那家)?|别人家?|人家(?!瘫|残|病|说)|其他人|有些人|有的人|(?:我们?)?同事|(?:我)?朋友|同学|老板|(?:我们?)?村(?:里|头|上)(?:的)?(?:人|好多人|有人|那家)|亲戚家?|"
    r"(?:老[张王李刘陈杨周赵]|[张王李刘陈杨周赵]家)(?!爷)|"
    r"(?<![a-z])(?:(?:my |our |the )?neighbou?r(?:'s)?s?|next door|other people|someone else|somebody else|people in (?:my|our) village|(?:a|my) friend(?:'s)?|my colleague|my boss|others)(?![a-z])"
)
_FOR = re.compile(
    r"(?:帮|替|代|给|为)(?:我们?)?(?:的)?$|(?:report(?:ing)?|apply(?:ing)?|asking|here|help(?:ing)?)(?: \w+)? (?:for )?(?:my |our |the )?$"
)
_REPORTING = re.compile(r"申请|上报|报一?下|反映|问一?下|登记|apply|report")


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody (or the household) named at `start` to `end`; `which` counts children of one kind in the order spoken."""

    start: int
    end: int
    who: str
    which: int | None = None


@dataclass(frozen=True, slots=True)
class _Raw:
    start: int
    end: int
    who: str
    ordinal: str = ""
    rank: int = 0


def _raw(text: str) -> list[_Raw]:
    """Every mention, longest wins where two overlap."""
    found: list[_Raw] = []
    for who, pattern in _PATTERNS:
        found += [_Raw(m.start(), m.end(), who, (m["ord"] or "").strip(), 2) for m in pattern.finditer(text)]
    for who, pattern, rank in (
        (HOUSEHOLD, _HOME, 1),
        (SELF, _ME, 0),
        ("pronoun", _HE, 0),
        (BYSTANDER, _NEIGHBOUR, 3),
    ):
        for m in pattern.finditer(text):
            if (
                who == BYSTANDER
                and _FOR.search(text[max(0, m.start() - 18) : m.start()])
                and _REPORTING.search(text)
            ):
                who_here = OTHER
            else:
                who_here = who
            found.append(_Raw(m.start(), m.end(), who_here, "", rank))
    found += _numbered(text)
    found.sort(key=lambda r: (-r.rank, -(r.end - r.start), r.start))
    kept: list[_Raw] = []
    for raw in found:
        if all(raw.end <= k.start or k.end <= raw.start for k in kept):
            kept.append(raw)
    return sorted(kept, key=lambda r: r.start)


_NUMBERED = re.compile(
    r"(?:(?<![年纪])老[大二三幺](?=上|读|在|今年|才|有|是|\d|[一二三四五六七八九十]+岁))|(?<![\u4e00-\u9fff])(?P<zh>(?:老大|老二|老三|老幺|大的|小的|二的|大娃儿?|小娃儿?|二娃儿?|(?:另外?)?一个(?=[\d一二三四五六七八九十]+岁|在?读|上[小初高大幼]|才))(?:那个)?)|(?P<one>(?:另外?)?一个)(?=[\d一二三四五六七八九十]+岁|在?读|上[小初高大幼]|才\d)|(?<=[,。;\s、])(?:one|the other|the (?:older|elder|younger|little|big|oldest|youngest|first|second)(?: one)?)(?= is|,| has| goes)"
)


def _numbered(text: str) -> list[_Raw]:
    return [_Raw(m.start(), m.end(), "child?", _own_name(m), 2) for m in _NUMBERED.finditer(text)]


def _own_name(match: re.Match[str]) -> str:
    """ "大的" is the same child each time it is said; "一个 ... 一个" are two."""
    words = match[0].strip()
    return f"{words}{match.start()}" if words in ("一个", "另一个", "另外一个", "one", "the other") else words


_OF_THEM = re.compile(r"(?:家|家里|屋头)?的?\s?")


def _theirs(text: str, before: Mention, start: int, words: str) -> bool:
    """Whether a family member (or a home) named after a neighbour is the neighbour's: "同事的女儿", "他家", "his wife"."""
    if words.startswith(("他", "她", "his ", "her ", "their ")):
        return True
    if _HOME.fullmatch(words) and not words.startswith(("我", "咱", "俺", "my ", "our ", "we", "us")):
        return not re.search(r"[。!?;\n]|\.\s", text[before.end : start])
    return (
        before.who == BYSTANDER
        and bool(_OF_THEM.fullmatch(text[before.end : start]))
        and not words.startswith(("我", "my ", "our ", "咱"))
    )


_SERVES = re.compile(
    r"(?:是|当|做)?\S{0,12}?(?:信息员|网格员|网格长|村干部|社区干部|驻村干部|社工|楼栋长|村支书|村主任|社区(?:的)?工作人员|志愿者)|"
    r" ?(?:am |'m )?(?:a|an|the) (?:\w+ ){0,3}(?:officer|social worker|volunteer|cadre|grid worker)"
)
_COUNTED = ("son", "daughter", "child", "grandchild", "brother", "sister")  # of whom there may be several


def find_people(text: str, applicant: str = SELF) -> list[Mention]:
    """Everybody named in a plain text, in order; "he" and "she" are the one last named, else the applicant."""
    out: list[Mention] = []
    seen: dict[str, list[str]] = {}
    last: tuple[str, int | None] | None = (applicant, None) if applicant != SELF else None
    siblings = "child"
    for raw in _raw(text):
        who, which = raw.who, None
        words = text[raw.start : raw.end]
        if who == "pronoun":
            who, which = last or (OTHER, None)
        elif who == SELF and _SERVES.match(text, raw.end):
            who = applicant if applicant != SELF else OTHER  # an officer speaks of the resident from here on
        elif (
            last
            and last[0] == BYSTANDER
            and who not in (SELF, "child?")
            and _theirs(text, out[-1], raw.start, words)
        ):
            who = BYSTANDER
        if who == "child?":
            who = siblings
        if who in ("son", "daughter", "child", "grandchild"):
            siblings = who
        name = raw.ordinal if who in _COUNTED else _noun(words) if who == OTHER and raw.who == OTHER else ""
        if name:
            names = seen.setdefault(who, [])
            if name not in names:
                names.append(name)
            which = names.index(name) + 1
        if who not in (SELF, HOUSEHOLD):
            last = (who, which)
        out.append(Mention(raw.start, raw.end, who, which))
    alone = {who for who, names in seen.items() if len(names) < 2}
    return [Mention(m.start, m.end, m.who, None if m.who in alone else m.which) for m in out]


def _noun(words: str) -> str:
    """A relation word without its "my": 我公公 and 公公 are one person, 公公 and 婆婆 two; "a man" may be anybody."""
    bare = re.sub(r"^(?:我们?的?|俺|咱|my |our )", "", words)
    return (
        bare
        if re.search(r"[公婆岳舅姑姨叔伯嫂侄媳婿表堂妹姐]|uncle|aunt|cousin|nephew|niece|in-law", bare)
        else ""
    )
