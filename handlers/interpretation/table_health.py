"""Illness, disability, care and work: what residents say, and the fact it stands for. Reviewed row by row."""

from __future__ import annotations

from handlers.interpretation.phrases import Row, row

_EN = r"(?<![a-z])"
_END = r"(?![a-z])"


def _illness(kind: str, zh: str, en: str, major: float = 0.9) -> tuple[Row, ...]:
    pattern = rf"{zh}|{_EN}(?:{en}){_END}"
    rows = [row("illness_kind", kind, pattern, sure=min(0.92, (major or 0.88) + 0.02))]
    if major:
        rows.append(row("has_major_illness", True, pattern, sure=major))
    return tuple(rows)


SELF_CARE = (
    row("self_care_ability", "none",
        r"瘫(?:痪)?(?:了)?(?:在|到|倒在|起在)?床(?:上)?(?:了)?|(?<![脑偏])瘫(?:痪)?(?:了|起)(?:\S{0,3}年|\S{0,3}个月|半年)?|(?:全身|高位|完全|下肢|四肢)(?:瘫痪|截瘫)|(?<!脑)瘫痪(?!病人)|(?:长期|常年|一直)?卧床(?:不起)?(?!\S{0,2}休息)|卧病在床|"
        r"(?:下|起)(?:不了|不到|不来|不得)床|床都(?:下|起)(?:不了|不到|不来)|(?:一直|天天|成天|只能|整天)?(?:躺|睡)在床上(?:起不来|动不了|动不得|不能动|下不来)?|动(?:弹)?不(?:得|了|到)(?:了)?(?![活手])|不能动(?:弹)?(?:了)?(?!手)|植物人|"
        r"(?:生活|日常|基本|自己)*(?:完全|都|已经|根本|上|也)*(?:不能|不会|无法|没法|没办法|不得|难以|不可以)(?:生活)?自理|(?:生活)?自理不(?:了|到|起)|(?:生活)?(?:没得|没有|莫得|失去|丧失)(?:了)?自理能力|"
        r"(?:自己)?(?:照顾|顾)不(?:了|到|来)(?:他|她|我)?自己|(?:不能|无法|没法)(?:自己)?(?:照顾|料理)(?:好)?(?:他|她|我)?自己|"
        r"屙[屎尿](?:屙[屎尿])?(?:都|全)?(?:要|靠|得|需要)人\S{0,2}|屙[屎尿](?:屙[屎尿])?(?:都|也)(?:不晓得|不知道|管不住)|(?:一步|一刻|一天)?(?:都|也)?离不(?:得|开|了)人|吃喝拉撒(?:全|都|睡)*(?:在床上|要人?|靠人?|得|离不开人|需要人?)\S{0,3}|(?:吃饭|穿衣|上厕所|屙屎屙尿|解手|翻身|洗澡|饮食起居|起居)[、,]?(?:吃饭|穿衣|上厕所|洗澡|翻身|解手)*[、,]?(?:穿衣|上厕所|洗澡|翻身|解手)*(?:全|都)(?:要|靠|得|需要|离不开)(?:别人|人|家里人|我|她|他|老伴�?|儿女|女儿|儿子|别个|旁人)(?:来)?(?:喂|服侍|伺候|照顾|帮|端|经佑|招呼|弄)?|"
        r"(?:24小时|天天|一天到黑|随时|全天|时时|离不开|离不得|全靠|要)(?:都)?(?:要|得)?(?:有)?人(?:守|服侍|伺候|经佑|看护|护理)(?:着|到|倒)?|大小便失禁|屎尿(?:都)?(?:在床上|失禁|不知|不晓得)|(?<!半)失能(?!补)|"
        rf"{_EN}(?:bed-?ridden|bed-?bound|confined to (?:a |his |her |my |the )?bed|(?:can't|cannot|can not|can no longer|could not|couldn't|unable to|not able to) (?:even )?(?:\w+ or )?(?:get out of bed|leave (?:the |his |her |my )?bed|get up|look after (?:him|her|my|them)sel(?:f|ves)|take care of (?:him|her|my|them)sel(?:f|ves)|care for (?:him|her|my|them)sel(?:f|ves)|feed (?:him|her|my)self|dress (?:him|her|my)self|move(?! house| in| to| out)|do anything (?:by|for) (?:him|her|my)self)|"
        rf"completely paraly[sz]ed|paraly[sz]ed(?: in bed)?|completely dependent(?: on \w+)?|needs? (?:round[- ]the[- ]clock|24[- ]hour|constant|full[- ]time) care|stuck in bed|lying in bed all day|incontinent){_END}"),
    row("self_care_ability", "partial",
        r"半自理|(?:只能|勉强|基本|大部分)(?:能|可以)?(?:半)?自理(?!没)|(?:部分|一半|有些|有的)(?:生活)?(?:不能|能|可以)自理|半失能|(?:走路|上厕所|洗澡|穿衣(?:服)?|出门|起床|上下楼)(?:都|也|就)*(?:要|得|需要|必须)(?:有)?(?:人|别人|我|家里人|她|他)?(?:扶|搀|帮|杵|牵)(?:着|到|倒)?|要人(?:扶|搀)(?:着|到|倒)?(?:走)?|(?:拄|杵|撑)(?:着|到|起|个)?(?:拐|拐杖|棍|棍子|拐棍)|偏瘫|半身不遂|半边身(?:子|体)?(?:动不了|动不得|不能动|瘫|没知觉)|行动(?:很|不太|不|非常)*(?:不便|不方便|困难)|腿脚不(?:便|方便|好|灵便|利索)(?!宜)|"
        rf"{_EN}(?:partly (?:able|manage|independent)|needs? (?:some |a little |a bit of )?help (?:to|with|getting|dressing|bathing|washing|walking)(?: \w+){{0,2}}|walks? with (?:a )?(?:stick|cane|crutch(?:es)?|walker|frame)|(?:paralysed|paralyzed) on one side|half paraly[sz]ed|can only partly|(?:can't|cannot|can not|unable to) (?:walk|dress|bathe|wash|stand) (?:without help|by (?:him|her|my)self|on (?:his|her|my) own|alone)){_END}", sure=0.75),
    row("self_care_ability", "full",
        r"(?:生活|吃穿|自己|完全|都|还|基本上)*(?:能|能够|可以|会)(?:生活)?自理(?!的?补)|自理(?:能力)?(?:没(?:有|得)?(?:啥)?问题|莫得问题|还可以|还行|良好)|(?:自己)(?:都|也|还)?(?:能|可以|能够)(?:照顾|料理|顾)(?:好)?自己|(?:吃饭|穿衣|上厕所|走路)\S{0,8}(?:都|全)?(?:能|可以)?自己来|手脚(?:都)?(?:灵便|利索|好使)|"
        rf"{_EN}(?:(?:can|able to|still) (?:still )?(?:look after|take care of|care for) (?:him|her|my)self|manages? (?:fine |well )?(?:by|on) (?:him|her|my)(?:self| own)|lives? independently|fully independent){_END}", sure=0.85),
)  # fmt: skip

ILLNESS = (
    *_illness("leukaemia", "白血病|血癌|急淋|急性淋巴细胞", "leuk(?:ae|e)mia|blood cancer"),
    *_illness("congenital_heart_disease", "先天性?心脏?病|先心病?|生下来心脏就", "congenital heart (?:disease|defect)|born with a heart (?:defect|disease|problem)|heart defect"),
    *_illness("breast_cancer", "乳腺癌|乳癌", "breast cancer"),
    *_illness("cervical_cancer", "宫颈癌|子宫颈癌", "cervical cancer|cancer of the cervix"),
    *_illness("severe_mental_disorder", "精神分裂(?:症)?|重(?:度|性)精神(?:病|障碍|疾病)|严重精神障碍|双相(?:情感)?障碍|精神病|躁狂症", "schizophreni[ac]|bipolar(?: disorder)?|severe mental (?:illness|disorder)|psychosis", 0.75),
    *_illness("hepatitis_b", "乙肝|乙型肝炎", "hepatitis b|hep b", 0),
    *_illness("kidney_failure", "尿毒症|肾衰竭?|肾功能衰竭|肾坏死|(?:在|要|天天|一周|每周|做)?(?:血液)?透析", "kidney failure|renal failure|ur(?:a)?emia|(?:on )?dialysis|end[- ]stage kidney"),
    *_illness("stroke_paralysis", "中风|中了风|脑梗死?|脑溢血|脑出血|脑血栓|脑卒中|偏瘫|半身不遂", "stroke|brain h(?:a)?emorrhage|brain bleed|paraly[sz]ed on one side"),
    *_illness("other", r"(?:肺|肝|胃|肠|直肠|结肠|食道|食管|胰腺|甲状腺|鼻咽|喉|口腔|膀胱|前列腺|卵巢|子宫内膜|子宫|皮肤|骨|脑|淋巴|舌)(?:上)?癌|淋巴瘤|骨肉瘤|脑(?:肿)?瘤|(?:恶性)?肿瘤|癌症?(?!补|救)(?:晚期|中期|早期)?|心肌梗[死塞]|心梗|心衰|心力衰竭|肝硬化|肝腹水|尘肺(?:病)?|渐冻症|帕金森|血友病|再生障碍性贫血|再障|红斑狼疮|重症肌无力|地中海贫血|艾滋病?(?!补)",
              r"(?:lung|liver|stomach|bowel|colon|throat|pancreatic|prostate|ovarian|thyroid|bone|brain|skin|kidney|bladder) (?:cancer|tumou?r)|lymphoma|tumou?r|(?<!breast )(?<!cervical )(?<!blood )cancer(?! of the cervix)|heart attack|heart failure|cirrhosis|parkinson's?|ha?emophilia|aplastic an(?:ae|e)mia|lupus|silicosis|black lung", 0.88),
    row("has_major_illness", True,
        rf"(?:得|生|患|害|查出|检查出|有)(?:了|过|到)?(?:一场|个|一个)?(?:大|重|绝|恶)(?:病|症)|(?<!突发)(?<!大)重(?:大)?(?:疾)?病(?!救|险|补|保|医)(?:人|号|在身|缠身)?|病危|重症(?:监护|病房)|icu|得(?:了)?(?:不治|绝)之?症|绝症|{_EN}(?:(?:very|seriously|critically|gravely|terminally) (?:ill|sick)|(?:a )?(?:serious|major|severe|grave|terminal) (?:illness|disease)|in intensive care){_END}", denied=False, sure=0.85),
    row("has_major_illness", False, rf"(?:没(?:有|得)?|莫得|无)(?:啥子?|什么|得过?|生过?|任何)?(?:大病|重病|大毛病)|{_EN}no (?:serious|major) (?:illness|disease){_END}", sure=0.85, guard=False),
    row("has_major_illness", False, rf"身体(?:都|还|很|倒)?(?:健康|好得很|硬朗|没(?:有|得)?(?:啥|什么)?毛病)|{_EN}(?:healthy|in good health){_END}", sure=0.55),
    row("needs_long_term_treatment", True,
        rf"长期(?:吃|服|用|打)药|(?:天天|每天|常年|一直|终身|一辈子|终生)(?:都)?(?:要|得|在|靠)?(?:吃|服|打)药|药(?:就|都)?(?:不能|断不得|不得)?(?:断不得|停不得|不能断|不能停|离不得)|离不(?:开|得|了)药|长期治疗|(?:每周|一周|一个星期|每个星期|每礼拜)\S{{0,4}}透析|(?:长期|定期|一直)(?:要|在|做)?(?:化疗|透析|放疗)|{_EN}(?:(?:on|needs?|takes?|taking) (?:medicine|medication|pills|drugs) (?:for life|every day|all the time|long[- ]term)|long[- ]term (?:treatment|medication|medicine)|lifelong (?:treatment|medication)|dialysis (?:\w+ )?(?:twice|three times|every|a week)){_END}", sure=0.82),
    row("transplant_done", True, rf"(?:做|接受|完成)(?:了|过|完)?(?:造血干细胞|骨髓|干细胞)?移植(?:手术)?(?:了)?(?!费)|移植(?:手术)?(?:做|都做)(?:了|完|过)|{_EN}(?:had (?:a |the )?(?:bone[- ]marrow|stem[- ]cell) transplant){_END}", sure=0.82),
    row("transplant_done", False, r"(?:还)?没(?:有|得)?做(?:过)?(?:骨髓|干细胞|造血干细胞)?移植|等(?:着|到)?(?:做)?(?:骨髓)?移植", sure=0.85, guard=False),
)  # fmt: skip

DISABILITY = (
    row("disability_certificate", False,
        rf"(?:没(?:有|得|去)?|莫得|未|无|还没(?:有|得)?|从来没)(?:去)?(?:办|办理|办过|评|拿到|领|申请过?|有)?(?:过|到|得)?(?:个|那个|啥子?|什么)?(?:的)?残(?:疾|急|废)?(?:人)?证(?:明)?|残(?:疾|急|废)?(?:人)?证(?:明)?(?:一直|还|都|也|到现在|就|至今)*(?:是)?(?:没(?:有|得)?|莫得|未)(?:去)?(?:办|办理|办过|办下来|拿到|领|评)?(?:过|到|得)?(?:下来)?|残疾(?:人)?证(?:一直|都|还|也)*办不(?:下来|到|了)|(?:没(?:有|得)?|莫得)(?:办|评)(?:过|上)?残|"
        rf"{_EN}(?:no disability (?:certificate|card|id|papers?)|(?:don't|do not|doesn't|does not|didn't|did not|never|hasn't|haven't|has not|have not|without)(?: (?:yet|had|have|got|get|gotten|applied for|received|hold|own))*(?: (?:a|the|any|his|her|my))? disability (?:certificate|card|id|papers?)){_END}", guard=False, sure=0.92),
    row("disability_certificate", True,
        rf"(?:有|办了|办有|办得有|办过|持(?:有)?|领了|拿了|拿到了?|办下来了?|评了)(?:个|一个|一本|本)?(?:[一二三四1-4]级)?(?:的)?(?:肢体|视力|听力|言语|智力|精神|多重)?(?:[一二三四1-4]级)?(?:的)?残(?:疾|急|废)?(?:人)?证(?:明)?|残疾(?:人)?证(?:已经|都|早就|也)*(?:办了|办好了?|办下来了?|办得有|拿到了?|有(?!没)|领了)|残疾(?:人)?证(?:上)?(?:是|写的?是?|评的?是?|为|:|,)?(?:的)?(?:肢体|视力|听力|言语|智力|精神|多重)?(?:残疾)?[一二三四1-4]级|[一二三四1-4]级残(?:疾|废)?(?:人)?证|"
        rf"{_EN}(?:(?:have|has|had|got|holds?|holding|with|gotten|received|carries|owns?)(?: (?:a|an|the|his|her|my))?(?: (?:grade|level|class)[- ](?:one|two|three|four|[1-4]))? disability (?:certificate|card|id|papers?)|and (?:a |an |his |her |my )?disability (?:certificate|card)|(?:have|has) (?:a |the )?certificate (?:for|of) (?:a )?(?:grade [\w]+ )?(?:\w+ )?disability|(?:his|her|my) disability (?:certificate|card) (?:is|says|shows)|disability (?:certificate|card),? (?:is )?(?:grade|level)){_END}", sure=0.9),
    *(row("disability_level", level,
          rf"{d}级(?:肢体|视力|听力|言语|智力|精神|多重)?(?:残疾|残废|残(?!疾))|残(?:疾|废)?(?:人)?(?:证)?(?:上)?(?:等级)?(?:是|写的?是?|评的?是?|评定为?|为|:|,)?(?:个)?(?:肢体|视力|听力|言语|智力|精神|多重)?(?:残疾)?{d}级|(?:肢体|视力|听力|言语|智力|精神|多重)(?:残疾)?{d}级|{_EN}(?:(?:grade|level|class)[- ](?:{e}) disab(?:ility|led)|disab(?:ility|led)(?: certificate| card)?(?:,| is| of| at| says| shows| with|:)* ?(?:a )?(?:grade|level|class)[- ](?:{e})|(?:grade|level|class)[- ](?:{e}) (?:physical|visual|hearing|speech|intellectual|mental|multiple)(?: disability)?){_END}", sure=0.92)
      for level, d, e in ((1, "[一1壹]", "1|one|i"), (2, "[二2两贰]", "2|two|ii"), (3, "[三3叁]", "3|three|iii"), (4, "[四4肆]", "4|four|iv"))),
    *(row("disability_type", kind,
          rf"(?:{zh})(?:重度|轻度|中度)?(?:有|上的?)?(?:[一二三四1-4]级)?残(?:疾|障|废)|(?:{zh})(?:类|方面)(?:的)?(?:残疾)?|(?:残疾(?:人)?证?|[1-4一二三四]级)(?:是|上|写|的|,)*(?:{zh})(?=残|类|[一二三四1-4]级|$|[,。])|(?<=[一二三四1-4]级)(?:{zh})残|(?:{zh})[一二三四1-4]级|{_EN}(?:{en})(?:[- ]disab(?:ility|led)| impairment| impaired){_END}", sure=0.88)
      for kind, zh, en in (("visual", "视力|视觉", "visual(?:ly)?|sight"), ("hearing", "听力|听觉", "hearing"), ("speech", "言语|语言", "speech"), ("physical", "肢体|肢残", "physical(?:ly)?"), ("intellectual", "智力", "intellectual(?:ly)?|mentally|learning"), ("mental", "精神", "mental|psychiatric"), ("multiple", "多重", "multiple"))),
    *(row("disability_type", kind, rf"(?<=level \w, )(?:{en})(?= *(?:$|[,.;。]))|(?<=grade \w, )(?:{en})(?= *(?:$|[,.;。]))", sure=0.8)
      for kind, en in (("visual", "visual"), ("hearing", "hearing"), ("speech", "speech"), ("physical", "physical"), ("intellectual", "intellectual"), ("mental", "mental"))),
    row("disability_type", "autism", rf"自闭症|孤独症|{_EN}autis(?:m|tic){_END}", sure=0.7),
    row("disability_type", "visual", rf"(?:双目|两只眼睛?|眼睛)(?:都)?(?:失明|瞎(?:了)?|看不(?:见|到)(?:了)?)|盲人|{_EN}blind{_END}", sure=0.55),
    row("disability_type", "hearing", rf"聋(?:了|子|人)|耳朵(?:听不(?:见|到)|聋)|{_EN}deaf{_END}", sure=0.55),
)  # fmt: skip

WORK = (
    row("work_ability", "partial",
        rf"(?:干|做)不(?:了|得|动|起|到|成)(?:啥子?|什么)?(?:重|体力)(?:的)?(?:体力)?活路?(?:儿)?(?:了)?|(?:不能|不可以|不得|没法|没办法|不敢)(?:再)?(?:干|做)(?:重|体力)(?:的)?(?:体力)?活路?|只能(?:干|做|打)(?:点|些|一点)?(?:轻|手上|轻松|轻巧)(?:的)?(?:活路?|事)|重(?:体力)?活路?(?:儿)?(?:都|也|就)?(?:干|做)不(?:了|得|动|起|到|成)(?:了)?|做(?:点|些)?轻(?:松|巧)?(?:的)?活路?|{_EN}(?:(?:can't|cannot|can not|can no longer|unable to|not able to|couldn't) (?:do )?(?:any )?(?:heavy (?:work|labou?r|lifting|jobs?)|hard labou?r)|(?:only|just) (?:do )?(?:light|easy) (?:work|jobs?)|(?:can )?only (?:do )?light (?:work|jobs?)|can only work (?:a little|part[- ]time)|no (?:more )?heavy (?:work|lifting|labou?r)){_END}", guard=False),
    row("work_ability", "none",
        rf"(?:干|做)不(?:了|得|动|起|到|成)(?:啥子?|什么|任何|半点)?(?:的)?(?:活路?|农活|工作|事情|事)(?:儿)?(?:了)?|(?<!重)(?<!体力)(?:活路?|农活|事情)(?:都|也|就)?(?:干|做)不(?:了|得|动|起|到|成)(?:了)?|(?:不能|无法|没法|没办法|不得)(?:再)?(?:干活|做活路?|劳动|上班|工作|打工|做工|做事|下地|种地|去做)(?:了)?|(?:没(?:有|得)?|莫得|无|丧失|失去|失了)(?:了)?(?:任何|啥|什么)?劳动(?:能)?力(?:了)?|劳动(?:能)?力(?:都)?(?:没(?:有|得)?|莫得|丧失)(?:了)?|劳动不得|(?<!重活)(?<!重活路)(?:干|做)不动(?:了)?(?!重|体)|{_EN}(?:(?:can't|cannot|can not|can no longer|unable to|not able to|couldn't|could not) (?:go (?:out )?(?:to )?)?work(?: any ?more| at all| again| now| any longer)?(?! out| heavy| full)|lost (?:the |his |her |my )?(?:ability|capacity) to work|no ability to work|too (?:ill|sick|weak|old) to work|unfit (?:for|to) work){_END}", guard=False),
    row("work_ability", "full", rf"(?<!不)(?:还|都|也|身体好)?(?:能|可以)(?:正常)?(?:干活|劳动|做活路?)(?!了?吗)|有劳动(?:能)?力|{_EN}(?:(?:can|able to|fit to) work(?! out)(?: normally| full[- ]time)?){_END}", sure=0.75, adult=True),
)  # fmt: skip

HEALTH: tuple[Row, ...] = (*SELF_CARE, *ILLNESS, *DISABILITY, *WORK)
