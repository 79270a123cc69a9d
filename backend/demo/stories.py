"""What the made-up families of the demonstration district said, and what was understood from which words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Said:
    """One fact: `words` stand in `message` (1 is the story, 2 what came after it), or `choice` was tapped."""

    fact: str
    subject: str
    value: Any = None
    words: str | None = None
    choice: str | None = None
    low: str | None = None
    high: str | None = None
    state: Literal["answered", "dont_know", "declined"] = "answered"
    sureness: float = 0.9
    message: int = 1


@dataclass(frozen=True, slots=True)
class Story:
    """One filing. `persons` are (id, relation, name); `items` (programme, subject, what the chat showed)."""

    days_ago: int
    office: str
    reporter: tuple[str, str | None, str | None, str]  # kind, name, relation, consent
    persons: tuple[tuple[str, str, str | None], ...]
    lines: tuple[str, ...]  # what the reporter wrote
    facts: tuple[Said, ...]
    items: tuple[tuple[str, str, str], ...]
    urgent: str | None = None
    then: tuple[str, ...] = field(default=())  # what the staff did, see `loading.py`


HONG = Story(
    days_ago=1,
    office="demo_qingxi_1",
    reporter=("officer", "李网格员（演示）", "officer", "spoken"),
    persons=(("self", "self", "洪大山（演示）"),),
    lines=(
        "我们村洪大山52岁，中风出院回来瘫在床上，生活不能自理，家里就他和老伴两口人，一个月四五百",
        "是农村的，户口在永川。存款没得几个钱",
    ),
    facts=(
        Said("age", "self", 52, "52岁"),
        Said("illness_kind", "self", "stroke_paralysis", "中风", sureness=0.8),
        Said("self_care_ability", "self", "none", "生活不能自理"),
        Said("household_size", "household", 2, "两口人"),
        Said("household_income_month", "household", words="一个月四五百", low="400", high="500"),
        Said("emergency_kind", "household", "sudden_illness", choice="突然生大病"),
        Said("basic_life_in_trouble", "household", True, choice="是，过不下去"),
        Said("residence_area", "household", "rural", "农村的", message=2),
        Said("hukou_yongchuan", "self", True, "户口在永川", message=2),
        Said("hukou_chongqing", "self", True, "户口在永川", message=2, sureness=0.8),
        Said("vehicle_kind", "household", "none", choice="没有车"),
        Said("financial_assets_per_capita", "household", state="dont_know", choice="不清楚", message=2),
    ),
    items=(("temp_aid_emergency", "household", "true"), ("dibao_rural", "household", "unknown")),
    urgent="medical",
)
ZHANG = Story(
    days_ago=9,
    office="demo_baita_1",
    reporter=("self", "张秀英（演示）", None, "self"),
    persons=(("self", "self", "张秀英（演示）"), ("daughter", "daughter", "张小雨（演示）")),
    lines=(
        "我女儿11岁，得了白血病，住院自己花了八万多，我没上班在照顾她，一个月只有六百块",
        "城里的，我们娘俩一起过",
    ),
    facts=(
        Said("age", "daughter", 11, "11岁"),
        Said("illness_kind", "daughter", "leukaemia", "白血病"),
        Said("has_major_illness", "daughter", True, "白血病"),
        Said("medical_self_paid_12m", "daughter", words="八万多", low="80000", high="90000", sureness=0.8),
        Said("employment_status", "self", "unemployed", "没上班"),
        Said("household_income_month", "household", "600", "一个月只有六百块"),
        Said("household_size", "household", 2, "娘俩", message=2, sureness=0.7),
        Said("residence_area", "household", "urban", "城里的", message=2),
        Said("hukou_chongqing", "self", True, choice="是"),
        Said("basic_medical_insurance", "daughter", "resident_tier1", choice="居民医保一档"),
        Said("vehicle_value", "household", state="declined", choice="不想说", message=2),
    ),
    items=(("dibao_urban", "household", "unknown"), ("medical_aid_inpatient", "daughter", "unknown")),
    then=("take:0", "ask:0:financial_assets_per_capita:请问您家里的存款，平均每个人大概有多少？", "take:1"),
)
SHEN = Story(
    days_ago=30,
    office="demo_shiqiao_1",
    reporter=("proxy", "沈小勇（演示）", "mother", "spoken"),
    persons=(("self", "self", "沈老太（演示）"),),
    lines=("我妈沈老太今年60了，二级肢体残疾，有残疾证，吃低保",),
    facts=(
        Said("age", "self", 60, "60"),
        Said("disability_level", "self", 2, "二级"),
        Said("disability_type", "self", "physical", "肢体残疾"),
        Said("disability_certificate", "self", True, "有残疾证"),
        Said("receiving_programmes", "self", ["dibao_rural"], "吃低保", sureness=0.7),
        Said("hukou_chongqing", "self", True, choice="是"),
    ),
    items=(
        ("elderly_care_service_subsidy", "self", "true"),
        ("disability_care_subsidy", "self", "true"),
        ("disability_living_subsidy", "self", "true"),
    ),
    then=(
        "take:0",
        "approve:0:材料齐全，低保在册，肢体二级残疾，已满60岁，符合条件，从下月起发放。",
        "take:1",
        "deny:1:护理补贴和养老服务补贴只能领一样，按高的那样发，您已经批了养老服务补贴。",
        "accept:2",
    ),
)
OLD_LIU = Story(
    days_ago=4,
    office="demo_qingxi_2",
    reporter=("self", "刘长寿（演示）", None, "self"),
    persons=(("self", "self", "刘长寿（演示）"),),
    lines=("我今年八十三了，户口就在永川，听说有高龄津贴",),
    facts=(
        Said("age", "self", 83, "八十三"),
        Said("hukou_yongchuan", "self", True, "户口就在永川"),
    ),
    items=(("old_age_allowance", "self", "true"),),
    then=("accept:0",),
)
CHEN = Story(
    days_ago=16,
    office="demo_qingxi_2",
    reporter=("self", "陈家贵（演示）", None, "self"),
    persons=(("self", "self", "陈家贵（演示）"), ("spouse", "spouse", None), ("son", "son", None)),
    lines=("厂子倒了我没活干，一家四口，老婆在家带娃，一个月靠打零工一千二",),
    facts=(
        Said("emergency_kind", "household", "job_loss", "没活干", sureness=0.7),
        Said("household_size", "household", 4, "一家四口"),
        Said("household_income_month", "household", "1200", "一个月靠打零工一千二"),
        Said("residence_area", "household", "rural", choice="农村"),
        Said("basic_life_in_trouble", "household", False, choice="还过得去"),
    ),
    items=(("dibao_rural", "household", "unknown"),),
    then=("withdraw:0:本人来电话说已经找到工作，不申请了。",),
)
STORIES: tuple[Story, ...] = (SHEN, CHEN, ZHANG, OLD_LIU, HONG)
CALLS: tuple[tuple[str, str | None, tuple[str, ...]], ...] = (
    ("urgent", "hunger", ("三天没吃饭了，米也没得了",)),
    ("human", None, ("我想找个人说，打字我不会",)),
)
