"""Which money an amount is: what comes in, what illness cost, what is saved, what the car is worth, or none of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from handlers.interpretation.numbers import Number
from handlers.interpretation.people import HOUSEHOLD, SELF
from handlers.interpretation.periods import Amount, find_amounts
from handlers.interpretation.scene import Found, Scene

_NOT_OURS = re.compile(
    r"欠|借|贷|赊|押金|学费|礼金|彩礼|罚款|首付|房租|租金|水电|电费|话费|伙食费|捐(?:款|钱|了?\d)|赔偿|定金|利息|价格|标准|低保线|最高|"
    r"(?:低保|补贴|补助|津贴|救助金?|护理费)(?:金|款)?(?:一?个月|每月|每个月|一年)?(?:就|才|只|能|可以)?(?:有|领|发|给|拿|到手)?|"
    r"(?<![a-z])(?:owes?|owed|debts?|loan|borrow(?:ed)?|rent|tuition|school fees|fine|subsidy|allowance|dibao|deposit)(?![a-z])"
)
_INCOME = re.compile(
    r"收入|工资|工钱|薪|退休金|养老金|养老保险金|社保金|挣|赚|进账|入账|找(?:得到|到|个|钱|不到)|打工|零工|上班|种地|种庄稼|卖菜|摆摊|生活费|靠|来钱|到手|务工|做活路|落(?:得到|不到|下|到)|"
    r"(?<![a-z])(?:income|earn(?:s|ed|ing)?|makes?|making|bring(?:s|ing)?(?: in)?|come(?:s)? in|gets?|wages?|salary|pension|(?:get|gets|am|is|are|getting) paid|live on|living on|has|have|take-home|takes home)(?![a-z])"
)
_JOB = re.compile(
    r"帮人|洗碗|看(?:看)?门|守门|小工|保姆|保安|扫(?:地|街|马路)|送货|开(?:货|出租|大|三轮)?车|跑车|做工|干活|保洁|环卫|厂|工地|超市|餐馆|饭店|当(?:服务员|保安|保姆)|(?<![a-z])(?:clean(?:s|ing)?|driv(?:e|es|ing)|wait(?:er|ress)|shop|factory|guard|cook)"
)
_OWN_INCOME = re.compile(
    r"工资|薪|退休金|养老金|养老保险金|社保金|挣|赚|打工|零工|上班|到手|务工|找(?:得到|到|个)|(?<![a-z])(?:earn|makes?|wage|salary|pension|paid|takes home)"
)
_PENSION = re.compile(r"退休金|养老金|养老保险|社保金|pension")
_ALL = re.compile(r"一共|总共|加起来|合起来|拢共|全部|全家|一家|in total|altogether|all together|between us")
_PER_HEAD = re.compile(
    r"人均|平均(?:每|一)?(?:个)?人|平均下来|每(?:个)?人(?:每|一|平均|才|只)|per person|per head|each of us|per capita"
)
_ILLNESS = re.compile(
    r"医药费|医疗费|医保费|药费|药钱|住院|看病|治病|治疗|化疗|放疗|透析|手术|医院|抢救|吃药|买药|医(?:了|他|她|病)|"
    r"(?<![a-z])(?:hospital|medical|medicines?|treatment|surgery|operation|doctors?|chemo(?:therapy)?|dialysis|pills|drugs|(?<!electricity )(?<!water )(?<!gas )(?<!phone )bills?)(?![a-z])"
)
_SELF_PAID = re.compile(
    r"自己(?:就|还|都|又|就要|还要|另外)?(?:掏|出|给|付|花|垫|拿|承担|贴|负担)|自付|自费|自掏|自家(?:出|掏)|个人(?:付|承担|负担|出|支付)|报销(?:了)?(?:以后|之后|后|完|下来|过后|剩|除)|除(?:了|去|掉|开)报销|报不了|"
    r"(?<![a-z])(?:out of (?:our|my|his|her) (?:own )?pockets?|out[- ]of[- ]pocket|ourselves|myself|after (?:the )?(?:insurance|reimbursement)|not covered|self[- ]paid|on our own|we (?:still )?(?:had to pay|paid))(?![a-z])"
)
_SPENT = re.compile(
    r"花|用了|用去|用掉|去了|交了|付了|掏|出了|贴|垫|(?<![a-z])(?:spent|paid|pay|cost|costs|bills?|spend)(?![a-z])"
)
_BACK = re.compile(
    r"(?:报销|报|医保给|医保报|补偿)(?:了|到)?\D{0,3}$|(?:insurance (?:paid|covered)|reimbursed)\D{0,12}$"
)
_HALF_BACK = re.compile(r"报(?:销)?(?:了)?(?:一|大|小)?(?:半|部分)|half (?:was|is) (?:paid|covered)")
_FUTURE = re.compile(
    r"还要|还得|还需要?|需要|要交|要花|还差|差|凑|筹|押|估计要|得要|need(?:s|ed)?|will cost|would cost|asked? for|wants?"
)
_GIVEN = re.compile(r"(?:给|寄|sends?|gives?)(?:我们?|家里|回来|回家| me| us| home)*(?:\D{0,4})$")
_SAVED = re.compile(
    r"存款|在银行|银行有|存了|存着|积蓄|存折|银行(?:里|头|卡)|理财|股票|余额|养老钱|(?<![a-z])(?:savings?|saved|in the bank|deposits?)(?![a-z])"
)
_CAR = re.compile(
    r"车.{0,10}(?:值|卖|估)|(?:car|van|truck|motorbike|motorcycle|scooter|vehicle).{0,20}(?:worth|value|sell)"
)
_WORTH = re.compile(
    r"^\s?(?:现在|如今|大概|也)*(?:还|就|只|能|可以|才)*(?:值|卖)|^\s?(?:it is |it's |is )?worth"
)
_CAR_BEFORE = re.compile(
    r"(?:车|拖拉机|摩托|挖机)\S{0,3}\W?$|(?:car|van|truck|motorbike|motorcycle|scooter)\W*$"
)
_PREMIUM = re.compile(r"商业(?:保险|险|医保)|人寿保险|重疾险|(?:private|commercial|life) insurance")
_COSTS = re.compile(r"租|花|药|透析|化疗|费|rent|cost|spend")
_RELIES = re.compile(r"(?:全|就|只|都|光)靠|全家就|rely on|depend on")
_FARM = re.compile(r"除去?本钱|纯收入|除了本|除掉成本")


def _make(
    fact: str, amount: Amount, number: Number | None, sure: float, who: str | None = None, adult: bool = False
) -> Found | None:
    if number is None or (number.low is None and number.high is None):
        return None
    if number.vague:
        sure = min(sure, 0.6)
    value = number.value
    low, high = (None, None) if value is not None else (number.low, number.high)
    return Found(
        fact, amount.start, amount.end, value=value, low=low, high=high, sure=sure, who=who, adult=adult
    )


def find_money(scene: Scene) -> Iterator[Found]:
    """Every amount that belongs to a fact of ours."""
    amounts = list(find_amounts(scene))
    paid_back = any(_BACK.search(_head(scene, a)) for a in amounts) or bool(_HALF_BACK.search(scene.text))
    for index, amount in enumerate(amounts):
        head = _head(scene, amount)
        words = scene.words(amount.clause)
        previous = amounts[index - 1] if index else None
        if previous is not None and previous.clause is amount.clause:
            head = scene.text[previous.end : amount.start] or head
        found = _read(scene, amount, head, words, paid_back)
        if found:
            yield found


def _head(scene: Scene, amount: Amount) -> str:
    return scene.text[amount.clause.start : amount.start]


def _read(scene: Scene, amount: Amount, head: str, words: str, paid_back: bool) -> Found | None:
    number = amount.number
    before = scene.text[_before(scene, amount) : amount.clause.start]
    if _PREMIUM.search(words):
        return _make("commercial_insurance_premium_year", amount, amount.yearly(), 0.8, HOUSEHOLD)
    if _CAR.search(words) or (_WORTH.search(words) and _CAR_BEFORE.search(before)):
        return _make("vehicle_value", amount, number, 0.85, HOUSEHOLD)
    if _BACK.search(head):
        return None
    if (
        _ILLNESS.search(words)
        or (_SELF_PAID.search(words) and not _INCOME.search(words))
        or (_ILLNESS.search(before) and _SPENT.search(words))
    ):
        return _medical(amount, words, before, paid_back)
    if _SAVED.search(words):
        return _savings(amount, words)
    if _NOT_OURS.search(words) and not re.search(r"收入|工资|挣|退休金|养老金|income|earn|pension", words):
        return None
    return _income(scene, amount, words, before)


def _before(scene: Scene, amount: Amount) -> int:
    """Where the clause before this one starts, if it belongs to the same sentence."""
    same = amount.clause.sentence_start
    starts = [c.start for c in scene.clauses if c.end <= amount.clause.start and c.sentence_start == same]
    return starts[-1] if starts else amount.clause.start


def _medical(amount: Amount, words: str, before: str, paid_back: bool) -> Found | None:
    if _FUTURE.search(words) or re.search(r"欠|借|owe|borrow", words):
        return None
    own = _SELF_PAID.search(words) or _SELF_PAID.search(before)
    if not own and not _SPENT.search(words) and not re.search(r"费|药钱|bill|cost", words):
        return None
    sure = 0.88 if own else 0.5 if paid_back else 0.65
    number = amount.number
    if amount.period in ("month", "year") and amount.period == "month":
        number, sure = number * 12, min(sure, 0.55)
    if amount.period == "day":
        return None
    return _make("medical_self_paid_12m", amount, number, sure)


def _savings(amount: Amount, words: str) -> Found | None:
    if re.search(r"欠|借|没(?:有|得)?到|owe", words):
        return None
    if _PER_HEAD.search(words):
        return _make("financial_assets_per_capita", amount, amount.number, 0.85, HOUSEHOLD)
    return _make("savings_total", amount, amount.number, 0.8, HOUSEHOLD)


def _income(scene: Scene, amount: Amount, words: str, before: str) -> Found | None:
    says = _INCOME.search(words) or _INCOME.search(before)
    if _SPENT.search(words) and not _INCOME.search(words):
        return None
    if amount.period is None and not re.search(
        r"收入|工资|退休金|养老金|薪|income|salary|wage|pension|earn|live on", words + before[-8:]
    ):
        return None
    if amount.period == "day" or (not says and amount.period is None):
        return None
    if _FARM.search(words) and _PER_HEAD.search(words):
        return _make("net_income_per_capita_year", amount, amount.number, 0.8, HOUSEHOLD)
    if not _INCOME.search(words) and (_NOT_OURS.search(before) or _COSTS.search(before)):
        return None
    number = amount.monthly()
    sure = 0.88 if amount.period else 0.72
    if _PER_HEAD.search(words):
        return _make("income_per_capita_month", amount, number, sure, HOUSEHOLD)
    if _GIVEN.search(scene.text[amount.clause.start : amount.number.start]):
        return _make("household_income_month", amount, number, 0.55, HOUSEHOLD)  # from whom, and for whom?
    people, here = scene.about(amount.start, amount.end)
    named = people[0].who if people and here else None
    own = _OWN_INCOME.search(words)
    household = scene.household_at(amount.start) or (_ALL.search(words) and not named)
    if household and not (_PENSION.search(words) and named):
        return _make("household_income_month", amount, number, sure, HOUSEHOLD)
    if named:
        return _make(
            "personal_income_month", amount, number, sure if own or named != SELF or says else 0.6, adult=True
        )
    last = scene.last_named(amount.start)
    if _RELIES.search(before) and (_OWN_INCOME.search(before) or _JOB.search(before)):
        return _make("household_income_month", amount, number, 0.7, HOUSEHOLD)  # "全靠我打工，每月两千五"
    if amount.period == "month" and _JOB.search(before) and not scene.household_at(amount.start):
        return _make("personal_income_month", amount, number, 0.68, adult=True)  # "帮人洗碗，一个月1800"
    if last == HOUSEHOLD and not own:
        return _make("household_income_month", amount, number, 0.78 if says else 0.65, HOUSEHOLD)
    if own and people and people[0].who not in ("child", "grandchild", "daughter", "son"):
        return _make("personal_income_month", amount, number, 0.7, adult=True)
    if own:
        return _make(
            "personal_income_month",
            amount,
            number,
            0.62 if last is None else 0.5,
            SELF if last is None else None,
            adult=True,
        )
    return _make("household_income_month", amount, number, 0.62 if says and last is None else 0.55, HOUSEHOLD)


_NO_INCOME = re.compile(
    r"(?:没(?:有|得)?|莫得|无)(?:任何|啥子?|什么|一点|半点|一分钱)?(?:的)?(?:经济)?收入(?!证明|来源不)|(?:一分钱|一点)?收入(?:都|也)?(?:没(?:有|得)?|莫得|为零|是零)(?:了)?(?![多少够])|零收入|"
    r"一分钱(?:都|也)(?:没(?:有|得)|莫得|挣不到|找不到)|(?:no|without any|without) (?:income|wages|earnings)(?![a-z])|(?:don't|do not|doesn't|does not) (?:have|earn|make) any(?:thing| (?:income|money))?(?= income| money|$|[ ,.])|zero income|earns? nothing"
)
_NO_SAVINGS = re.compile(
    r"(?:没(?:有|得)?|莫得|无)(?:任何|啥子?|什么|一分钱|一点|多余的?)?(?:的)?(?:存款|积蓄|存钱|余钱)|(?:存款|积蓄)(?:一分|一点)?(?:都|也)?(?:没(?:有|得)?|莫得)(?:了)?|(?:存款|积蓄|老本)(?:都|全部?|早就?|已经)*(?:花|用|掏|拿)(?:光|完|空|尽|干净)(?:了)?|"
    r"钱(?:都|也|全)?(?:医|看病|花|用)(?:光|完)(?:了)?|(?:花|用|掏)(?:光|完|空|尽)了?(?:全家|家里|所有|全部)*(?:的)?(?:存款|积蓄|家底|老本)|(?:no|not any|without) savings|(?:savings|money) (?:are|is|were|was|have been|has been) (?:all )?(?:gone|used up|spent|run out)|(?:spent|used up) (?:all )?(?:of )?(?:our|my|the) (?:life )?savings|(?:don't|do not) have (?:any )?savings"
)


def find_no_money(scene: Scene) -> Iterator[Found]:
    """ "没得收入", "积蓄都花光了": nothing is a figure too."""
    for match in _NO_SAVINGS.finditer(scene.text):
        yield Found("financial_assets_per_capita", *match.span(), value=Decimal(0), sure=0.82, who=HOUSEHOLD)
    for match in _NO_INCOME.finditer(scene.text):
        people, here = scene.about(*match.span())
        clause = scene.clause_at(match.start())
        words = scene.words(clause) if clause else ""
        if scene.household_at(match.start()) or re.search(r"全家|家里|一家|our family|we ", words):
            yield Found("household_income_month", *match.span(), value=Decimal(0), sure=0.85, who=HOUSEHOLD)
        elif people and here:
            yield Found("personal_income_month", *match.span(), value=Decimal(0), sure=0.85, adult=True)
        else:
            yield Found("household_income_month", *match.span(), value=Decimal(0), sure=0.55, who=HOUSEHOLD)
