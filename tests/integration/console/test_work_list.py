"""The work list: soonest first, overdue in words, filters in the address, and as little about people as it needs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from backend import contract
from backend.casework import service
from backend.console import work_list
from backend.contract import ContactPoint, HelpRequestIn
from tests.integration.console.conftest import NOW, Bench

DIBAO = contract.ApplicationItem(programme="dibao_rural", subject="household", truth="unknown")
URGENT = contract.ApplicationItem(programme="temp_aid_emergency", subject="household", truth="true")
MEDICAL = contract.ApplicationItem(programme="medical_aid_inpatient", subject="self", truth="unknown")


def file(bench: Bench, key: str, item: contract.ApplicationItem = DIBAO, name: str = "洪永福") -> str:
    persons = [contract.PersonIn(id="self", relation="self", name=name)]
    contact = contract.ContactPoint(channel="web", conversation=key, lang="zh")
    return bench.file(key, items=[item], persons=persons, contact=contact).applications[0].reference


async def listed(bench: Bench, url: str = "/console", login: str = "salma") -> list[str]:
    """The references in the list, in its order."""
    answer = await (await bench.browser(login)).get(url)
    assert answer.status_code == 200
    return re.findall(r'class="what"><a href="/console/applications/([^"]+)"', answer.text)


async def test_the_soonest_due_come_first(bench: Bench) -> None:
    bench.clock.moment += timedelta(days=2)
    later = file(bench, "b")  # first in the database, last by its date
    bench.clock.moment -= timedelta(days=2)
    calm = file(bench, "a")
    urgent = file(bench, "c", URGENT)
    shown = await listed(bench)
    assert shown.index(calm) < shown.index(later)
    with bench.desk.database.read() as session:
        from backend.access.staff import actor_of, find_staff

        actor = actor_of(find_staff(session, "salma"))  # type: ignore[arg-type]
        found = work_list.rows(session, actor, work_list.Filters(), bench.desk.catalogue, NOW.date())
    dates = [due for _, due in found]
    assert [one.reference for one, _ in found] == shown
    assert dates == sorted(dates)  # type: ignore[type-var]
    assert {urgent, calm, later} == set(shown)
    assert len(set(dates)) > 1


async def test_it_says_in_words_and_in_red_what_is_overdue(bench: Bench) -> None:
    reference = file(bench, "a")
    assert await listed(bench, "/console?view=late") == []
    bench.clock.moment += timedelta(days=60)
    assert await listed(bench, "/console?view=late") == [reference]
    page = (await (await bench.browser("salma")).get("/console")).text
    assert re.search(r'<span class="due late">已超期\d+天</span>', page)
    assert re.search(r'class="late" ><strong>1</strong>已超期', page)


@pytest.mark.parametrize(
    ("days", "words", "tone"), [(0, "今天到期", "soon"), (-1, "已超期1天", "late"), (2, "还有2天", "soon")]
)
def test_days_left_read_as_people_say_them(days: int, words: str, tone: str) -> None:
    from backend.console.due import due_words
    from locales import translator

    due = due_words(NOW.date() + timedelta(days=days), NOW.date(), translator("zh"))
    assert (due.words, due.tone) == (words, tone)


async def test_views_narrow_it_and_their_counts_agree(bench: Bench) -> None:
    mine, asked, free, closed = (file(bench, key) for key in "abcd")
    salma = await bench.browser("salma")
    for reference in (mine, asked, closed):
        here = f"/console/applications/{reference}"
        await salma.post(f"{here}/take", here)
    await salma.post(f"/console/applications/{asked}/ask", f"/console/applications/{asked}/ask", text="？")
    here = f"/console/applications/{closed}"
    await salma.post(f"{here}/approve", f"{here}/approve", reason="好", step="confirm")
    wanted = {
        "open": {mine, asked, free},
        "mine": {mine, asked},
        "unassigned": {free},
        "late": set(),
        "waiting": {asked},
        "closed": {closed},
    }
    page = (await salma.get("/console")).text
    for view, references in wanted.items():
        assert set(await listed(bench, f"/console?view={view}")) == references, view
        label = {"open": "全部在办", "mine": "我在办的", "unassigned": "还没人接的", "late": "已超期",
                 "waiting": "等群众回复", "closed": "已办结"}[view]  # fmt: skip
        assert f"<strong>{len(references)}</strong>{label}" in page, view
    assert set(await listed(bench, "/console?view=mine", "jin")) == set()


async def test_it_finds_by_name_reference_and_programme(bench: Bench) -> None:
    hong, zhang = file(bench, "a"), file(bench, "b", name="张_桂%英")
    urgent = file(bench, "c", URGENT, name="陈德贵")
    for search, found in {
        "洪永福": {hong},
        "德贵": {urgent},
        hong.lower(): {hong},
        "临时救助": {urgent},
        "dibao": set(),
        bench.desk.catalogue.programmes["dibao_rural"].name["en"].upper(): {hong, zhang},
        "周明": {hong, zhang, urgent},  # who reported
        "_": {zhang},  # not "any character"
        "%": {zhang},
        "'; drop table applications; --": set(),
        "没有这个人": set(),
    }.items():
        browser = await bench.browser("salma")
        answer = await browser.client.get("/console", params={"q": search})
        shown = set(re.findall(r'class="what"><a href="/console/applications/([^"]+)"', answer.text))
        assert shown == found, search
    page = (await (await bench.browser("salma")).get("/console?q=zzz")).text
    assert "没有找到" in page


async def test_it_filters_by_status_and_department(bench: Bench) -> None:
    dibao, medical = file(bench, "a"), file(bench, "b", MEDICAL)
    assert set(await listed(bench, "/console", "boss")) == {dibao, medical}
    assert await listed(bench, "/console?department=medical_security", "boss") == [medical]
    assert await listed(bench, "/console?department=medical_security", "salma") == []
    assert await listed(bench, "/console?status=in_review", "boss") == []
    service.take(bench.desk, _actor(bench, "salma"), dibao)
    assert await listed(bench, "/console?status=in_review", "boss") == [dibao]


@pytest.mark.parametrize(
    "query",
    [
        "view=made-up",
        "status=zzz",
        "page=0",
        "page=-1",
        "page=99999999999",
        "page=٣",
        "q=%00",
        "department=%00x",
    ],
)
async def test_an_odd_address_is_a_page(bench: Bench, query: str) -> None:
    file(bench, "a")
    assert (await (await bench.browser("salma")).get(f"/console?{query}")).status_code == 200


async def test_it_turns_pages_and_keeps_the_filters(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    references = {file(bench, f"k{number}") for number in range(5)}
    for module in ("backend.console.work_list.PAGE", "backend.console.work_pages.PAGE"):
        monkeypatch.setattr(module, 2)
    seen: list[str] = []
    url = "/console?view=unassigned"
    browser = await bench.browser("salma")
    for _ in range(3):
        page = (await browser.get(url)).text
        seen += re.findall(r'class="what"><a href="/console/applications/([^"]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = following[1].replace("&amp;", "&") if following else ""
        assert not url or "view=unassigned" in url
    assert url == ""
    assert sorted(seen) == sorted(references)


async def test_a_list_shows_no_whole_name_and_no_telephone(bench: Bench) -> None:
    file(bench, "a")
    page = (await (await bench.browser("salma")).get("/console")).text
    assert "洪**" in page
    assert "洪永福" not in page
    assert "周明" not in page
    assert "13800000001" not in page


async def test_an_empty_list_says_what_to_expect(bench: Bench) -> None:
    page = (await (await bench.browser("salma")).get("/console")).text
    assert "没有在办的事项" in page


async def test_those_who_need_somebody_stand_at_the_top_the_urgent_ones_first(bench: Bench) -> None:
    def ask(kind: str, urgent: str | None, key: str) -> str:
        contact = ContactPoint(channel="telegram", conversation=key, lang="zh")
        request = HelpRequestIn(kind=kind, urgent=urgent, contact=contact)  # type: ignore[arg-type]
        return service.open_help(bench.desk, "bot", key, request)

    calm = ask("human", None, "h1")
    bench.clock.moment += timedelta(minutes=5)
    urgent = ask("urgent", "self_harm", "h2")
    browser = await bench.browser("tan")
    page = (await browser.get("/console")).text
    assert re.findall(r'href="/console/help/([^"]+)"', page) == [urgent, calm]
    here = f"/console/help/{urgent}"
    task = (await browser.get(here)).text
    assert "12356" in task
    assert (await browser.post(f"{here}/take", here)).status_code == 303
    colleague = await bench.browser("jin")
    assert "谭丽正在处理" in (await colleague.get("/console")).text
    secret = await colleague.form(here)
    answer = await colleague.client.post(f"{here}/take", data=secret)
    assert (answer.status_code, "刚才有同事先动手了" in answer.text) == (409, True)
    assert (await browser.post(f"{here}/done", here, outcome="  ")).status_code == 422
    assert (await browser.post(f"{here}/done", here, outcome="已送到医院，家人陪着。")).status_code == 303
    assert re.findall(r'href="/console/help/([^"]+)"', (await browser.get("/console")).text) == [calm]
    late = await colleague.client.post(f"{here}/done", data=secret | {"outcome": "我也联系了"})
    assert late.status_code == 409
    assert "已送到医院，家人陪着。" in late.text


def _actor(bench: Bench, login: str):
    from backend.access.staff import actor_of, find_staff

    with bench.desk.database.read() as session:
        return actor_of(find_staff(session, login))  # type: ignore[arg-type]
