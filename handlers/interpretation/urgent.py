"""Words that cannot wait: read from the text alone, with the language model up or down.

The list is reviewed; each kind has its counter-examples ("累死了" is tired, "打电话" hits nobody). The first kind that is
found counts, in the order below.
"""

from __future__ import annotations

import re

from handlers.interpretation.model import Urgent
from handlers.interpretation.normalise import fold, without_endless

_EN = r"(?<![a-z])"
_END = r"(?![a-z])"
_NOT = re.compile(
    r"(?:没(?:有|得)?(?:想过|说过|要)?|不(?:会|想|是|要|得|打算)|莫得|从(?:来)?没(?:有)?(?:想过|过)?|别|莫|以前|小时候|(?:电视|新闻|电影|小说)(?:上|里)?\S{0,6}|如果|要是|万一|听说\S{0,6}|(?<![a-z])(?:not|no|never|isn't|don't|doesn't|didn't|won't|wouldn't|used to|if|on tv|in the news)(?: \w+){0,2})\s?$"
)
_OTHERS = re.compile(
    r"(?:邻居|隔壁)\S{0,5}$|neighbou?r(?:'s)?(?: \w+){0,2}\s?$"
)  # their child or their heart attack still cannot wait
_LISTS: tuple[tuple[Urgent, re.Pattern[str]], ...] = (
    ("self_harm", re.compile(
        r"自杀|自尽|寻短见|轻生|(?:真的?|都|就|只|好|太|不如|恨不得|真是)?想(?:去)?死(?!你|他|她|我了|得|了我|个人)|想(?:不开|一了百了)|不想活(?:了|下去)?|不(?:想|愿)再活|活(?:着)?(?:没(?:有|得)?意思|没劲|没(?:得)?啥(?:子)?意思)|活不下去了?|死了算(?:了|球)|一死了之|去死(?:了算了)?$|不如死了|(?:跳|想跳)(?:楼|河|江|桥|崖)(?!价|层|机)|(?:喝|吃)(?:了)?(?:农药|敌敌畏|百草枯|老鼠药|安眠药(?:自杀|死))|割(?:腕|脉)|上吊|结束(?:自己(?:的)?)?生命|了结(?:自己|这一生|算了)|同归于尽|带(?:着)?(?:娃儿?|孩子|全家)一起(?:死|走了算)|"
        rf"{_EN}(?:kill(?:ing)? (?:my|him|her)self|suicid(?:e|al)|end(?:ing)? (?:my|his|her) (?:own )?life|end it all|(?:want|wants|wanted|wish|going|rather|better off)(?: \w+){{0,2}} (?:to die|dead|be dead|were dead)|(?:don't|do not|doesn't) want to (?:live|be alive|go on living)(?! (?:in|with|at|here|there|alone|on))|no (?:reason|point) (?:to|in) liv(?:e|ing)|no point (?:in )?going on|hang (?:my|him|her)self|cut (?:my|his|her) wrists?|harm(?:ing)? (?:my|him|her)self|hurt(?:ing)? myself on purpose|can't go on living|better off without me){_END}")),
    ("violence", re.compile(
        r"家暴|家庭暴力|(?:老公|丈夫|男人|老婆|婆娘|他|她|儿子|老汉儿?|爸|继父|女婿|前夫|前妻|男朋友)(?:\S{0,4})?(?:又|老是|天天|经常|总是|一直|喝了酒|一喝酒|喝酒|还|就|要|动手)*(?:毒打|殴打|打(?!电话|工|针|算|扫|听|理|点|开|牌|麻将|鱼|谷|车|牙|卡|字|扮|呼噜|盹|包|印|雷|喷嚏|球|扑克|交道|官司)|揍|捶|掐|拿刀(?:砍|捅|杀)?)(?:了|过)?(?:我|她|他|我们|娃儿?|孩子|人|我妈|妈|老人)?(?!的?(?:电话|手机))|(?:被|遭|挨|天天)(?:\S{0,5})(?:毒打|殴打|打(?!电话|工|针|算|扫|听|雷|碎|破|烂|断电|印)|揍|捶|砍)(?:了|伤|得|成|倒|我|惨)?|(?:要|说要|威胁(?:要)?|扬言(?:要)?)(?:弄死|杀(?:了)?|砍(?:死)?|打死|整死)(?:我|她|他|我们|全家)|拿(?:着|起)?(?:菜)?刀(?:砍|追|威胁|要杀|架|对)|(?:不敢|怕)回家.{0,6}打|强奸|性侵|"
        rf"{_EN}(?:domestic (?:violence|abuse)|(?:he|she|husband|wife|partner|father|son|boyfriend|stepfather|ex)(?:(?! not)(?! never) \w+){{0,2}} (?:beats?|beating|hits?|hitting|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|strangl(?:es|ed|ing)|chok(?:es|ed|ing)|attack(?:s|ed|ing)?|threaten(?:s|ed|ing)? to (?:kill|hurt|beat)) (?:me|us|her|him|my|our|the)|beats? me|hits? me|beat me up|(?:going to|wants to|threatened to|threatens to) kill (?:me|us|her)|afraid (?:he|she) will (?:kill|hurt|beat)|raped?|sexually (?:abused|assaulted)){_END}")),
    ("child_at_risk", re.compile(
        r"(?:虐待|毒打|遗弃|猥亵|拐卖|拐走|性侵)(?:了)?(?:\S{0,4})?(?:娃儿?|孩子|儿童|小孩|女儿|儿子|孙)|(?:娃儿?|娃娃|孩子|小孩|女儿|儿子|孙子|孙女)(?:\S{0,5})?(?:被|遭|挨|让)(?:\S{0,5})?(?:打(?!针|扮|疫苗|预防)|虐待|猥亵|性侵|丢|拐|遗弃|关(?:在|起)|饿)|(?:娃儿?|娃娃|孩子|小孩|几个小的|两个小的)(?:\S{0,6})?(?:没(?:有|得)?人(?:管|照顾|看|带|要)|一个人(?:在家|锁|关)|自己在家(?:没|饿)|走丢|失踪|不见了|几天没(?:吃|回))|(?:把|将)(?:娃儿?|孩子|小孩)(?:\S{0,4})?(?:丢|扔|甩|锁|关)(?:在|到|了|起)|(?:捡|发现)(?:到|了)?(?:一个|个)?(?:弃婴|婴儿|被丢的娃)|弃婴|"
        rf"{_EN}(?:(?:child|children|kids?|baby|toddler|boy|girl|daughter|son|grandson|granddaughter)(?: \w+){{0,4}} (?:abandoned|abused|beaten|left alone|locked (?:up|in)|missing|molested|home alone|nobody (?:looks after|to look after|is looking after)|starving|not been fed)|(?:abus(?:es|ed|ing)|beats?|beating|hits?|molest(?:s|ed)|abandoned|neglect(?:s|ed|ing)) (?:the |my |his |her |their |our )?(?:child|children|kids?|baby|daughter|son|granddaughter|grandson|little (?:girl|boy))|nobody (?:looks|is looking) after the (?:child(?:ren)?|kids?|baby)|child abuse){_END}")),
    ("medical", re.compile(
        r"救命(?!恩|之|钱|的钱)|(?:昏|晕)(?:迷|倒|过去|死过去)(?:了|在|不醒)?|不省人事|叫不(?:醒|应|答应)|(?:吐|咳|便|屙|流)(?:了)?(?:好多|很多|一地|大口)?血(?:不止|了)?|大出血|血(?:止不住|流不止)|(?:喘|出|缓)不(?:过|上|得)(?:来)?气|呼吸(?:困难|不上来|停)|没(?:有|得)?呼吸|没气了|(?:胸口|心口|心脏)(?:痛|疼|绞痛)(?:得|的)?(?:很|厉害|受不了|要命)|(?:快|要|眼看)(?:不行|断气|没气|落气)了|正在抢救|(?:现在|马上|在)抢救|要生了|羊水破|抽(?:搐|筋)不停|口吐白沫|(?:煤气|农药|食物)中毒|被(?:毒)?蛇咬|心梗发作|嘴(?:歪|巴歪)了?(?:说不出话|讲不出)?|突然(?:说不出话|半边(?:身子)?(?:动不了|没知觉))|"
        rf"{_EN}(?:unconscious|not breathing|can't breathe|cannot breathe|can not breathe|trouble breathing|passed out|collapsed (?:just )?now|(?:severe|terrible|bad|crushing) chest pain|(?:is |are |am )?(?:bleeding (?:heavily|badly|a lot)|vomiting blood|coughing (?:up )?blood)|having a (?:heart attack|stroke|seizure)|overdosed?|poisoned|(?:going into|in) labou?r(?= now|$|[,.!])|call an ambulance|need an ambulance|dying right now|won't wake up|turning blue){_END}")),
    ("no_shelter", re.compile(
        r"(?:没(?:有|得)?|莫得)(?:个)?(?:地方|处|哪(?:里|点)|房子)(?:可以|可)?(?:住|睡|落脚|安身|过夜|去了?$)(?:了)?|(?:没(?:有|得)?|莫得)(?:住处|住的(?:地方)?)|睡(?:在)?(?:桥洞|大街|街上|街边|公园|车站|马路|路边|天桥|网吧|坝坝头)|住(?:在)?(?:桥洞|街上|大街|公园|车站)|露宿|无家可归|流浪(?!狗|猫|地球)|(?:被|遭)(?:\S{0,5})?(?:赶|撵|轰)(?:出来|出门|出去|出家门|走)(?:了)?|(?:房子|屋|家)(?:\S{0,3})(?:烧|垮|塌|冲)(?:光|了|没|毁|走)\S{0,2}(?:[,。]\S{0,4})?(?:没(?:有|得)?|莫得)(?:地方|处)?住|"
        rf"{_EN}(?:homeless|nowhere to (?:stay|sleep|live|go(?= tonight| now|$|[,.!]))|no place to (?:stay|sleep|live)|no roof|sleep(?:s|ing)? (?:rough|on the street|under (?:a|the) bridge|in (?:a|the) (?:park|station|streets?)|outside)|living on the streets?|(?:thrown|kicked|driven|turned) out (?:of (?:the|our|my|his|her) (?:house|home|flat))?|evicted){_END}")),
    ("hunger", re.compile(
        r"(?:没(?:有|得)?|莫得)(?:啥|什么|一口|一颗)?(?:饭吃|吃的(?!东西要)|东西吃|米下锅|米吃|米(?:了)|粮食?(?:了|吃)|钱(?:吃饭|买米|买吃的))|(?:饭|米)(?:都|也)(?:快)?(?:吃|买)不(?:起|上)(?:了)?|吃不(?:起|上)饭|(?<!吃)饭都吃不|揭不开锅|断(?:了)?(?:粮|炊|顿)|(?:饿(?:了)?|没(?:有|得)?吃(?:过|饭|东西)?(?:了)?)(?:快|都|有|已经)*(?:一|两|三|几|好几|2|3)(?:天|顿)|(?:一|两|三|几|好几|2|3)天(?:都|就)?(?:没(?:有|得)?|莫得)(?:吃|饭)|饿(?:得|到)(?:不行|慌|受不了|发昏|没力气)|饿(?:着|起)?肚子|挨饿|吃了上顿(?:没(?:有|得)?|莫得)下顿|"
        rf"{_EN}(?:(?:have |has |got |with )?(?:nothing|no food|no rice)(?: left)?(?: at home)? (?:to eat|in the house|at home|left)|nothing to eat|no food|no money (?:left )?for food|(?:can't|cannot|can not|couldn't) (?:afford|buy) (?:any )?(?:food|to eat|rice)|(?:haven't|hasn't|have not|has not|not) eaten (?:for|in|since|anything)|(?:are|is|am|going|go|went|been) (?:\w+ )?(?:hungry|starving)(?= for|$|[,.!]| because| and| since| today| tonight)|starving|ran out of (?:food|rice)|run out of (?:food|rice)|(?:child(?:ren)?|kids?) (?:are|is) hungry){_END}")),
)  # fmt: skip
_HARMLESS = re.compile(
    r"(?:累|忙|热|冷|烦|气|笑|急|吓|困|痒|痛|贵|难|穷|高兴|丑|羞|愁|恨|爱|烧|堵)死(?:我|人|了|个人)*|饿死了?(?:,|。|$)(?=\s*$)|救命(?:钱|恩人|稻草)|打(?:我|他|她|你)?(?:的)?(?:电话|手机)|打(?:个|了个)?电话|(?:给|跟)\S{1,4}打电话|dead tired|starving for attention|to die for|dying to (?:know|see|try)|kill(?:ing)? time"
)


def find_urgent(text: str) -> Urgent | None:
    """The kind of urgency a message speaks of, or None. A denial or a neighbour's story right before the words is none."""
    plain = _HARMLESS.sub(lambda m: " " * len(m[0]), without_endless(fold(text)).text)
    for kind, words in _LISTS:
        for match in words.finditer(plain):
            before = plain[max(0, match.start() - 18) : match.start()]
            others = kind in ("self_harm", "hunger", "no_shelter") and _OTHERS.search(before)
            if not _NOT.search(before) and not others:
                return kind
    return None
