"""What a message wants: the allow-list of intents, and the few that plain words give away without a language model.

No intent files, withdraws or deletes anything; it only opens the place where a button does.
"""

from __future__ import annotations

import re

from handlers.messages import Understanding

INTENTS: tuple[str, ...] = (
    "describe_situation", "ask_programmes", "ask_about_programme", "apply", "report_for_someone", "check_status", "correct",
    "affirm", "deny", "dont_know", "decline_to_say", "why", "back", "start_over", "human", "complain", "appeal", "tip",
    "withdraw", "my_data", "delete_my_data", "change_language", "greet", "thanks", "goodbye", "help", "out_of_scope",
)  # fmt: skip
SURE, MARGIN = (
    0.55,
    0.2,
)  # below either, the language model's intent is not used (measured: docs/bench/understanding.md)

_E = r"(?<![a-z])"
_WHOLE: tuple[tuple[str, str], ...] = (
    ("affirm", r"(?:嗯+|是|是的|是啊|是嘞|是噻|对|对的|对头|对啊|要得|好|好的|好嘛|行|得行|可以|可以的|没错|就是|就是的|有|有的|同意|愿意|晓得了|好吧|恩|yes|yeah|yep|yup|y|ok|okay|sure|right|correct|that's right|of course|i do|yes please|it is|he is|she is|he does|she does)(?:[的了啊嘛呀噻哈])?"),
    ("deny", r"(?:不|不是|不是的|没|没有|没得|没有的|莫得|没的|不对|不行|不要|不用|不得行|否|没办|没办过|不同意|no|nope|n|not really|no thanks|i don't|we don't|he doesn't|she doesn't|none|not at all|never)(?:[的了啊嘛呀噻哈])?"),
    ("greet", r"(?:你好|您好|喂|在吗|在不在|有人吗|早上好|下午好|晚上好|早|哈喽|嗨|你好啊|hi|hello|hey|hello there|good (?:morning|afternoon|evening)|hi there)"),
    ("thanks", r"(?:谢谢|谢谢你|谢谢您|多谢|感谢|谢了|辛苦了|麻烦你了|谢谢了|太感谢了|非常感谢|thanks|thank you|thank you (?:so|very) much|thx|many thanks)"),
    ("goodbye", r"(?:再见|拜拜|走了|下次再说|回头见|bye|goodbye|bye bye|see you)"),
)  # fmt: skip
_PARTS: tuple[tuple[str, str], ...] = (
    ("delete_my_data", rf"(?:删|清|抹|注销)(?:除|掉|了|空)?(?:我|我的|我们的)?(?:所有)?(?:的)?(?:资料|信息|数据|记录|账号)|把我(?:的)?(?:资料|信息|数据|记录)(?:都|全)?(?:删|清)|{_E}(?:delete|erase|remove|forget) (?:all )?(?:of )?(?:my|our) (?:data|information|details|records?|account)"),
    ("my_data", rf"(?:你们?|这里)(?:都)?(?:存|记|留|有)(?:了|着)?我(?:的)?(?:哪些|什么|啥)?(?:资料|信息|数据|东西)|(?:看|查|导出|下载)(?:看|一下|下)?我(?:的)?(?:个人)?(?:资料|信息|数据)|{_E}(?:what (?:data|information) do you (?:have|keep|hold)|(?:show|export|download|see) (?:me )?my (?:data|information))"),
    ("withdraw", rf"(?:撤|收)(?:回|销|掉)(?:我的|这个|那个)?(?:申请|材料)?|不(?:想)?申请了|申请不要了|{_E}(?:withdraw|cancel) (?:my|the|our|this) application"),
    ("appeal", rf"(?:要|想|去)?(?:申诉|复议|上诉)|(?:不服|不认可|不接受)(?:这个|你们的?)?(?:决定|结果)?|{_E}(?:appeal|challenge the decision|review the decision|disagree with the decision)"),
    ("complain", rf"投诉|举报你们|态度(?:太|很|好)?(?:差|恶劣|不好|撇)|(?:告|反映)(?:你们|他们)(?:工作人员)?|{_E}(?:complain(?:t)?|rude to me|was rude|treated badly)"),
    ("tip", rf"举报|(?:反映|揭发)(?:一下)?(?:\S{{0,8}})(?:骗|冒领|假|不该|违规|优亲厚友)|(?:有钱|开(?:着|起)?(?:小车|轿车|豪车)|几套房)\S{{0,12}}(?:还|却|居然)(?:在)?(?:吃|领)\S{{0,3}}低保|{_E}(?:report (?:fraud|someone who|a cheat)|cheating|should not be getting|shouldn't be getting|getting it though he)"),
    ("human", rf"人工|(?:找|转|要|叫|喊|请|跟|和|给我)(?:个|一个|我)?(?:真人|工作人员|人工客服|办事员|干部|活人|客服|人)(?:来)?(?:说|谈|讲|聊|办|接|帮)?(?=$|[,。!?]|来|说|谈|聊|讲|办|接)|(?:不|别)(?:想|要)?(?:跟|和)机器人?(?:说|聊|讲)|{_E}(?:(?:talk|speak|chat) (?:to|with) (?:a |an |some)?(?:person|human|someone|somebody|real person|staff|officer|agent|caseworker)|real person|human(?: being)? please|call me(?: back)?|a person,? please)"),
    ("change_language", rf"(?:换|改|切换|转)(?:成|到|为)?(?:中文|英文|英语|汉语|普通话|语言)|(?:说|用|讲)(?:中文|英文|英语)(?:吧|行|可以|好|嘛|$)|{_E}(?:(?:switch|change)(?: to)? (?:english|chinese|the language|language)|in (?:english|chinese),? please|speak (?:english|chinese)|english please|chinese please)"),
    ("start_over", rf"重新(?:开始|来|填|说)(?:一?遍|过)?|从头(?:开始|再来|来)|重来|{_E}(?:start (?:over|again|from the beginning)|begin again|restart)"),
    ("back", r"^(?:返回|上一(?:步|个|题|页)|回到?(?:上一步|上一个|前面)|退回去?|后退|倒回去|前一个问题|back|go back|previous(?: question)?|one step back)(?:[吧嘛])?$"),
    ("check_status", rf"(?:我|我的|我们|上次|之前|上个月|那个|他的|她的|我爸的?|我妈的?)?(?:的)?(?:申请|材料|低保|事情|救助|件|补贴)?(?:办|审|批|弄|走|处理|审核)(?:得|到|的)?(?:怎么样|咋样|哪(?:一)?步|哪里|什么程度|好没(?:有|得)?|下来没|没(?:有|得)?(?:批|办)下来|下来(?:了)?(?:吗|没))|(?:查|问|看)(?:一?下|看)?(?:我的|申请)?(?:进度|结果|状态)|进度|(?:什么时候|好久|多久|几时)(?:才)?(?:能)?(?:批|下来|到账|办好|有结果|审完)|{_E}(?:(?:check|what is|what's|know) (?:the |my )?(?:application )?(?:status|progress)|where is my application|status of my|any news (?:on|about) my|has my application|when will (?:i|we) (?:hear|know|get (?:the|an) (?:answer|result|decision)))"),
    ("decline_to_say", rf"不(?:想|愿意?|方便|便|好)(?:说|讲|透露|告诉|回答|提)(?!话)|(?:这个)?保密|(?:这是|属于)?(?:我的)?隐私|(?:跳过|略过)(?:吧|这个|这题)?|先不说|{_E}(?:(?:rather|prefer) not(?: to)?(?: say| answer| tell)?|(?:don't|do not) want to (?:say|answer|tell|talk about)|won't say|none of your business|skip(?: it| this)?(?: question)?|(?:that's |it's )?private)"),
    ("dont_know", rf"不(?:晓得|知道|清楚|确定|记得|太清楚|太晓得|大清楚|懂这个)|(?:记|说|搞|弄)不(?:清|清楚|到|得|准)(?:了)?|没(?:有|得)?(?:注意|算过|问过|底)|晓不得|哪(?:里|个)晓得|忘(?:了|记了)|拿不准|{_E}(?:(?:don't|do not|doesn't) know|not sure|no idea|can't remember|cannot remember|can't say|unsure|dunno|i forgot|hard to say)"),
    ("why", rf"(?:为什么|为啥|为何|凭什么|凭啥|干啥|干嘛|做啥子?)(?:要|得|非要)?(?:问|知道|晓得|打听|填|了解)|问(?:这个|这些)(?:干|做|有)(?:啥|什么|嘛|用)|^(?:为什么|为啥|为啥子|why)(?:呢|嘛|啊)?\??$|{_E}(?:why (?:do|are|would|does|must) (?:you|i|we|it)|what (?:do you need|is) (?:that|this|it) for)"),
    ("correct", rf"(?:不对|错了|说错了|搞错了|写错了|填错了|弄错了|打错了|更正|改一下|改成|应该是|记错了)|^不是[^,。]{{1,12}}[,。]?(?:而)?是|^(?:不是|没有?),?(?:是|应该)|{_E}(?:that's wrong|that is wrong|i made a mistake|my mistake|correction|i meant|should be|not \w+ but \w+|no, (?:it's|it is|we are|there are|he is|she is|i am|i'm|he's|she's|we're|we have|five|four|three|six|two|seven))"),
    ("report_for_someone", rf"(?:帮|替|代|给|为)(?:我们?|咱)?(?:的)?(?:爸|妈|老汉|父亲|母亲|老伴|爷|奶|婆|公|儿|女|娃|孩子|邻居|隔壁|村|社区|别人|亲戚|\S{{1,4}}(?:大爷|大妈|婆婆|老人|居民|村民))\S{{0,4}}(?:申请|问|办|报|登记|反映|看)|(?:上报|报)(?:一下|一个|个)?(?:情况|困难户|居民|群众)|我是(?:信息员|网格员|村干部|社区干部|社工)|{_E}(?:(?:on behalf of|applying for my|asking for my|reporting (?:for|about)|report (?:a|an|for)) )"),
    ("apply", rf"(?:我)?(?:想|要|来|需要|打算|准备)(?:给\S{{1,4}}|帮\S{{1,4}})?(?:申请|申报|办理|办个?(?=低保|救助|补贴|残)|报名|评)|(?:申请|办理)(?:低保|救助|补贴|补助|津贴)$|{_E}(?:(?:want|like|need|wish) to apply|apply for|sign (?:me )?up|i'd like to apply)"),
    ("ask_about_programme", rf"(?:低保|临时救助|医疗救助|高龄津贴|护理补贴|生活补贴|养老服务补贴|特困|救助|补贴)(?:\S{{0,6}})(?:多少|好多|怎么|咋|条件|标准|什么|啥|哪些材料|哪里办|要啥|手续)|(?:多少|好多)(?:钱|岁)(?:才)?(?:能|可以)?(?:领|吃|拿|算|办)|{_E}(?:how (?:much|do i (?:get|apply)|does) (?:\w+ )*(?:dibao|allowance|subsidy|aid)|what is (?:the )?(?:dibao|temporary aid|old[- ]age allowance)|(?:conditions|requirements|documents|papers) for)"),
    ("ask_programmes", rf"(?:有|能|可以|可)?(?:申请|领|享受|办|拿|得到)?(?:些)?(?:什么|哪些|啥子?|哪样)(?:样的)?(?:补贴|补助|救助|政策|帮助|福利|优惠|照顾|钱)|(?:有没有|有没得|有)(?:什么|啥子?|哪些)?(?:补贴|补助|救助|政策|帮助)(?:可以|能)?(?:申请|领|享受)?(?:吗|没有|不)?$|{_E}(?:what (?:help|aid|benefits?|support|programmes?|programs?|assistance|subsidies|can (?:i|we) (?:get|apply))|which (?:benefits?|programmes?|programs?|aid)|is there any (?:help|aid|support|assistance)|can you help (?:me|us)|any (?:help|benefits) (?:for|i))"),
    ("help", r"^(?:帮助|怎么用|怎么弄|咋个用|咋弄|不会用|使用说明|你能做什么|你能干啥|这是什么|help|how does this work|what can you do|how do i use this)\??$"),
)  # fmt: skip
_WHOLE_RE = [(name, re.compile(rf"(?:{words})[\s,。.!?~…]*")) for name, words in _WHOLE]
_PARTS_RE = [(name, re.compile(words)) for name, words in _PARTS]


def by_words(plain: str) -> str | None:
    """The intent a plain text gives away by itself, or None."""
    short = plain.strip(" ,。.!?~…")
    for name, words in _WHOLE_RE:
        if words.fullmatch(short):
            return name
    for name, words in _PARTS_RE:
        if words.search(short):
            return name
    return None


def by_model(understanding: Understanding) -> str | None:
    """The language model's intent when it is one of ours, sure enough, and clear of the second."""
    if understanding.intent not in INTENTS:
        return None
    if understanding.confidence < SURE or understanding.margin < MARGIN:
        return None
    return understanding.intent
