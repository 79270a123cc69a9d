"""Words that cannot wait, and words that only sound like them."""

from __future__ import annotations

import pytest

from handlers.interpretation.urgent import find_urgent

LOUD = {
    "self_harm": [
        "我不想活了", "活着没得意思", "想自杀", "我真的想死", "准备喝农药算了", "不如死了算了", "我想跳楼", "想带着娃儿一起死", "活不下去了",
        "I want to die", "I want to kill myself", "I have been thinking about suicide", "there is no point in going on", "I don't want to live",
    ],
    "violence": [
        "老公天天打我", "我被家暴", "他喝了酒就打人", "男人拿刀要砍我", "我遭婆家的人打了", "他威胁要弄死我", "husband beats me every night",
        "he threatened to kill me", "domestic violence at home", "my partner hits me",
    ],
    "child_at_risk": [
        "娃儿没人管，一个人锁在家里", "隔壁那个继父虐待孩子", "小孩几天没人照顾", "有人猥亵儿童", "捡到一个弃婴", "the child has been abandoned", "the kids are left alone all night", "nobody looks after the children",
    ],
    "medical": [
        "我爸昏迷了", "我妈吐血不止", "喘不过气来", "救命啊", "胸口痛得受不了", "正在抢救", "叫不醒了", "he is unconscious", "she can't breathe", "he is having a heart attack", "call an ambulance",
    ],
    "no_shelter": [
        "没得地方住", "今晚睡桥洞", "被房东赶出来了", "流浪好几天了", "我们无家可归", "I am homeless", "we have nowhere to sleep", "we were evicted", "I sleep under a bridge",
    ],
    "hunger": [
        "家里没得米下锅了", "揭不开锅", "两天没吃饭了", "娃儿饿得哭，没饭吃", "吃了上顿没下顿", "we have nothing to eat", "no food at home", "I haven't eaten for two days", "my kids are hungry",
    ],
}  # fmt: skip
QUIET = [
    "累死了", "饿死了，先去吃饭", "给我打电话", "我在外面打工", "他打我电话没接", "打了一针", "我爸瘫在床上", "不是家暴", "我没想过自杀", "这是救命钱", "忙死了", "热死人了",
    "热心人", "打麻将输了", "他去打针了", "孩子打疫苗", "以前住过桥洞边上的房子", "家里三口人", "我想死你了", "I'm dying to know", "I am dead tired", "he does not hit me", "to kill time",
    "call me on the phone", "we live in Yongchuan", "低保多少钱", "吃饭没问题", "不会自杀的", "I'm not suicidal", "我们村以前有人喝酒", "电视上有人跳楼",
    "楼价跳水", "一般不打人", "娃儿很乖", "上班路上", "流浪狗太多", "",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in LOUD.items() for text in texts])
def test_it_hears_what_cannot_wait(kind: str, text: str) -> None:
    assert find_urgent(text) == kind


@pytest.mark.parametrize("text", QUIET)
def test_it_stays_calm(text: str) -> None:
    assert find_urgent(text) is None


def test_it_hears_it_in_any_writing() -> None:
    assert find_urgent("我不\u200b想活 了".replace(" ", "")) == "self_harm"
    assert find_urgent("我想自殺") == "self_harm"
    assert find_urgent("ＩＷＡＮＴ ｔｏ die") is None
    assert find_urgent("I WANT TO DIE") == "self_harm"


def test_it_puts_a_life_first() -> None:
    assert find_urgent("没饭吃，也没地方住，我不想活了") == "self_harm"
    assert find_urgent("老公打我，娃儿也没饭吃") == "violence"
