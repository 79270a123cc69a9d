"""What a caseworker does, from taking a case to the decision, and what happens when the case has moved on meanwhile."""

from __future__ import annotations

import html
import re
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from backend import contract
from backend.casework import service
from backend.casework.models import Application, CaseQuestion
from backend.outbox.models import OutboxRow
from handlers.conversation import Conversation, Filed, Person, Reporter
from handlers.notices import render
from tests.integration.console.conftest import NOW, Bench, Browser
from tests.integration.console.filings import SAID_AT

REASON = "家里收入低于标准，从12月起每月10号前打到卡上。"


def url(reference: str, action: str = "") -> str:
    return f"/console/applications/{reference}{action}"


async def taken(bench: Bench, login: str = "salma", **changed: object) -> tuple[str, Browser]:
    """A case that this caseworker has taken, and their browser."""
    reference = bench.file(**changed).applications[1].reference
    browser = await bench.browser(login)
    answer = await browser.post(url(reference, "/take"), url(reference))
    assert (answer.status_code, answer.headers["location"]) == (303, url(reference) + "?done=take")
    return reference, browser


def kept(bench: Bench, reference: str) -> SimpleNamespace:
    """How the case stands in the database."""
    with bench.desk.database.read() as session:
        one = session.scalars(select(Application).where(Application.reference == reference)).one()
        return SimpleNamespace(status=one.status, by=one.assigned_to, version=one.version)


def notices(bench: Bench, reference: str) -> list[OutboxRow]:
    with bench.desk.database.read() as session:
        rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id))
        return [row for row in rows if row.parameters.get("reference") == reference]


def letter_in(page: str) -> str:
    """The letter of the confirmation page, as text."""
    found = re.search(r'<div class="letter"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


async def test_it_is_taken_and_given_back(bench: Bench) -> None:
    reference, browser = await taken(bench)
    assert (kept(bench, reference).status, kept(bench, reference).by) == (
        "in_review",
        bench.staff_id("salma"),
    )
    page = await browser.get(url(reference) + "?done=take")
    assert "接好了" in page.text
    assert (await browser.post(url(reference, "/give-back"), url(reference))).status_code == 303
    assert kept(bench, reference).by is None
    assert "我来办" in (await browser.get(url(reference))).text


async def test_a_town_clerk_accepts(bench: Bench) -> None:
    reference = bench.file().applications[1].reference
    browser = await bench.browser("tan")
    page = await browser.get(url(reference))
    assert "受理</button>" in page.text
    assert (await browser.post(url(reference, "/take"), url(reference))).status_code == 303
    assert kept(bench, reference).status == "accepted"


@pytest.mark.parametrize(
    ("action", "status", "words"),
    [
        ("approve", "approved", "确认同意"),
        ("deny", "denied", "确认不同意"),
        ("withdraw", "withdrawn", "确认撤回"),
    ],
)
async def test_it_shows_what_the_resident_will_read_and_then_sends_just_that(
    bench: Bench, action: str, status: str, words: str
) -> None:
    reference, browser = await taken(bench)
    here = url(reference, f"/{action}")
    preview = await browser.post(here, here, reason=REASON)
    assert preview.status_code == 200
    assert words in preview.text
    assert kept(bench, reference).status == "in_review"  # nothing has happened yet
    answer = await browser.post(here, here, reason=REASON, step="confirm")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{url(reference)}?done={action}")
    assert kept(bench, reference).status == status
    row = notices(bench, reference)[-1]
    assert (row.kind, row.parameters["reason"]) == (status, REASON)
    assert letter_in(preview.text) == told(bench, row)


async def test_a_message_is_shown_and_sent_word_for_word(bench: Bench) -> None:
    reference, browser = await taken(bench)
    here = url(reference, "/message")
    preview = await browser.post(here, here, reason="请把住院发票留好，{0} %s <b>不急</b>。")
    assert (
        await browser.post(here, here, reason="请把住院发票留好，{0} %s <b>不急</b>。", step="confirm")
    ).status_code == 303
    assert letter_in(preview.text) == told(bench, notices(bench, reference)[-1])
    assert kept(bench, reference).status == "in_review"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("reporter", "subject"),
    [
        (Reporter(kind="self"), "self"),
        (Reporter(kind="self"), "daughter"),
        (Reporter(kind="proxy", relation="father", consent="spoken"), "self"),
        (Reporter(kind="proxy", relation="other", consent="spoken"), "self"),
        (Reporter(kind="officer", name="周明", consent="spoken"), "spouse"),
    ],
)
async def test_the_letter_names_people_as_the_chat_does(
    bench: Bench, reporter: Reporter, subject: str, lang: str
) -> None:
    people = [Person("spouse", "spouse"), Person("daughter", "daughter", name="小雨")]
    reference, browser = await taken(
        bench,
        login="otto",
        reporter=contract.ReporterIn(
            kind=reporter.kind, name=reporter.name, relation=reporter.relation, consent=reporter.consent
        ),
        contact=contract.ContactPoint(channel="web", conversation="c-1", lang=lang),
        persons=[
            contract.PersonIn(id="self", relation="self", name="洪永福"),
            *(contract.PersonIn(id=one.id, relation=one.relation, name=one.name) for one in people),
        ],
        items=[
            contract.ApplicationItem(programme="dibao_rural", subject="household", truth="unknown"),
            contract.ApplicationItem(programme="medical_aid_inpatient", subject=subject, truth="unknown"),
        ],
    )
    here = url(reference, "/deny")
    preview = await browser.post(here, here, reason=REASON)
    assert (await browser.post(here, here, reason=REASON, step="confirm")).status_code == 303
    filed = Filed("", SAID_AT, [{"reference": reference}], reporter, people, "洪永福")
    assert letter_in(preview.text) == told(bench, notices(bench, reference)[-1], filed, lang)


def told(bench: Bench, row: OutboxRow, filed: Filed | None = None, lang: str = "zh") -> str:
    """The notice as the conversation renders it, from the same outbox row."""
    notice = contract.Notice(
        id=row.notice,
        kind=row.kind,  # type: ignore[arg-type]
        contact=contract.ContactPoint(channel="web", conversation="c-1", lang=row.lang),
        parameters=row.parameters,
        created_at=row.created_at,
    )
    conversation = Conversation(id="c-1", channel="web", lang=lang, filed=[filed] if filed else [])
    turn = SimpleNamespace(conversation=conversation, catalogue=bench.desk.catalogue)
    return render(turn, notice).text  # type: ignore[arg-type]


@pytest.mark.parametrize("action", ["approve", "deny", "withdraw", "message"])
@pytest.mark.parametrize("reason", ["", "  \n ", "长" * 2001])
async def test_it_asks_again_for_words_that_are_missing_or_too_long(
    bench: Bench, action: str, reason: str
) -> None:
    reference, browser = await taken(bench)
    here = url(reference, f"/{action}")
    answer = await browser.post(here, here, reason=reason, step="confirm")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert reason.strip() in answer.text
    assert kept(bench, reference).status == "in_review"


async def test_the_words_can_be_changed_after_the_preview(bench: Bench) -> None:
    reference, browser = await taken(bench)
    here = url(reference, "/approve")
    answer = await browser.post(here, here, reason=REASON, step="edit")
    assert f">{REASON}</textarea>" in answer.text
    assert kept(bench, reference).status == "in_review"


async def test_a_question_about_a_fact_lands_in_the_field_and_in_the_case(bench: Bench) -> None:
    reference, browser = await taken(bench)
    page = await browser.get(url(reference) + "/ask?about=houses_owned@household")
    assert 'value="houses_owned@household" data-question="' in page.text
    ready = bench.desk.catalogue.facts["houses_owned"].question["zh"]
    assert f">{ready}</textarea>" in page.text
    answer = await browser.post(
        url(reference, "/ask"), url(reference, "/ask"), about="houses_owned@household"
    )
    assert answer.status_code == 303
    question = notices(bench, reference)[-1].parameters
    assert (question["text"], question["fact"]) == (ready, "houses_owned")
    assert kept(bench, reference).status == "waiting_for_resident"
    assert ready in (await browser.get(url(reference))).text
    said = contract.StatedFact(
        fact="houses_owned",
        subject="household",
        value=1,
        evidence=contract.Evidence(
            words="就一套老房子", span=(0, 6), message="a9", said_by="officer", said_at=NOW, sureness=0.95
        ),
    )
    reply = contract.AnswerIn(question=str(question["question"]), text="就一套老房子，土墙的", fact=said)
    service.record_answer(bench.desk, "bot", "a9", reference, reply)
    page_text = (await browser.get(url(reference))).text
    assert "<mark>就一套老房子</mark>，土墙的" in page_text
    assert "回答经办员的问题" in page_text
    assert kept(bench, reference).status == "in_review"


async def test_a_question_in_free_words_goes_out_as_written(bench: Bench) -> None:
    reference, browser = await taken(bench)
    text = "大爷现在在哪个医院？"
    answer = await browser.post(url(reference, "/ask"), url(reference, "/ask"), text=text)
    assert answer.status_code == 303
    with bench.desk.database.read() as session:
        question = session.scalars(select(CaseQuestion)).one()
    assert (question.text, question.fact) == (text, None)


@pytest.mark.parametrize(
    ("about", "text", "status"),
    [
        ("", "", 422),
        ("", "问" * 2001, 422),
        ("made_up@household", "x", 400),
        ("houses_owned@stranger", "x", 400),
    ],
)
async def test_it_refuses_a_question_that_is_none(bench: Bench, about: str, text: str, status: int) -> None:
    reference, browser = await taken(bench)
    answer = await browser.post(url(reference, "/ask"), url(reference, "/ask"), about=about, text=text)
    assert answer.status_code == status
    assert kept(bench, reference).status == "in_review"


async def test_it_goes_on_without_an_answer_and_says_why(bench: Bench) -> None:
    reference, browser = await taken(bench)
    await browser.post(url(reference, "/ask"), url(reference, "/ask"), text="还在住院吗？")
    here = url(reference, "/go-on")
    assert (await browser.post(here, here, reason="打电话问过了", step="confirm")).status_code == 303
    page = (await browser.get(url(reference))).text
    assert kept(bench, reference).status == "in_review"
    assert "打电话问过了" in page


async def test_a_colleague_s_case_can_be_taken_over_knowingly(bench: Bench) -> None:
    reference, _ = await taken(bench)
    browser = await bench.browser("jin")
    page = (await browser.get(url(reference))).text
    assert "沙玛正在办" in page
    assert "同意</a>" not in page
    assert (await browser.post(url(reference, "/take"), url(reference))).status_code == 409
    assert (await browser.post(url(reference, "/take-over"), url(reference))).status_code == 303
    assert kept(bench, reference).by == bench.staff_id("jin")


async def test_it_loses_no_words_when_the_case_has_moved_on(bench: Bench) -> None:
    """Two at once: the second sees how it stands beside what they wrote, and nothing is overwritten."""
    reference, browser = await taken(bench)
    form = await browser.form(url(reference, "/approve"))
    service.ask_question(bench.desk, _actor(bench, "salma"), reference, "还住在医院吗？")  # from another tab
    answer = await browser.client.post(
        url(reference, "/approve"), data=form | {"reason": REASON, "step": "confirm"}
    )
    assert answer.status_code == 409
    assert "等群众回复" in answer.text  # how it stands now
    assert "还住在医院吗？" in answer.text
    assert f"readonly>{REASON}</textarea>" in answer.text  # what was typed; no longer possible, can be copied
    assert kept(bench, reference).status == "waiting_for_resident"


async def test_it_offers_to_do_it_again_when_that_is_still_possible(bench: Bench) -> None:
    reference, browser = await taken(bench)
    form = await browser.form(url(reference, "/deny"))
    await browser.post(url(reference, "/give-back"), url(reference))
    await browser.post(url(reference, "/take"), url(reference))
    preview = await browser.client.post(url(reference, "/deny"), data=form | {"reason": REASON})
    assert preview.status_code == 409  # already before anything is confirmed
    answer = await browser.client.post(
        url(reference, "/deny"), data=form | {"reason": REASON, "step": "confirm"}
    )
    assert answer.status_code == 409
    assert f'name="reason">{REASON}</textarea>' in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text)
    assert version
    assert version[1] == str(kept(bench, reference).version)
    answer = await browser.client.post(
        url(reference, "/deny"),
        data={"csrf": form["csrf"], "version": version[1], "reason": REASON, "step": "confirm"},
    )
    assert answer.status_code == 303
    assert kept(bench, reference).status == "denied"


async def test_a_question_typed_meanwhile_is_kept_too(bench: Bench) -> None:
    reference, browser = await taken(bench)
    form = await browser.form(url(reference, "/ask"))
    service.decide(bench.desk, _actor(bench, "salma"), reference, "approved", REASON)
    answer = await browser.client.post(url(reference, "/ask"), data=form | {"text": "有几个孩子？"})
    assert answer.status_code == 409
    assert "已同意" in answer.text
    assert "readonly>有几个孩子？</textarea>" in answer.text


@pytest.mark.parametrize("action", ["/approve", "/deny", "/withdraw", "/ask", "/go-on", "/message"])
async def test_a_closed_case_says_so(bench: Bench, action: str) -> None:
    reference, browser = await taken(bench)
    form = await browser.form(url(reference))
    service.decide(bench.desk, _actor(bench, "salma"), reference, "denied", REASON)
    answer = await browser.get(url(reference, action))
    assert (answer.status_code, "未同意" in answer.text) == (409, True)
    answer = await browser.client.post(
        url(reference, action), data=form | {"reason": "x", "text": "x", "step": "confirm"}
    )
    assert (answer.status_code, "未同意" in answer.text) == (409, True)


@pytest.mark.parametrize(
    "action", ["/take", "/take-over", "/give-back", "/ask", "/approve", "/deny", "/withdraw", "/message"]
)
@pytest.mark.parametrize("secret", [None, "", "f" * 64])
async def test_it_refuses_a_form_without_the_session_s_secret(
    bench: Bench, action: str, secret: str | None
) -> None:
    reference, browser = await taken(bench)
    before = kept(bench, reference)
    form = await browser.form(url(reference))
    del form["csrf"]
    data = (
        form
        | {"reason": REASON, "text": "?", "step": "confirm"}
        | ({} if secret is None else {"csrf": secret})
    )
    answer = await browser.client.post(url(reference, action), data=data)
    assert answer.status_code == 403
    assert kept(bench, reference) == before


async def test_another_session_s_secret_does_not_count(bench: Bench) -> None:
    reference, browser = await taken(bench)
    other = await (await bench.browser("salma")).form(url(reference))
    answer = await browser.client.post(url(reference, "/give-back"), data=other)
    assert answer.status_code == 403


@pytest.mark.parametrize("version", ["", "one", "-1", "１", "99999999999"])
async def test_it_refuses_a_form_without_a_version(bench: Bench, version: str) -> None:
    reference, browser = await taken(bench)
    answer = await browser.post(url(reference, "/give-back"), url(reference), version=version)
    assert answer.status_code == 400
    assert kept(bench, reference).by == bench.staff_id("salma")


def _actor(bench: Bench, login: str):
    from backend.access.staff import actor_of, find_staff

    with bench.desk.database.read() as session:
        staff = find_staff(session, login)
        assert staff
        return actor_of(staff)
