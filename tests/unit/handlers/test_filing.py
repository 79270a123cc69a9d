"""Filing: everything said goes along with its words, once, whatever happens on the way."""

from __future__ import annotations

from handlers.steps.details import phone_in
from tests.chat import Chat
from tests.factories import HONG, ZHANG, answer, tell, to_filed, to_review
from tests.fakes.intake import FakeIntake


async def test_it_gives_every_fact_the_words_or_the_button_it_came_from() -> None:
    chat = Chat()
    await to_filed(chat, HONG)
    (filed,) = chat.backend.submissions.values()
    said = {line.message: line.text for line in filed.transcript if line.who == "reporter"}
    assert len(filed.facts) >= 6
    for fact in filed.facts:
        evidence = fact.evidence
        assert (evidence.words is None) != (evidence.choice is None), fact
        assert evidence.message in said
        assert evidence.said_by == "officer"
        assert evidence.confirmed
        if evidence.words is not None:
            assert evidence.span is not None
            start, end = evidence.span
            assert said[evidence.message][start:end] == evidence.words


async def test_it_files_several_for_several_people_in_one_go() -> None:
    chat = Chat()
    await to_review(chat, ZHANG)
    chosen = chat.conversation.draft.chosen
    await chat.press("file")
    (filed,) = chat.backend.submissions.values()
    assert [(one.programme, one.subject) for one in filed.items] == chosen
    assert {"self", "daughter"} <= {one.id for one in filed.persons}
    assert filed.story.startswith("我女儿10岁")
    assert chat.last.receipt is not None
    assert len(chat.last.receipt["applications"]) == len(chosen)
    assert set(chat.last.receipt["applications"][0]) >= {
        "programme",
        "reference",
        "due_on",
        "name",
        "whom",
        "due",
    }


async def test_it_sends_the_same_body_again_when_the_answer_was_lost() -> None:
    chat = Chat(backend=FakeIntake(lose_answer=True))
    await to_review(chat, HONG)
    await chat.press("file")
    assert chat.last.step == "review"
    assert "不会重复" in chat.said
    await chat.say("怎么还没好？")
    await chat.command("/back")
    assert chat.last.step == "review"
    chat.backend.lose_answer = False
    await chat.press("file")
    assert chat.last.step == "filed"
    assert len(chat.backend.submissions) == 1


async def test_it_keeps_the_draft_when_the_intake_refuses() -> None:
    chat = Chat(backend=FakeIntake())
    await to_review(chat, HONG)
    facts = chat.facts
    chat.backend.refuse = True
    await chat.press("file")
    assert chat.last.step == "review"
    assert chat.facts == facts
    chat.backend.refuse = False
    await chat.press("file")
    assert chat.last.step == "filed"


async def test_it_never_files_from_words() -> None:
    chat = Chat()
    await to_review(chat, HONG)
    for words in ("好", "提交", "交上去", "yes", "申请", "确认"):
        await chat.say(words)
        assert not chat.backend.submissions


async def test_it_makes_the_id_when_the_review_is_first_shown_and_keeps_it() -> None:
    chat = Chat()
    await to_review(chat, HONG)
    made = chat.conversation.draft.submission_id
    assert made
    await chat.press("改名字")
    await chat.say("洪建国")
    assert chat.conversation.draft.submission_id == made
    await chat.press("file")
    assert list(chat.backend.submissions) == [made]


async def test_it_hides_an_identity_number_everywhere() -> None:
    chat = Chat()
    await tell(chat, ZHANG)
    await chat.say("我的身份证号码500118196803021234，女儿12岁")
    await chat.press("confirm")
    await answer(chat, ZHANG.answers)
    await chat.press("还有情况要说")
    await chat.say("银行卡6222021234567890123")
    assert "1968030" not in str(chat.conversation)
    assert "62220212" not in str(chat.conversation)


async def test_it_takes_a_telephone_number_and_nothing_that_is_none() -> None:
    assert phone_in("13800000000") == "13800000000"
    assert phone_in("我的电话是 138-0000-0000，谢谢") == "13800000000"
    assert phone_in("１３８００００００００") == "13800000000"
    assert phone_in("+86 138 0000 0000") == "+8613800000000"
    assert phone_in("500118196803021234") is None
    assert phone_in("没有") is None
    assert phone_in("13800000000 或者 13900000000") is None


async def test_it_files_a_very_long_talk_within_what_the_intake_takes() -> None:
    chat = Chat()
    await to_review(chat, HONG)
    for number in range(60):
        await chat.say(f"第{number}句，" + "家里的事情一言难尽。" * 390)
    while chat.last.step != "review":
        await chat.press("confirm" if chat.last.step in ("understood", "doubt") else "返回")
    await chat.press("file")
    (filed,) = chat.backend.submissions.values()
    assert len(filed.model_dump_json().encode()) < 1024 * 1024
    reporter = [line.text for line in filed.transcript if line.who == "reporter"]
    assert reporter[0] == "中文"
    assert reporter[-1].startswith("都对，交上去")


async def test_it_says_when_somebody_else_was_spoken_of() -> None:
    chat = Chat()
    await chat.start()
    for words in ("中文", "同意，开始", "我自己"):
        await chat.press(words)
    await chat.say("我岳母80岁了")
    assert chat.facts == {}
    assert "家里以外的人" in chat.said
