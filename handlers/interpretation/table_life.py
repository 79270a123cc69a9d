"""Trouble, home, register, property, school and job: what residents say, and the fact it stands for."""

from __future__ import annotations

from handlers.interpretation.phrases import Row, row

_EN = r"(?<![a-z])"
_END = r"(?![a-z])"
_CAR_HIT = r"(?:车|摩托车?|货车|电瓶车|电动车|三轮车?|汽车|小车|大车|面包车|公交车)"

TROUBLE = (
    row("emergency_kind", "traffic",
        rf"车祸|交通(?:事故|肇事)|(?:被|遭|让|给|着)(?:一(?:辆|个|台)|个|辆|人)?(?:\S{{0,3}}){_CAR_HIT}(?:给)?(?:撞|碾|压|轧|刮|挂|创)(?:到|了|倒|伤|断|死|飞|成)*|(?:撞|翻)(?:了)?车(?:了)?|{_CAR_HIT}(?:把|给)\S{{1,5}}(?:撞|压|碾)|{_EN}(?:(?:car|traffic|road|motorbike|motorcycle|bus|truck) (?:accident|crash)|(?:hit|knocked (?:down|over)|run over|struck) by (?:a |an )?(?:\w+ )?(?:car|truck|lorry|bus|motorbike|motorcycle|van|scooter|vehicle)){_END}", household=True),
    row("emergency_kind", "fire",
        rf"失火|着(?:了)?火|起(?:了)?火|火灾|走水|燃(?:了)?起来|(?:遭|被|让)?(?:大)?火(?:灾)?(?:给)?烧(?:了|光|毁|没|垮|得)|(?:房子|屋头?|家里|家头|房屋|屋子|厨房)(?:都|也|全)?(?:被|遭|给)?(?:火)?烧(?:了|光|毁|没|垮|完)(?:了)?|{_EN}(?:(?:house|home|kitchen|room|flat|apartment|place)(?: \w+)? (?:on fire|burn(?:ed|t)(?: down)?|caught fire|went up in flames)|(?:a |the )?(?:house |big |kitchen )?fire (?:destroyed|burned|burnt|broke out|in (?:our|my|the) (?:house|home|kitchen|flat))|lost (?:everything|our (?:house|home)) in (?:a|the) fire|burn(?:ed|t) down|(?:we |i )?had a (?:house )?fire){_END}", household=True),
    row("emergency_kind", "job_loss",
        rf"下(?:了)?岗|失(?:了)?业(?!登记|证|金|保)|(?:被|遭)(?:单位|公司|老板|厂里|厂头)?(?:裁|辞退|开除|炒|裁员|炒鱿鱼|解雇)(?:了|员)?|丢了(?:工作|饭碗|活路)|(?:工作|活路|饭碗)(?:都|也|就)?(?:没(?:有|得)?|丢|莫得|黄|搞脱)(?:了)|(?:厂|公司|单位|工地)(?:子|里|头|倒)?(?:倒闭|垮|关门|破产|停工|关)(?:了)|没(?:有|得)?工作了|{_EN}(?:(?:lost|lose) (?:my|his|her|our|the|their) jobs?|laid off|made redundant|(?:was|got|been) (?:fired|sacked|dismissed)|(?:factory|company|plant|shop) (?:has )?(?:closed|shut)(?: down)?|out of (?:a job|work)|became unemployed){_END}", household=True, sure=0.88),
    row("emergency_kind", "violence",
        rf"家暴|家庭暴力|(?:老公|丈夫|男人|老婆|他|她|儿子|老汉儿?|爸|继父)(?:又|老是|天天|经常|总是|喝了酒|喝酒|一喝酒)*(?:就)?(?:打|揍|捶)(?:了)?(?:我|她|他|我们|娃儿?|孩子|人)(?!的?电话|的?手机)(?!工)|(?:被|遭|挨)(?:人|老公|丈夫|男人|他|别人)?(?:打|揍|捶)(?:了|伤|成|得|倒|到|惨|(?=$|[,。;!]))|{_EN}(?:domestic (?:violence|abuse)|(?:husband|partner|father|he|boyfriend|wife|son) (?:beats?|hits?|beat up|is beating|has been hitting|has been beating|keeps (?:hitting|beating)) (?:me|us|her|my|the (?:kids|child(?:ren)?))|(?:was|were|been|got) (?:beaten|attacked|assaulted)(?: up)?){_END}", household=True),
    row("emergency_kind", "accident",
        rf"(?:意外|工伤)(?!险|保险|证)(?:事故)?|(?:摔|跌|绊|滚|掉)(?:了|下|倒|伤|断|到|成|坏)+(?:了)?(?!泪|头发|价|队|色)(?:腿|脚|腰|手|坡|楼|沟|坎|来|去|骨折)?|(?:从|在)\S{{0,8}}(?:摔|跌|滚|掉)(?:了)?(?:下|进|落)(?:来|去)?|(?:被|遭|让)\S{{0,6}}(?:砸|电|烫|烧伤|绞|轧|咬|压)(?:到|了|伤|断|倒)|触(?:了)?电|溺水|煤气中毒|中毒|{_EN}(?:(?:had|in) an accident|work(?:place)? (?:accident|injury)|injured at work|fell (?:off|from|down)(?: \w+){{0,3}}|fell and (?:broke|hurt)(?: \w+){{0,2}}|broke (?:his|her|my) (?:leg|hip|arm|back)|electrocuted|(?:badly )?scalded){_END}", household=True, sure=0.85),
    row("emergency_kind", "sudden_illness",
        rf"突发(?:性)?(?:的)?(?:重|急|大|疾|恶)?(?:大)?(?:病|疾|症|脑梗|脑溢血|脑出血|心梗|心脏病|心肌梗|中风)(?:病|死)?|突然(?:\S{{0,4}})(?:得|患|查出|发|检查出|害|生|犯)(?:了|出|现)?\S{{0,4}}(?:病|癌|瘤|症)|突然(?:就)?(?:中风|脑梗|脑溢血|脑出血|倒(?:下|地|了)|瘫|昏|晕|病倒|不行|吐血)(?:了|倒|痪|迷|过去|在床上|死)*|急病|急症|(?:刚|才|最近|前几天|上个?月|这个月|上周|前天|昨天|今年|前段时间|头几天|上个星期)(?:\S{{0,4}})(?:查出|检查出|确诊|得|患|中风|脑梗|脑溢血|脑出血|心梗)(?:了|来|为|是|出)?\S{{0,5}}(?:病|癌|瘤|症|风|梗|血)|(?:刚|才)?出院(?:了|后|回来|以后|过后|就)*[,、]?\S{{0,4}}(?:瘫|卧床|下不了床|动不了)|一场大病|{_EN}(?:sudden(?:ly)?(?: \w+){{0,3}} (?:ill(?:ness)?|sick|stroke|paraly[sz]ed|collapsed|heart attack|taken ill)|(?:had|suffered) a (?:sudden |bad |serious |severe |massive )?(?:stroke|heart attack|brain h(?:a)?emorrhage)|just (?:been )?diagnosed|recently (?:been )?diagnosed|collapsed|taken ill|fell (?:seriously |suddenly )?ill|discharged(?: from (?:the )?hospital)?,? (?:and )?(?:now )?paraly[sz]ed|rushed to (?:the )?hospital){_END}", household=True, sure=0.8),
    row("emergency_kind", "none", rf"没(?:有|得)?(?:遇到|出|发生|碰到)(?:过)?(?:什么|啥子?)?(?:突然的|突发的?)?(?:急事|难事|意外|大事|突发情况)|{_EN}(?:no (?:sudden )?(?:emergency|accident)|nothing (?:sudden|happened)){_END}", household=True, guard=False),
    row("basic_life_in_trouble", True,
        rf"揭不开锅|(?:没(?:有|得)?|莫得)(?:啥|什么|一口)?(?:饭吃|米下锅|吃的|东西吃|米(?:了|吃)|粮食吃)|(?:饭|米|菜)(?:都|也)?(?:快)?(?:吃|买)不(?:起|上|饱|到)(?:了)?|吃不(?:起|上|饱)饭|吃了上顿(?:没(?:有|得)?|莫得)下顿|(?:日子|生活|家里|屋头|眼看|实在|真的)?(?:都|就|真|实在|快|快要|要)*(?:过|活|撑|维持|支撑|扛|熬|生活)不(?:下去|走|起走|住|起)(?:了)|(?:日子|生活|家里|屋头)(?:都|就|真|实在|快)*(?:过|维持|撑)不(?:下去|走|住)|(?:没(?:有|得)?|莫得|无)(?:办)?法(?:过(?:日子|活)?|生活)(?:了)?(?!自理)|(?:生活|吃饭|吃穿|日子)(?:都|也|很|实在|非常|特别|成|有|是|个|真的)*(?:困难|恼火|成问题|是问题|没着落|没(?:有|得)?着落|无着落?|艰难|没保障)(?!补|残|群|户|职|家|证)|断(?:了)?(?:粮|炊)|(?:没(?:有|得)?|莫得)钱(?:买米|吃饭|买菜|过日子|生活|开伙)|饿(?:了)?(?:\S{{0,2}}天|肚子|饭)(?:了)?|没(?:有|得)?地方(?:住|去|睡)(?:了)?|无家可归|(?:身上|手头|家里|屋头)(?:就|只)?(?:一分钱|分文)(?:都)?(?:没(?:有|得)?|莫得)(?:了)?|"
        rf"{_EN}(?:nothing (?:left )?to eat|no food|no money (?:left )?for food|(?:can't|cannot|can not|can no longer|can barely|can hardly|not able to|unable to|couldn't|hardly|barely) (?:even )?(?:afford (?:to eat|food|to live|rice)|buy (?:food|rice)|make ends meet|get by|survive|cope|manage(?= *(?:any|now|at all|on|$|[.,]))|feed (?:ourselves|myself|my|our|the)|put food)|(?:go(?:ing)?|gone|are) hungry|struggling to (?:eat|survive|get by|make ends meet|feed|live)|nothing (?:left )?to live on|no way to live|starving|run out of (?:food|money|rice)|nowhere to (?:live|stay|sleep)){_END}", household=True, guard=False, sure=0.88),
    row("basic_life_in_trouble", False, rf"(?:吃(?:饭|穿|住)|生活|日子)(?:都|还|倒|是)*(?:没(?:有|得)?(?:啥|什么)?(?:问题|困难)|莫得问题|不愁|过得去|还过得去|还可以|还行)|吃穿不愁|{_EN}(?:we (?:can )?get by (?:fine|ok|okay|alright)|food is (?:no|not a) problem|(?:we )?have enough to eat|we manage (?:ok|okay|fine|alright)){_END}", household=True, sure=0.82, guard=False),
    row("urgent_today", True,
        rf"(?:今天|今晚|今天晚上|现在|马上|眼下|立马|这会儿)(?:就|都)(?:要|需要|得|等着|没(?:有|得)?(?:饭|米|吃|住|钱吃)|揭不开)\S{{0,4}}|等(?:着|到|倒)(?:这?(?:个|笔)?钱)?(?:救命|救急|下锅|吃饭|用钱|交费|动手术|做手术)|救命(?!恩|之)|(?:一(?:刻|天)都?|实在)等不(?:了|得|起)(?:了)?|(?:十万|万分)?火急|急(?:需|等|用钱|着用)(?!要人?证)|今(?:天|晚)(?:上)?(?:没(?:有|得)?|莫得)(?:地方)?(?:饭|吃|住|睡|米)\S{{0,2}}|{_EN}(?:(?:need|needs) (?:help|money|food|it|somewhere|a place)(?: \w+){{0,4}} (?:today|tonight|right now|now|immediately|right away|at once)|(?:can't|cannot|can not) wait|(?:no food|nothing to eat|nowhere to (?:stay|sleep|go))(?: \w+){{0,3}} (?:today|tonight)|urgent(?:ly)?|(?:today|tonight) we have (?:no|nothing)\w*|emergency help){_END}", household=True, sure=0.82, guard=False),
    row("urgent_today", False, rf"不(?:是)?(?:那么|很|太|算|着)?急(?!诊)|(?:今天)?不急(?:着)?|不着急|(?:可以|能)等(?:几天|一等|一下)?(?:的)?$|{_EN}(?:not urgent|no rush|(?:it )?can wait|no hurry){_END}", household=True, sure=0.8, guard=False),
    row("homeless_without_support", True, rf"(?:没(?:有|得)?|莫得)(?:地方|处|哪里)(?:住|睡|落脚)|(?:睡|住)(?:在)?(?:桥洞|大街|街上|街边|公园|车站|马路|路边|天桥|网吧)(?:下|上|里|头|边)?|流浪|无家可归|露宿(?:街头)?|{_EN}(?:homeless|sleeping rough|sleep(?:s|ing)? (?:on the street|under (?:a|the) bridge|in (?:a|the) (?:park|station|streets?))|living on the streets?|nowhere to (?:stay|sleep|live)){_END}", sure=0.82, guard=True),
)  # fmt: skip

_PLACES = "中山路|胜利路|南大街|茶山竹海|大安|陈食|卫星湖|青峰|金龙镇?|临江|何埂|松溉|仙龙|吉安镇|五间|来苏|宝峰|双石|红炉|永荣|三教|板桥|朱沱|凤凰湖|萱花"
_DISTRICTS = "大足|荣昌|江津|璧山|铜梁|合川|潼南|綦江|南川|涪陵|万州|长寿|黔江|开州|梁平|武隆|巴南|渝北|渝中|沙坪坝|九龙坡|南岸|北碚|江北区|大渡口|垫江|丰都|忠县|云阳|奉节|巫山|巫溪|石柱|秀山|酉阳|彭水|城口"
_PROVINCES = "四川|贵州|云南|湖北|湖南|陕西|广东|广西|河南|河北|山东|山西|安徽|江西|江苏|浙江|福建|甘肃|成都|泸州|内江|自贡|宜宾|遵义|达州|广安|遂宁|资阳|绵阳|外省|外地"
_HERE = r"(?:我们?|他|她|我们家|家里)?(?:的)?"

PLACE = (
    row("hukou_yongchuan", True, rf"(?:重庆)?永川(?:区)?(?:本地)?(?:的)?(?:农村|城镇|农业|居民|城市)?(?:户口|户籍)(?!不)|(?:户口|户籍)(?:本)?(?:就|都|也|还|一直)*(?:在|是|落在|上在)(?:我们)?(?:的)?(?:重庆市?)?(?:的)?永川(?:区)?(?:\S{{0,4}}(?:镇|街道|村))?(?:的)?|永川本地人|{_EN}(?:(?:hukou|household regist(?:er|ration)|registered)(?: \w+){{0,2}} in yongchuan|yongchuan (?:hukou|household regist(?:er|ration))){_END}", denied=False, lasting=True),
    row("hukou_chongqing", True, rf"(?:重庆市?)?永川(?:区)?(?:本地)?(?:的)?(?:农村|城镇|农业|居民|城市)?(?:户口|户籍)(?!不)|(?:户口|户籍)(?:本)?(?:就|都|也|还|一直)*(?:在|是|落在|上在)(?:我们)?(?:的)?(?:重庆市?)?(?:的)?(?:永川|{_DISTRICTS})(?:区)?(?:的)?|永川本地人|(?:重庆|{_DISTRICTS})(?:市|区)?(?:本地)?(?:的)?(?:农村|城镇|农业|居民|城市)?(?:户口|户籍)(?!不)|(?:户口|户籍)(?:本)?(?:就|都|也|还)*(?:在|是|落在)重庆(?:市|这边)?(?:的)?|{_EN}(?:(?:hukou|household regist(?:er|ration)|registered)(?: \w+){{0,2}} in (?:yongchuan|chongqing)|(?:yongchuan|chongqing) (?:hukou|household regist(?:er|ration))){_END}", lasting=True),
    row("hukou_chongqing", False, rf"(?:户口|户籍)(?:本)?(?:也|都|还)*(?:不在|没在|不是|没有?迁(?:到|来|过来)?)重庆(?:的)?|(?:不是|没有|没得)重庆(?:的)?(?:户口|户籍)|(?:{_PROVINCES})(?:的)?(?:农村)?(?:户口|户籍)|(?:户口|户籍)(?:本)?(?:还|都|也)*(?:在|是)(?:老家)?(?:{_PROVINCES})|{_EN}(?:(?:hukou|household register) is (?:not in chongqing|in (?:sichuan|guizhou|yunnan|hubei|hunan|another province))){_END}", guard=False, sure=0.82),
    row("hukou_yongchuan", False, rf"(?:户口|户籍)(?:本)?(?:也|都|还|又)*(?:不在|没在|不是|没(?:有)?迁(?:到|来|过来)?)(?:永川|这边|这里|本地|重庆)(?:的)?|(?:不是|没有|没得|莫得)(?:永川|本地|重庆)(?:的)?(?:户口|户籍)|(?:{_PROVINCES}|{_DISTRICTS})(?:的)?(?:农村)?(?:户口|户籍)|(?:户口|户籍)(?:本)?(?:还|都|也)*(?:在|是)(?:老家)?(?:{_PROVINCES}|{_DISTRICTS})|{_EN}(?:(?:hukou|household register)(?: is)? (?:not in yongchuan|in (?:sichuan|guizhou|yunnan|hubei|hunan|another (?:district|province|city)))){_END}", guard=False, sure=0.85),
    row("lives_in_yongchuan", True, rf"(?:住|居住|生活|租房|定居)(?:在|到|倒)?(?:了)?(?:重庆市?)?(?:的)?永川|在(?:重庆市?)?永川(?:区|城区|城头|城里|这边|街上|乡下|农村)?(?:\S{{0,4}}(?:镇|街道|村|社区))?(?:租(?:的)?(?:个)?房|住|生活|居住|打工|上班|带娃|定居|读书)|(?:我们?)?(?:家)?(?:是|住|就是|就住)(?:在|到)?(?:重庆市?)?(?:永川)?(?:区)?(?:{_PLACES})(?:镇|街道|街|村|社区)?(?:的|\S{{0,3}}村|\S{{0,4}}社区)?|{_EN}(?:(?:live|lives|living|stay|staying|staying now|rent(?:ing)?(?: an?(?: \w+){{1,2}})?|reside|based)(?: now| here)? in yongchuan|(?:moved|came) to yongchuan){_END}", denied=False, sure=0.9),
    row("lives_in_yongchuan", False, rf"(?:不|没(?:有)?)住(?:在)?永川|人(?:现在)?(?:不|没)在永川|没(?:有)?在永川(?:住|生活)|不住(?:在)?(?:永川|这边|这里|本地)|{_EN}(?:(?:not|don't|doesn't|do not|does not|no longer) (?:live|living|lives) in yongchuan){_END}", guard=False),
    row("residence_permit_yongchuan", True, rf"(?:有|办了|办得有|办好了?|领了)(?:永川)?(?:的)?居住证|居住证(?:也|都|已经)*(?:办了|有|办好了)|{_EN}(?:have|has|got) a residence permit{_END}", denied=False, sure=0.85),
    row("residence_permit_yongchuan", False, rf"(?:没(?:有|得)?|莫得)(?:办|办过)?(?:永川)?(?:的)?居住证|居住证(?:也|还|都)*(?:没(?:有|得)?|莫得)(?:办)?|{_EN}(?:no residence permit|(?:don't|doesn't) have a residence permit){_END}", guard=False, sure=0.85),
    row("residence_area", "rural", rf"农村(?:的)?(?:户口|户籍|户|家庭|人|居民)|农业(?:户口|户|家庭)|农(?:户|民)(?!工)|(?:是|住(?:在)?|在|都是)(?:永川)?(?:的)?(?:农村|乡下|乡头|村里|村头|乡里)(?:的|头|住)?|{_EN}(?:rural (?:hukou|household|family|register|registration|area)|(?:live|living|lives) in (?:a|the|our) (?:village|countryside)|village family|(?:we are|we're|i am|i'm|my family are|are) (?:farmers|a farmer|from the countryside|from a village)|farming (?:family|household)|in the countryside){_END}", household=True, sure=0.86),
    row("residence_area", "urban", rf"(?:城镇|城市|居民|非农(?:业)?)(?:户口|户籍|户|居民户)|(?:是|属于|算)(?:城镇|城市)(?:的|居民|人)|(?:是)?城镇(?:居民)(?!医)|{_EN}(?:urban (?:hukou|household|family|register|registration)|town (?:hukou|household|family)|city hukou|registered as (?:urban|a town family|town)){_END}", household=True, sure=0.88),
)  # fmt: skip

_HAVE = r"(?:有|买了|买得有|买过|还有|就有|只有|开|骑|得有)(?:的?是?)?(?:一|两)?(?:辆|台|部|个|张)?(?:旧|破|烂|二手|老|小|新|几年的|自己的)*(?:的)?"
PROPERTY = (
    row("vehicle_kind", "none", rf"(?:没(?:有|得)?|莫得|无)(?:买)?(?:任何|啥|什么)?(?:小|汽|轿|机动)?车(?!祸|位|票|费|库|间)(?:子)?|(?:车(?:子)?)(?:也|都)?(?:没(?:有|得)?|莫得)(?:买)?(?=$|[,。;]|,|的|也)|{_EN}(?:no (?:car|vehicle|motorbike)s?|(?:don't|do not|doesn't|does not) (?:have|own) (?:a |any )?(?:cars?|vehicles?)){_END}", household=True, guard=False),
    row("vehicle_kind", "motorcycle", rf"{_HAVE}摩托(?:车)?|{_EN}(?:(?:have|has|own|owns|got) (?:a|an|one) (?:old |small )*(?:motorbike|motorcycle)){_END}", household=True, sure=0.85),
    row("vehicle_kind", "disability_scooter", rf"{_HAVE}(?:残疾(?:人)?|老年)(?:代步|摩托|三轮|机动轮椅)?车|{_HAVE}(?:残疾人?)?(?:机动轮椅车|代步车)|{_EN}(?:have|has|own|owns|got) (?:a|an) (?:disability|mobility) scooter{_END}", household=True, sure=0.82),
    row("vehicle_kind", "car", rf"{_HAVE}(?:小?轿车|小汽车|私家车|面包车|小车|越野车|suv|汽车|五菱|长安车?|车(?=值|卖|也|,|。|$|子|,))|{_EN}(?:(?:have|has|own|owns|got) (?:a|an|one) (?:old |small |used |second[- ]hand |cheap )*(?:car|van|minivan)){_END}", household=True, sure=0.85),
    row("vehicle_kind", "truck_or_machine", rf"{_HAVE}(?:大|小)?(?:货车|卡车|拖拉机|挖机|挖掘机|收割机|农用车|工程车)|{_EN}(?:(?:have|has|own|owns|got) (?:a|an|one) (?:old |small )*(?:truck|lorry|tractor|excavator|harvester)){_END}", household=True, sure=0.85),
    row("vehicle_kind", "boat", rf"{_HAVE}(?:渔|货|机动)?船(?!票)|{_EN}(?:(?:have|has|own|owns) (?:a|an) (?:\w+ )?boat){_END}", household=True, sure=0.82),
    row("owns_shop", True, rf"(?:有|买了|名下有)(?:个|一个|一间|间)?(?:小)?(?:门面(?:房)?|商铺|铺面|铺子|门市)|{_EN}(?:own|owns|have) (?:a|one) (?:shop building|shop property|storefront|shop){_END}", household=True, denied=False, sure=0.8),
    row("owns_shop", False, rf"(?:没(?:有|得)?|莫得|无)(?:买)?(?:啥|什么|任何)?(?:门面(?:房)?|商铺|铺面|铺子|门市)|(?:门面|商铺|铺面)[\S、]{{0,4}}(?:都|也)?(?:没(?:有|得)?|莫得)|{_EN}(?:no shop(?:s| property)?|(?:don't|do not|doesn't) (?:own|have) (?:a |any )shops?){_END}", household=True, guard=False, sure=0.88),
    row("owns_company", True, rf"(?:名下有|开(?:了|得有)?|注册了?|有)(?:个|一个|家|一家)?(?:小)?(?:公司|企业)(?!上班|打工|的)|{_EN}(?:own|owns|run|runs|registered) (?:a|one|his own|her own|our own) (?:\w+ )?(?:company|firm){_END}", household=True, denied=False, sure=0.75),
    row("owns_company", False, rf"(?:没(?:有|得)?|莫得|无)(?:开|办)?(?:啥|什么|任何)?(?:公司|企业)|(?:公司|企业)(?:都|也)(?:没(?:有|得)?|莫得)|{_EN}(?:no company|(?:don't|do not|doesn't) (?:own|have|run) (?:a |any )(?:company|firm|business)){_END}", household=True, guard=False, sure=0.86),
    row("built_or_bought_house_3y", True, rf"(?:近|这|最近)(?:三|两|几|2|3)年(?:才|刚)?(?:买|修|建|盖|起)(?:了)?(?:新)?(?:房|楼|屋)|(?:去年|今年|前年)(?:才|刚|又)?(?:买|修|建|盖|起)(?:了)?(?:一?套|一?栋)?(?:新)?(?:房|楼|屋)|{_EN}(?:(?:bought|built) (?:a |our )?(?:new )?(?:house|home|flat|apartment) (?:last year|this year|two years ago|recently)){_END}", household=True, denied=False, sure=0.8),
    row("built_or_bought_house_3y", False, rf"(?:没(?:有|得)?|莫得)(?:买|修|建|盖)(?:过)?(?:新)?(?:房|屋)(?:子)?(?:、?(?:建|修|买)房)?|{_EN}(?:(?:haven't|have not|didn't|never) (?:bought|built|buy|build)(?: or (?:bought|built))? (?:a |any )?(?:new )?(?:house|home|flat)){_END}", household=True, guard=False, sure=0.78),
    row("costly_schooling", True, rf"(?:自费)?(?:出国|国外|海外)?留学(?!归)|(?:读|上)(?:的)?(?:是)?(?:贵族|高价|国际)学校|{_EN}(?:study(?:ing)? abroad|international school|expensive private school){_END}", household=True, denied=False, sure=0.8),
    row("rents_home", True, rf"(?:租|赁)(?:的|了|着|到)?(?:人家|别人|个|一间|一套|间|一个)?(?:的)?(?:房子|房|屋|单间|地下室)(?:住|在住)?(?!补|租)|租房(?:子)?(?:住)?|住(?:的)?(?:是|都是)?(?:租的|出租屋|出租房|租来的)|{_EN}(?:rent(?:ing|s)? (?:a |an |our |the |one )?(?:\w+ )?(?:room|flat|apartment|house|home|place|basement)|(?:live|living) in (?:a )?rented){_END}", household=True, denied=False, sure=0.85),
    row("rents_home", False, rf"(?:住(?:的)?(?:是)?|有)自己的(?:老)?房子?|自(?:己)?(?:家)?(?:建|修)的?房|不是租的|没(?:有|得)?租房|{_EN}(?:(?:live|living) in (?:our|my) own (?:house|home|flat)|not renting){_END}", household=True, guard=False, sure=0.75),
)  # fmt: skip

_READS = r"(?:读|上|念|在读|正读|在上|正在读|正上)(?:的|的是|了|着|到|倒)?"
SCHOOL = (
    row("education_stage", "kindergarten", rf"(?:{_READS}|在|进)(?:了)?(?:幼儿园|大班|中班|小班|学前班)|幼儿园(?:大|中|小)班|{_EN}(?:(?:in|at|goes to|attends|attending|going to) (?:a |the )?(?:kindergarten|nursery|preschool)){_END}"),
    row("education_stage", "primary", rf"{_READS}(?:的)?(?:小学|[一二三四五六1-6]年级)(?!毕业|文化)|小学(?:在读|[一二三四五六1-6]年级|生(?!活))|[一二三四五六1-6]年级(?:了|小学)?|在小学|{_EN}(?:(?:in|at|goes to|attends|attending|going to) (?:a |the )?(?:primary|elementary)(?: school)?|primary (?:school )?(?:pupil|student)|(?:first|second|third|fourth|fifth|sixth) grade(?:r)?){_END}", sure=0.88),
    row("education_stage", "junior_middle", rf"{_READS}(?:的)?(?:初中|初[一二三]|[七八九789]年级)(?!毕业|文化)|初中(?:在读|生(?!活))|初[一二三](?!级)|[七八九]年级|{_EN}(?:(?:in|at|goes to|attends|attending) (?:a |the )?(?:junior (?:middle|high)|middle)(?: school)?){_END}", sure=0.88),
    row("education_stage", "senior_middle", rf"{_READS}(?:的)?(?:普通)?(?:高中|高[一二三])(?!毕业|文化)|高中(?:在读|生(?!活))|高[一二三](?!级|点)|{_EN}(?:(?:in|at|goes to|attends|attending) (?:a |the )?(?:senior (?:middle|high)|high)(?: school)?){_END}", sure=0.88),
    row("education_stage", "vocational_middle", rf"{_READS}(?:的)?(?:个)?(?:中职|职高|中专|技校|职中|职业(?:中学|高中|学校))(?!毕业)|(?:中职|职高|职中)(?:在读|学?生)|{_EN}(?:(?:in|at|goes to|attends|attending) (?:a |the )?(?:vocational|technical)(?: (?:high|middle|secondary))?(?: school)?){_END}", sure=0.86),
    row("education_stage", "college", rf"(?<!考){_READS}(?:的)?(?:个)?(?:大学|大专|本科|专科|大[一二三四](?!岁))(?!毕业|文化)|大学(?:在读|生(?!活))|大[一二三四](?=学生|$|[,。;]|了|,|的学)|{_EN}(?:(?:in|at|goes to|attends|attending|studying at) (?:a |the )?(?:college|university)|(?:college|university) student){_END}", sure=0.86),
    row("education_stage", "postgraduate", rf"{_READS}(?:的)?(?:研究生|硕士|博士|研[一二三])(?!毕业)|{_EN}(?:(?:in|at) (?:graduate|grad) school|studying for a (?:master|phd)){_END}", sure=0.86),
    row("education_stage", "none", rf"(?:还)?(?:没|没有|没得|不)(?:去)?(?:上学|读书|上幼儿园|开始读书)(?!了?吗)|(?:没有?|不)(?:在)?读书(?:了)?|辍学(?:了)?|{_EN}(?:not (?:at|in|going to) school(?: yet)?|(?:doesn't|does not) go to school|dropped out(?: of school)?|too young for school){_END}", guard=False, sure=0.8),
    row("admitted_college_this_year", True, rf"今年\S{{0,4}}(?:考(?:上|起|取)|录取)(?:了|到)?\S{{0,4}}(?:大学|大专|本科|专科)|(?:刚|才)(?:考(?:上|起|取))(?:了)?\S{{0,4}}(?:大学|大专|本科)|收到(?:大学|录取)(?:的)?通知书|{_EN}(?:(?:admitted|accepted|got) (?:to|into) (?:a |the )?(?:college|university)(?: this year)?){_END}", sure=0.82),
    row("boarding_student", True, rf"住校(?!生补)|(?:在)?学校(?:头|里)?住(?:校|读)?|寄宿|住读|{_EN}(?:boards? at (?:the )?school|boarding (?:at|student|school)|lives? at (?:the )?school){_END}", denied=False, sure=0.82),
    row("boarding_student", False, rf"(?:走读|不住校|没(?:有|得)?住校)|{_EN}(?:day student|doesn't board|lives at home){_END}", guard=False, sure=0.8),
)  # fmt: skip

JOB = (
    row("employment_status", "farming", rf"(?:在家|屋头|就|只|在)?(?:种地|务农|种庄稼|种田|做庄稼|干农活|种(?:点)?(?:菜|地|田)|喂猪)(?:的|为生)?|{_EN}(?:farms?(?= the| our| a | for|$|[.,])|farming|works? (?:the|on the|our) (?:land|farm)|(?:am|is|are) a? ?farmers?){_END}", adult=True, sure=0.72),
    row("employment_status", "flexible_work", rf"打(?:点)?(?:零|短|散|临)工|做零工|(?:摆|守)(?:个)?(?:地)?摊|跑(?:摩的|滴滴|外卖|车)|送外卖|灵活就业|做(?:点)?小(?:生意|买卖)|捡(?:垃圾|破烂|废品)|{_EN}(?:odd jobs|casual (?:work|labou?r|jobs)|day labou?r(?:er)?|street stall|delivery (?:rider|driver)|gig work|part[- ]time jobs?|collects? (?:scrap|rubbish)){_END}", adult=True, sure=0.78),
    row("employment_status", "unemployed", rf"(?:一直|现在|目前|都)?(?:没(?:有|得)?|莫得|找不到)(?:个|正式|固定|稳定)?(?:工作|活路(?:做|干)?|班上|事做)(?!人员|单位)|失(?:了)?业(?:在家|了)?(?!登记|证|金|保)|下(?:了)?岗(?:在家|了)?|待业|{_EN}(?:unemployed|jobless|out of work|no job|without (?:a job|work)|lost (?:my|his|her) job|laid off|can't find (?:a job|work)|cannot find (?:a job|work)|don't have a job|doesn't have a job){_END}", adult=True, guard=False, sure=0.82),
    row("employment_status", "retired", rf"退(?:了)?休(?!金|工资|年|费)(?:了|在家|工人|人员)?|{_EN}(?:retired|on a pension){_END}", adult=True, sure=0.8),
    row("employment_status", "employed", rf"(?:在|去)\S{{1,8}}(?:厂|公司|工地|单位|超市|饭店|餐馆|学校|医院)(?:头|里|上)?(?:上班|打工|做工|做事|干活)|(?:外出|出去|在外|在外面|在外头|到外头|外面)(?:打工|务工|做工)|(?<!没)(?<!没有)上班(?=的|,|。|$|一个月|,)|{_EN}(?:works? (?:in|at|for) (?:a |an |the )?(?:factory|company|shop|restaurant|supermarket|building site|construction site|school|hospital)|migrant worker|full[- ]time job|has a job){_END}", adult=True, sure=0.72),
    row("all_able_members_jobless", True, rf"(?:全家|一家人|家里|屋头)(?:人)?(?:都|全|全都)(?:没(?:有|得)?|莫得)(?:工作|活路|班上)|(?:没(?:有|得)?|莫得)一个(?:人)?(?:有工作|上班|挣钱)|{_EN}(?:nobody in (?:the|our|my) (?:family|household|house) (?:has a job|works|is working)|none of us (?:has|have) a job|no one (?:in my family )?(?:works|has a job)){_END}", household=True, guard=False, sure=0.82),
    row("registered_unemployed", True, r"(?:办|做|登记)了失业(?:登记|证)|(?:有|领了)失业(?:登记)?证|失业登记(?:办|做)了", denied=False, sure=0.86),
    row("registered_unemployed", False, r"(?:没(?:有|得)?|还没)(?:去)?(?:办|做)(?:过)?失业登记|失业登记(?:还)?没(?:有|得)?(?:办|做)", guard=False, sure=0.86),
)  # fmt: skip

INSURANCE = (
    row("basic_medical_insurance", "employee", rf"职工(?:基本)?医(?:疗)?保(?:险)?|{_EN}employee (?:medical |health )?insurance{_END}", sure=0.88),
    row("basic_medical_insurance", "resident_tier1", rf"(?:居民|城乡|合作)?(?:医保|医疗保险|医疗)?(?:是|交的?是?|买的?是?|参加的?是?)?(?:的)?一档(?:的)?(?:居民)?(?:医保)?|{_EN}(?:resident (?:medical |health )?insurance,? )?(?:tier|level|grade)[- ](?:1|one)(?: resident| insurance| medical){_END}", sure=0.82),
    row("basic_medical_insurance", "resident_tier2", rf"(?:居民|城乡|合作)?(?:医保|医疗保险|医疗)?(?:是|交的?是?|买的?是?|参加的?是?)?(?:的)?二档(?:的)?(?:居民)?(?:医保)?|{_EN}(?:resident (?:medical |health )?insurance,? )?(?:tier|level|grade)[- ](?:2|two)(?: resident| insurance| medical){_END}", sure=0.82),
    row("basic_medical_insurance", "resident_tier1", rf"(?:居民医保|城乡居民(?:合作)?医(?:疗)?保(?:险)?|合作医疗|新农合|农合|农村医保)(?!费)|{_EN}(?:resident(?:s'?|'s)? (?:basic )?(?:medical |health )?insurance|rural cooperative (?:medical )?(?:insurance|scheme)){_END}", sure=0.5),
    row("basic_medical_insurance", "none", rf"(?:没(?:有|得)?|莫得|未)(?:买|交|参加|参|缴)?(?:过)?(?:任何|啥|什么)?(?:的)?(?:居民|城乡|职工|合作)?(?:医保|医疗保险|社保和医保|合作医疗)(?!报|卡)|(?:医保|医疗保险|合作医疗)(?:也|都|今年|一直|就|断|还)*(?:没(?:有|得)?|莫得)(?:买|交|参加|缴)?(?!报)|(?:医保|合作医疗)断(?:了|缴)|{_EN}(?:no (?:medical|health) insurance|(?:don't|do not|doesn't|does not) have (?:any )?(?:medical|health) insurance|without (?:medical|health) insurance|uninsured){_END}", guard=False, sure=0.88),
    row("commercial_insurance_premium_year", 0, rf"(?:没(?:有|得)?|莫得)(?:买|交)?(?:过)?(?:任何|啥|什么)?商业(?:保险|险)|商业(?:保险|险)(?:也|都)?(?:没(?:有|得)?|莫得)(?:买)?|{_EN}(?:no (?:private|commercial) insurance|(?:don't|do not) have (?:any )?(?:private|commercial) insurance){_END}", household=True, guard=False, sure=0.86),
    row("pension_status", "receiving", rf"(?:在领|领着?|拿|有|领得到)(?:有|的)?(?:点|到)?(?:农村|城乡|居民|职工)?(?:养老金|退休金|养老保险金)|(?:养老金|退休金)(?:一?个月|每月|每个月|就|才|只|有|大概)+|{_EN}(?:(?:gets?|receives?|has|draws?|on) (?:a|his|her|my|the) (?:\w+ )?pension){_END}", sure=0.78, adult=True),
    row("pension_status", "none", rf"(?:没(?:有|得)?|莫得)(?:买|交|参加)?(?:过)?(?:社保|养老保险|养老金|退休金)|(?:社保|养老保险)(?:也|都|从来)?(?:没(?:有|得)?|莫得)(?:买|交)?|{_EN}(?:no pension|(?:don't|doesn't|does not) (?:have|get) a pension){_END}", guard=False, sure=0.78, adult=True),
    row("legal_matter", "unpaid_wages", rf"(?:拖欠|欠)(?:了)?(?:我|我们|他|她)?(?:的|们的)?(?:工资|工钱|血汗钱)|{_EN}(?:unpaid wages|(?:owes?|hasn't paid|didn't pay) (?:me|us|him|her|my) (?:my |our |his |her )?wages){_END}", sure=0.78),
    row("sex", "female", r"(?<![\u4e00-\u9fff])女(?:性|的)?(?=,|。|$|、|\s)|是(?:个)?女(?:的|士|性)(?!儿)|(?<![a-z])(?:female|she is a woman|i am a woman|i'm a woman)(?![a-z])", sure=0.85, lasting=True, guard=False),
    row("sex", "male", r"(?<![\u4e00-\u9fff])男(?:性|的)?(?=,|。|$|、|\s)|是(?:个)?男(?:的|士|性)(?!孩)|(?<![a-z])(?:male|he is a man|i am a man|i'm a man)(?![a-z])", sure=0.85, lasting=True, guard=False),
)  # fmt: skip

_LOST = "去世|过世|死|走|没|不在|病故|病死"
FAMILY = (
    row("father_situation", "dead", rf"(?:娃儿?|孩子|他|她)?(?:的)?(?:爸爸?|父亲|老汉儿?)(?:早就|早|已经|前年|去年|都)*(?:{_LOST})了|(?:爸妈|父母)(?:都|全)(?:{_LOST})了|(?:没(?:有|得)?|莫得)(?:了)?(?:爸妈|父母)了?|孤儿|{_EN}(?:(?:his|her|the child's|their) (?:father|dad|parents) (?:is|are|has|have|both)? ?(?:dead|died|passed away|both died|are both dead)|orphan(?:ed)?){_END}", sure=0.7, guard=False),
    row("mother_situation", "dead", rf"(?:娃儿?|孩子|他|她)?(?:的)?(?:妈妈?|母亲)(?:早就|早|已经|前年|去年|都)*(?:{_LOST})了|(?:爸妈|父母)(?:都|全)(?:{_LOST})了|(?:没(?:有|得)?|莫得)(?:了)?(?:爸妈|父母)了?|孤儿|{_EN}(?:(?:his|her|the child's|their) (?:mother|mum|mom|parents) (?:is|are|has|have|both)? ?(?:dead|died|passed away|both died|are both dead)|orphan(?:ed)?){_END}", sure=0.7, guard=False),
    row("disaster_kind", "flood", rf"洪水|涨(?:大)?水|发大水|水灾|洪灾|被水(?:淹|冲)|房子(?:被)?淹|{_EN}flood(?:s|ed|ing)?{_END}", household=True, sure=0.85),
    row("disaster_kind", "landslide", rf"滑坡|泥石流|山体垮塌|{_EN}(?:landslide|mudslide){_END}", household=True, sure=0.88),
    row("disaster_kind", "earthquake", rf"地震|{_EN}earthquake{_END}", household=True, sure=0.85),
    row("disaster_house_damage", "collapsed", rf"房(?:子|屋)?(?:都|全|也|就)*(?:被)?(?:\S{{0,4}})?(?:冲垮|震垮|压垮|垮(?:了|塌|完)|倒(?:了|塌)|塌了)|{_EN}(?:house|home) (?:has |was )?(?:collapsed|washed away|destroyed){_END}", household=True, sure=0.8),
    row("house_danger_grade", "D", r"(?:鉴定)?(?:为|是)?d级危?房?", household=True, sure=0.85),
    row("house_danger_grade", "C", r"(?:鉴定)?(?:为|是)?c级危房", household=True, sure=0.85),
)  # fmt: skip

LIFE: tuple[Row, ...] = (*TROUBLE, *PLACE, *PROPERTY, *SCHOOL, *JOB, *INSURANCE, *FAMILY)
