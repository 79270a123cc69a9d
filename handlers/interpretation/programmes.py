"""Help that somebody already receives: "吃低保", "在领护理补贴", "we get dibao", "啥子补贴都没有"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.interpretation.people import HOUSEHOLD
from handlers.interpretation.scene import Found, Scene

# Each programme as residents call it; a more exact name stands before a shorter one.
NAMES: tuple[tuple[str, str], ...] = (
    ("dibao_marginal_household", r"低保边缘(?:户|家庭)?|边缘户"),
    ("dibao_single_person", r"单人保|单人户?低保"),
    ("dibao_urban", r"(?:城市|城镇|居民|城里的?)(?:的)?[低底]保|urban (?:dibao|subsistence allowance)"),
    ("dibao_rural", r"(?:农村|农业|乡下的?)(?:的)?[低底]保|rural (?:dibao|subsistence allowance)"),
    ("dibao", r"[低底]保(?!边缘|线|标准)|最低生活保障|dibao|di bao|(?:minimum )?subsistence (?:allowance|aid|guarantee)|minimum (?:living|livelihood)(?: standard)? (?:allowance|guarantee|security)|low[- ]income (?:allowance|benefit)"),
    ("tekun_support", r"特困(?:供养|人员|户|救助)?|五保(?:户|供养)?|special[- ]hardship (?:support|aid)|five guarantees"),
    ("disability_living_subsidy", r"(?:困难)?残(?:疾人?)?(?:的)?生活(?:补贴|补助)|disab(?:ility|led) living (?:subsidy|allowance)"),
    ("disability_care_subsidy", r"(?:重度)?残(?:疾人?)?(?:的)?护理(?:补贴|补助|费)|重残(?:补贴|补助|护理)|护理补贴|disab(?:ility|led) care (?:subsidy|allowance)|nursing subsidy"),
    ("elderly_care_service_subsidy", r"养老服务(?:补贴|补助)|失能(?:老人)?补贴|elder(?:ly)? care(?: service)? subsidy"),
    ("old_age_allowance", r"高龄(?:津贴|补贴|补助|费|老人补贴)|old[- ]age (?:allowance|subsidy|benefit)"),
    ("temp_aid_emergency", r"急难(?:型)?(?:临时)?救助|临时救助|temporary (?:aid|assistance)"),
    ("medical_aid_inpatient", r"(?:住院)?医疗救助|medical (?:aid|assistance)"),
    ("orphan_basic_living", r"孤儿(?:基本生活)?(?:补助|补贴|津贴|费|钱|保障)|orphan (?:allowance|benefit)"),
    ("defacto_unattended_child", r"事实(?:无人抚养|孤儿)(?:儿童)?(?:补助|补贴|津贴)?"),
    ("rent_subsidy", r"租房补贴|住房租赁补贴|廉租房?补贴|rent subsidy"),
    ("public_rental_housing", r"公租房|廉租房|public (?:rental )?housing"),
    ("rigid_expenditure_household", r"刚性支出(?:困难)?(?:家庭|户)"),
    ("anti_poverty_monitoring", r"(?:防返贫)?监测(?:户|对象)"),
    ("veteran_disability_pension", r"伤残抚恤金?|伤残军人补助"),
    ("student_loan", r"助学贷款|student loan"),
    ("edu_senior_grant", r"高中(?:国家)?助学金"),
    ("edu_college_grant", r"大学(?:国家)?助学金"),
)  # fmt: skip
_NAME = re.compile("|".join(f"(?P<{id_}>(?<![a-z])(?:{words}))" for id_, words in NAMES))
_GETS_BEFORE = re.compile(
    r"(?:吃(?:着|起|上|到|了|的)?|(?:在|正在|已经|一直|都|就|每月|每个月|现在)?(?:领(?:着|到|了|起|的|有|取)?|拿(?:着|到|了|的)?|享受(?:着|了|到)?|纳入(?:了)?|评(?:上|到|了)|进了|得(?:到)?了|办(?:了|好了|下来了|到了|得有)|有(?!没))|靠|是|属于|住(?:的|在|进)?(?:是|了)?|挤在\S{0,6}?|分到(?:了)?|批(?:了|下来)|"
    r"(?<![a-z])(?:(?:gets?|receives?|getting) (?:[^ ]+ ){1,6}from|gets?|getting|receiv(?:e|es|ing)|on|has|have|draws?|granted|given|already (?:get|have|receive)|live on|living on|live in|living in))"
    r"(?:的)?(?:是|有|个|一个|一份|了|着|点|国家|政府|村里|民政|的|每月|每个月|a month|the|a|an|our|his|her|my|already|both|,|、|和|\s)*$"
)
_GETS_AFTER = re.compile(
    r"^(?:户|家庭|人员|对象|金|款|钱)?(?:了)?(?:现在|已经|都|一直|也|就|是|每月|每个月|一个月)*(?:在领|领(?:着|到|了|起|的)|领(?=\d|[一二两三四五六七八九])|吃(?:着|起|了|到)|拿(?:着|到|了)|有(?:的|了)|办(?:下来|好|到)?了|批(?:下来|准)?了|每(?:个)?月(?:有|发|领|给))|^户(?=$|[,。;、!\s])"
)
_AND_NAME = re.compile(r"(?:和|跟|还有|以及|、|,|也|,? and|,)\s?(?:the |a |还|也|都|领|有)*$")
_NOT_BEFORE = re.compile(
    r"(?:没(?:有|得)?|莫得|无|不|未|从来没|还没|取消了?|停(?:了|掉)?|不是|(?<![a-z])(?:not?|never|don't|doesn't|didn't|isn't|aren't|without|haven't|hasn't|no longer|lost|stopped))(?:再|去|能|曾|在|过|有|给(?:我们?|他|她)?)*(?:吃|领|拿|享受|纳入|评|得|办|申请|批|get|gets|getting|have|has|had|receive|receives|receiving|on|any|been|given|the|our|my|his|her|a|\s)*(?:上|到|过|下来|了|着|任何|啥子?|什么|个|任何的|成|\s)*$"
)
_NOT_AFTER = re.compile(
    r"^(?:户|家庭|金)?(?:也|都|一直|还|就|现在|后来|早就|被|去年|今年|上个月|遭)*(?:没(?:有|得)?|莫得|停|取消|不给|不得行|没批|办不|领不|is not|was (?:stopped|cancelled|refused)|stopped|has stopped|被停|下了|评不)"
)
_WANTS = re.compile(
    r"(?:想|要|能|可以|可|应该|该|够|去|来|怎么|咋|如何|帮\S{0,3}|申请|办理?|报|评|问|咨询|准备|打算|want|like|wish|apply|applying|application|ask(?:ing)?|about|qualify|eligible|entitled|need|how|can|could|get the)(?:\S{0,3}|[a-z ]{0,12})$"
)
_NOTHING = re.compile(
    r"(?:什么|啥子?|任何|哪样|一样)(?:的)?(?:补贴|补助|救助|津贴|帮助|政策|钱|低保)(?:都|也)?(?:没(?:有|得)?|莫得)(?:领|享受|吃|拿|得)?(?:过|到)?|(?:没(?:有|得)?|莫得|从来没(?:有)?|从没)(?:领|享受|拿|吃|得|办)(?:过|到|了)?(?:任何|啥子?|什么|一分钱|国家|政府)(?:的)?(?:补贴|补助|救助|津贴|帮助|钱)|"
    r"(?<![a-z])(?:(?:don't|do not|doesn't|does not|didn't|never|not) (?:get|receive|have|gotten|received|getting|receiving|had) any (?:help|aid|benefits?|subsid(?:y|ies)|assistance|support)|(?:no|without any) (?:benefits?|subsid(?:y|ies)|government (?:help|aid|support)|assistance)|(?:receive|get|receiving|getting) no(?:thing| (?:help|aid|benefits?|support|subsidies)) (?:from (?:the )?government)?)"
)


def find_programmes(scene: Scene) -> Iterator[Found]:
    """What is received (ids of the catalogue's programmes), or an empty set when somebody says: nothing at all."""
    text = scene.text
    got: list[tuple[int, int, str]] = []
    refused: list[tuple[int, int]] = []
    for match in _NAME.finditer(text):
        clause = scene.clause_at(match.start())
        if clause is None or match.lastgroup is None:
            continue
        head, tail = text[clause.start : match.start()], text[match.end() : clause.end]
        beside = (
            got and _AND_NAME.search(text[got[-1][1] : match.start()]) and match.start() - got[-1][1] <= 14
        )
        if _NOT_BEFORE.search(head[-20:]) or _NOT_AFTER.search(tail):
            if clause.states(match.start()):
                refused.append(match.span())
        elif (clause.states(match.start()) or _stated_after(tail)) and not clause.past(match.start()):
            gets = _GETS_BEFORE.search(head)
            wants = _WANTS.search(head[: gets.start()] if gets else head)
            if (
                (gets and not wants)
                or _GETS_AFTER.search(tail)
                or beside
                or _is_one(scene.words(clause), match[0])
            ):
                start = (
                    clause.start + gets.start() if gets and gets.start() >= len(head) - 10 else match.start()
                )
                got.append((start, match.end(), match.lastgroup))
    for start, end, programme in got:
        household = scene.household_at(start) or (
            programme.startswith("dibao") and scene.last_named(start) == HOUSEHOLD
        )
        yield Found(
            "receiving_programmes",
            start,
            end,
            value=(programme,),
            sure=0.88,
            who=HOUSEHOLD if household else None,
        )
    for match in _NOTHING.finditer(text):
        if not got:
            household = scene.last_named(match.start()) == HOUSEHOLD
            yield Found(
                "receiving_programmes",
                *match.span(),
                value=(),
                sure=0.82,
                who=HOUSEHOLD if household else None,
            )
            return
    if refused and not got:
        household = scene.household_at(refused[0][0])
        yield Found(
            "receiving_programmes", *refused[0], value=(), sure=0.55, who=HOUSEHOLD if household else None
        )


def _stated_after(tail: str) -> bool:
    return False


def _is_one(words: str, name: str) -> bool:
    """A clause that is nothing but "低保户" says what somebody is."""
    return (name.endswith("户") or name in ("五保", "特困", "特困人员")) and words.strip() in (
        name,
        f"是{name}",
    )


def names_in(text: str) -> list[str]:
    """Every programme named in a short plain text, whatever is said of it."""
    return list(dict.fromkeys(m.lastgroup for m in _NAME.finditer(text) if m.lastgroup))
