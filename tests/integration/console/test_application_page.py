"""The application page: every field beside its words, and nothing that people wrote can play tricks on the reader."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from backend import contract
from backend.casework import service
from tests.integration.console.conftest import Bench
from tests.integration.console.filings import STORY, facts, hong, lines, tapped, words

DIBAO = 1  # of Hong's two applications


async def page_of(bench: Bench, login: str = "salma", *, lang: str = "zh", **changed: object) -> str:
    reference = bench.file(**changed).applications[DIBAO].reference
    return await open_page(bench, reference, login, lang=lang)


async def open_page(bench: Bench, reference: str, login: str = "salma", *, lang: str = "zh") -> str:
    answer = await (await bench.browser(login)).get(f"/console/applications/{reference}", lang=lang)
    assert answer.status_code == 200
    return answer.text


def fields(page: str) -> list[str]:
    """The pieces of the page that each show one field."""
    return re.split(r'<div class="fact ?[a-z]*" id="f-', page)[1:]


async def test_every_field_stands_beside_its_words_or_the_button_that_was_tapped(bench: Bench) -> None:
    shown = fields(await page_of(bench))
    told = facts()
    assert len(shown) == len(told)
    for fact in told:
        label = bench.desk.catalogue.facts[fact.fact].label["zh"]
        piece = next(one for one in shown if f'<div class="label">{label}</div>' in one)
        if fact.evidence.words:
            assert f"<mark>{fact.evidence.words}</mark>" in piece, label
            assert 'class="sure' in piece
        else:
            assert f'<span class="tapped">{fact.evidence.choice}</span>' in piece, label
        assert "信息员说 周明" in piece
        assert ("提交前核对过" in piece) is fact.evidence.confirmed


async def test_the_sentence_is_the_person_s_own(bench: Bench) -> None:
    page = await page_of(bench)
    for quoted in re.findall(r'<p class="words" lang="zh">(.*?)</p>', page):
        assert html.unescape(re.sub("</?mark>", "", quoted)) in STORY


async def test_values_read_as_people_say_them(bench: Bench) -> None:
    values = re.findall(r'<div class="value">(.*?)</div>', await page_of(bench))
    assert "每月400元到500元" in values
    assert "农村" in values
    assert {"说不清楚", "不愿意说"} <= set(values)  # never as "no"


@pytest.mark.parametrize(
    ("sureness", "said"), [(0.2, "没把握"), (0.5, "不太有把握"), (0.7, "比较有把握"), (0.9, "很有把握")]
)
async def test_it_says_how_sure_the_reading_is(bench: Bench, sureness: float, said: str) -> None:
    page = await page_of(
        bench, facts=[words("residence_area", "household", "住在村上", value="rural", sureness=sureness)]
    )
    assert said in fields(page)[0]


async def test_what_was_said_before_a_correction_stays_to_be_seen(bench: Bench) -> None:
    first = tapped("household_size", "household", "三个人", "m3", value=3)
    later = words("household_size", "household", "就他和老伴", value=2)
    page = await page_of(bench, facts=[first, later])
    (field,) = fields(page)
    assert '<div class="value">2人</div>' in field
    assert "<summary>之前说过1次不同的</summary>" in field
    assert "三个人" in field


async def test_it_shows_words_whose_message_is_not_there(bench: Bench) -> None:
    page = await page_of(
        bench, transcript=[], facts=[words("residence_area", "household", "住在村上", value="rural")]
    )
    assert "<mark>住在村上</mark>" in page
    assert "看对话" not in page


async def test_it_says_what_would_settle_it_and_offers_to_ask(bench: Bench) -> None:
    reference = bench.file().applications[DIBAO].reference
    browser = await bench.browser("salma")
    await browser.post(f"/console/applications/{reference}/take", f"/console/applications/{reference}")
    page = (await browser.get(f"/console/applications/{reference}")).text
    assert "还判断不了" in page
    assert f"/console/applications/{reference}/ask?about=houses_owned%40household" in page
    assert "住房套数" in page


async def test_it_tells_the_whole_story_in_order(bench: Bench) -> None:
    reference = bench.file().applications[DIBAO].reference
    browser = await bench.browser("salma")
    here = f"/console/applications/{reference}"
    for action, fields_ in (("/take", {}), ("/ask", {"text": "还在住院吗？"})):
        bench.clock.moment += timedelta(hours=1)
        assert (
            await browser.post(here + action, here + ("/ask" if fields_ else ""), **fields_)
        ).status_code == 303
    page = (await browser.get(here)).text
    told = re.findall(r"<strong>(.*?)</strong>", page[page.index('class="timeline"') :])
    wanted = ["提交了申请", "开始审核", "问群众，等回复"]
    assert [line for line in told if line in wanted] == wanted


async def test_a_notice_that_did_not_arrive_asks_for_a_call(bench: Bench) -> None:
    from backend.outbox import queue

    reference = bench.file().applications[DIBAO].reference
    with bench.desk.database.write() as session:
        notice = queue.claim(session, "bot", "w1", 1, 60, bench.clock.now())[0]
    service.acknowledge(bench.desk, "bot", notice.id, "w1", "blocked")
    page = await open_page(bench, reference)
    assert "通知没送到，请打电话" in page
    assert "13800000001" in page
    work = (await (await bench.browser("salma")).get("/console")).text
    assert "通知没送到，要打电话" in work
    assert "13800000001" not in work


async def test_it_points_at_what_may_be_a_second_filing(bench: Bench) -> None:
    first = bench.file("s1").applications[DIBAO].reference
    second = bench.file("s2").applications[DIBAO].reference
    page = await open_page(bench, second)
    assert "可能重复" in page
    assert first in page


async def test_it_names_consent_that_cannot_be_given(bench: Bench) -> None:
    reporter = contract.ReporterIn(kind="proxy", name="洪小军", relation="father", consent="cannot_consent")
    page = await page_of(bench, reporter=reporter)
    assert "本人无法表示同意" in page
    assert "代办人 洪小军" in page


TRICKS = {
    "right-to-left": ("王\u202e明小", "王⟦U+202E⟧明小"),
    "zero width": ("王\u200b小明", "王⟦U+200B⟧小明"),
    "blank letter": ("王\u3164", "王⟦U+3164⟧"),
    "stacked marks": ("王z\u0301\u0302\u0303\u0304", "王z\u0301\u0302⟦U+0303⟧⟦U+0304⟧"),
    "id number": ("王500118196803021234", "王500***********1234"),
    "emoji": ("王👨‍👩‍👧", "王👨‍👩‍👧"),
}


@pytest.mark.parametrize("name", TRICKS)
async def test_it_shows_what_would_not_be_seen(bench: Bench, name: str) -> None:
    written, shown = TRICKS[name]
    persons = [contract.PersonIn(id="self", relation="self", name=written)]
    page = await page_of(bench, persons=persons, facts=[], story=written)
    assert shown in page
    assert (written in page) is (written == shown)


ATTACKS = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "</textarea><script>alert(1)</script>",
    "{{7*7}} {% raw %} ${7*7} {0.__class__} %(name)s %s",
    "'onmouseover='alert(1)",
    "javascript:alert(1)",
]


class Tags(HTMLParser):
    """Counts what a browser would act on."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


@pytest.mark.parametrize("attack", ATTACKS)
async def test_nothing_that_people_write_is_more_than_text(bench: Bench, attack: str) -> None:
    """The same page with and without the attack in every field has the same tags and attributes."""

    def filed(text: str, key: str) -> str:
        short = text[:60]
        start = 2
        fact = words("residence_area", "household", "住在村上", value="rural")
        told = contract.Evidence(
            words=text,
            span=(start, start + len(text)),
            message="m1",
            said_by="officer",
            said_at=lines()[0].at,
            sureness=0.9,
        )
        made = hong(
            bench.desk.catalogue,
            reporter=contract.ReporterIn(
                kind="officer", name=short, phone=short, relation=short, consent="spoken"
            ),
            contact=contract.ContactPoint(channel="web", conversation=key, lang="zh"),
            persons=[
                contract.PersonIn(id="self", relation="self", name=short),
                contract.PersonIn(id="son", relation="son", name=short),
            ],
            facts=[
                fact.model_copy(update={"evidence": told}),
                tapped("owns_shop", "household", text, "m5", value=False),
                tapped("houses_owned", "household", text, "m7", state="dont_know"),
            ],
            story=text,
            transcript=[
                contract.TranscriptLine(message="m1", at=told.said_at, who="reporter", text=f"我说{text}。")
            ],
        )
        return service.submit(bench.desk, "bot", key, made).applications[DIBAO].reference

    pages = []
    for number, text in enumerate((attack, "平常的话")):
        reference = filed(text, f"k{number}")
        browser = await bench.browser("salma")
        here = f"/console/applications/{reference}"
        await browser.post(f"{here}/take", here)
        await browser.post(f"{here}/ask", f"{here}/ask", text=text)
        await browser.post(f"{here}/go-on", f"{here}/go-on", reason=text, step="confirm")
        preview = await browser.post(f"{here}/deny", f"{here}/deny", reason=text)
        await browser.post(f"{here}/deny", f"{here}/deny", reason=text, step="confirm")
        case = await browser.get(here)
        found = await browser.client.get("/console", params={"q": text, "view": "closed"})
        assert {preview.status_code, case.status_code, found.status_code} == {200}
        if text == attack:
            assert html.escape(text, quote=False).replace('"', "&#34;").replace("'", "&#39;") in case.text
        pages.append([Tags(one.text).found for one in (preview, case, found)])
    assert pages[0][:2] == pages[1][:2]
    assert [tag for tag in pages[0][2] if tag[0] in ("script", "img")] == [
        tag for tag in pages[1][2] if tag[0] in ("script", "img")
    ]
