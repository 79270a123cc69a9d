"""Every step can be reached and left, and every question offers what the desk promises."""

from __future__ import annotations

import pytest

from backend.eligibility.model import Range
from handlers.flow import STEPS
from handlers.messages import Understanding
from tests.chat import Chat
from tests.factories import ZHANG, answer, tell, to_filed

# What is done, and the step it leads to: one long talk through every step there is.
WALK = (
    ("start", "language"), ("中文", "consent"), ("同意，开始", "reporter"), ("我的家人", "relation"), ("别的人", "called"),
    ("!洪大爷", "basis"), ("病重", "situation"), ("!洪大爷83岁，大概瘫了好像几个月", "understood"), ("有的不对", "mend"),
    ("都对了", "understood"), ("对，没错", "question"), ("/language", "language"), ("中文", "question"),
    ("/cancel", "cancel"), ("接着办", "question"), ("/forget", "forget"), ("不删", "question"),
    ("?", "suggestions"), ("还是想申请", "choose"), ("临时救助", "choose"), ("选好了", "documents"), ("以后再交", "details"), ("先不说", "review"),
    ("改电话", "details"), ("返回", "review"), ("返回", "details"), ("返回", "details"), ("先不说", "details"), ("先不说", "review"),
    ("都对，交上去", "filed"), ("notice", "office"), ("以后再答", "filed"), ("再申请一份", "reporter"),
)  # fmt: skip
ELSEWHERE = {"doubt", "whom"}  # have tests of their own


async def do(chat: Chat, what: str) -> None:
    if what == "start":
        await chat.start()
    elif what == "notice":
        reference = next(iter(chat.backend.standing))
        await chat.told(chat.backend.notice("question", reference, question="q", text="？"))
    elif what == "?":
        await answer(chat, {})
    elif what.startswith("!"):
        await chat.say(what[1:])
    elif what.startswith("/"):
        await chat.command(what)
    else:
        await chat.press(what)


async def test_it_reaches_and_leaves_every_step() -> None:
    chat = Chat()
    entered, left = set(), set()
    for what, step in WALK:
        before = chat.conversation.step
        await do(chat, what)
        assert chat.conversation.step == step, (what, chat.said)
        entered.add(step)
        if before != step:
            left.add(before)
    assert entered == set(STEPS) - ELSEWHERE
    assert left == entered


async def at_question(*presses: str) -> Chat:
    chat = Chat()
    await chat.start()
    for words in ("中文", "同意，开始", "我自己", "一个一个问我", *presses):
        await chat.press(words)
    return chat


async def test_it_offers_what_it_promises_with_every_question() -> None:
    chat = await at_question()
    for _ in range(8):
        if chat.last.step != "question":
            break
        kinds = [one.kind for one in chat.last.choices]
        assert chat.last.asks is not None
        assert {"answer", "dont_know", "decline", "why", "back"} <= set(kinds)
        assert len(kinds) <= 8
        assert "大概还有" in chat.last.text
        await chat.press("answer")


async def test_it_asks_at_most_eight_questions_and_says_how_many_are_left() -> None:
    chat = await at_question()
    counts = []
    while chat.last.step == "question":
        counts.append(int(chat.last.text.split("大概还有")[1].split("个")[0]))
        await chat.press("answer")
    assert len(counts) <= 8
    assert counts == sorted(counts, reverse=True)


async def test_it_turns_pages_of_long_lists_and_comes_round_again() -> None:
    chat = await at_question("农村")
    assert chat.last.asks is not None
    assert chat.last.asks.fact == "household_size"
    seen = []
    for _ in range(4):
        seen.append(tuple(one.label for one in chat.last.choices if one.kind == "answer"))
        await chat.press("更多选项")
    assert len(set(seen)) > 1
    assert seen[0] in seen[1:] or len({label for page in seen for label in page}) == 8


async def test_it_shows_every_answer_at_once_where_the_channel_has_room() -> None:
    for channel, whole in (("web", True), ("telegram", False)):
        chat = Chat(channel=channel)  # type: ignore[arg-type]
        await chat.start()
        for words in ("中文", "同意，开始", "我自己", "一个一个问我", "农村"):
            await chat.press(words)
        assert ("更多选项" not in chat.buttons) is whole
        assert ("8个人或更多" in chat.buttons) is whole


@pytest.mark.parametrize("index", range(4))
async def test_it_cuts_ranges_where_the_rules_cut(index: int) -> None:
    chat = await at_question("农村", "2个人")
    assert chat.last.asks is not None
    assert chat.last.asks.fact == "household_income_month"
    choice = chat.last.choices[index]
    await chat.press_id(choice.id)
    assert chat.facts["household_income_month", "household"] == Range(choice.low, choice.high)
    while chat.last.step == "question":
        assert chat.last.asks is not None
        assert chat.last.asks.fact != "household_income_month"
        await chat.press("dont_know")
    assert chat.last.suggestions is not None
    lines = [one for one in chat.last.suggestions if one.programme == "dibao_rural"]
    assert all("收入" not in "".join(one.reasons) or one.truth == "false" for one in lines)


async def test_it_says_why_it_asks_in_the_names_of_programmes() -> None:
    chat = await at_question()
    before = chat.last.asks
    await chat.press("为什么问")
    assert "农村居民最低生活保障" in chat.last.text
    assert chat.last.asks == before


async def test_it_keeps_dont_know_and_declined_apart_and_asks_neither_again() -> None:
    chat = await at_question()
    asked = []
    for words in ("不晓得", "不想说"):
        assert chat.last.asks is not None
        asked.append((chat.last.asks.fact, chat.last.asks.subject))
        await chat.say(words)
    assert chat.facts == {asked[0]: "dont_know", asked[1]: "declined"}
    while chat.last.step == "question":
        assert chat.last.asks is not None
        assert (chat.last.asks.fact, chat.last.asks.subject) not in asked
        await chat.press("dont_know")


async def test_it_offers_a_person_after_two_misunderstandings() -> None:
    chat = await at_question()
    await chat.say("哦嗬嗬嗬")
    assert "人工" not in chat.said
    await chat.say("呜啦啦啦")
    assert "人工" in chat.said
    assert chat.button("human")


async def test_it_asks_about_what_it_did_not_hear_well() -> None:
    chat = await at_question()
    await chat.press("返回")
    chat.conversation.step = "situation"
    await chat.say("我爸好像六十多岁了吧，可能瘫了")
    while chat.last.step != "question":
        if chat.last.step == "doubt":
            assert chat.last.asks is not None
            assert (chat.last.asks.fact, chat.last.asks.subject) not in chat.facts
            await chat.press("no")
            break
        await chat.press("confirm")


async def test_it_asks_before_it_lets_a_later_word_replace_an_earlier_one() -> None:
    chat = Chat()
    await tell(chat, ZHANG)
    await chat.press("confirm")
    assert chat.facts["household_size", "household"] == 3
    await chat.say("家里6口人")
    assert chat.facts["household_size", "household"] == 3
    assert chat.last.step == "doubt"
    assert "现在要改成" in chat.last.text
    await chat.say("是")
    assert chat.facts["household_size", "household"] == 6
    assert chat.conversation.draft.history[-1].value == 3


async def test_it_takes_a_no_for_what_it_is_said_of() -> None:
    chat = await at_question("农村", "2个人")
    assert chat.last.asks is not None
    assert chat.last.asks.fact == "household_income_month"
    await chat.say("没得车")
    assert ("household_income_month", "household") not in chat.facts
    assert chat.facts["vehicle_kind", "household"] == "none"
    assert chat.last.asks.fact == "household_income_month"
    await chat.say("没得")
    assert chat.facts["household_income_month", "household"] == 0


async def test_it_puts_each_fact_on_the_right_person() -> None:
    chat = Chat()
    await tell(chat, ZHANG)
    assert chat.facts["age", "daughter"] == 10
    assert ("age", "self") not in chat.facts
    assert chat.last.understood is not None
    assert {"daughter", "household"} <= {one.who for one in chat.last.understood}
    assert all(one.words and one.shown for one in chat.last.understood)


@pytest.mark.parametrize("said", ["邻居家一个月挣两万", "要是我一个月有五千就好了", "隔壁老王有残疾证，一级"])
async def test_it_stores_nothing_of_neighbours_and_wishes(said: str) -> None:
    chat = Chat()
    await chat.start()
    for words in ("中文", "同意，开始", "我自己"):
        await chat.press(words)
    await chat.say(said)
    assert chat.facts == {}
    assert chat.conversation.draft.story == said


@pytest.mark.parametrize("intent", ["human", "check_status", "help", "my_data"])
async def test_it_follows_harmless_intents_and_goes_on(intent: str) -> None:
    chat = await at_question()
    before = chat.last.asks
    await chat.say("劳烦帮个忙嘛", Understanding(intent=intent, confidence=0.95, margin=0.8))
    assert chat.last.asks == before


@pytest.mark.parametrize("intent", ["delete_my_data", "start_over"])
async def test_it_asks_before_an_intent_takes_anything_away(intent: str) -> None:
    chat = await at_question("农村")
    await chat.say("那就算了嘛", Understanding(intent=intent, confidence=0.99, margin=0.9))
    assert chat.facts
    assert chat.conversation.step in ("forget", "cancel", "question")


async def test_it_offers_the_language_first_in_each_ones_own_name() -> None:
    chat = Chat()
    reply = await chat.start(lang="en-GB")
    assert [one.label for one in reply.choices] == ["中文", "English"]
    assert "您好" in reply.text
    assert "Hello" in reply.text


async def test_it_takes_a_language_chosen_on_the_page_for_a_choice() -> None:
    chat = Chat(channel="web")
    await chat.start(lang="en")
    assert chat.last.step == "consent"
    assert [one.step for one in chat.replies] == ["welcome", "welcome", "consent"]


async def test_it_speaks_of_each_person_in_the_right_words() -> None:
    chat = Chat()
    await chat.start()
    for words in ("English", "Yes, begin", "Family", "My father", "Knows and agrees"):
        await chat.press(words)
    assert "happened to your father" in chat.last.text
    assert "your father's family" in chat.last.text
    await chat.press("I would rather be asked")
    assert "your father's family" in chat.last.text


async def test_it_begins_anew_after_filing_and_carries_nothing_over() -> None:
    chat = Chat()
    await to_filed(chat, ZHANG)
    await chat.press("再申请一份")
    draft = chat.conversation.draft
    assert (draft.facts, draft.people, draft.name, draft.story, draft.submission_id) == (
        [],
        [],
        None,
        "",
        None,
    )
    assert chat.conversation.step == "reporter"
    assert len(chat.conversation.filed) == 1
