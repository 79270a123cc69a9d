"""Who sees what: every role against every kind of case and every address. What is not seen does not exist."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend import contract
from backend.casework.models import Application
from tests.integration.console.conftest import STAFF, Bench, csrf

ADDRESSES = ["", "/ask", "/approve", "/deny", "/withdraw", "/message", "/go-on"]
POSTS = ["/take", "/take-over", "/give-back", "/ask", "/approve", "/deny", "/withdraw", "/message", "/go-on"]
# One case per owner: department, and town. What the table says is written out by hand, not by the rule under test.
CASES = {
    "civil affairs, Dashun": ("dibao_rural", "household", "dashun"),
    "civil affairs, Banqiao": ("dibao_rural", "household", "banqiao"),
    "civil affairs, no town": ("dibao_rural", "household", None),
    "medical security, Dashun": ("medical_aid_inpatient", "self", "dashun"),
    "medical security, no town": ("medical_aid_inpatient", "self", None),
}
SEES = {
    "salma": {"civil affairs, Dashun", "civil affairs, Banqiao", "civil affairs, no town"},
    "jin": {"civil affairs, Dashun", "civil affairs, Banqiao", "civil affairs, no town"},
    "vera": {"civil affairs, Dashun", "civil affairs, Banqiao", "civil affairs, no town"},
    "otto": {"medical security, Dashun", "medical security, no town"},
    "tan": {"civil affairs, Dashun", "medical security, Dashun"},
    "far": {"civil affairs, Banqiao"},
    "boss": set(CASES),
}
NOWHERE = "9999-9999-9999"


def file(bench: Bench, case: str) -> str:
    """File one of the cases; its reference."""
    programme, subject, office = CASES[case]
    item = contract.ApplicationItem(programme=programme, subject=subject, truth="unknown")
    contact = contract.ContactPoint(channel="web", conversation=f"c-{len(case)}-{office}", lang="zh")
    return bench.file(case, items=[item], office=office, contact=contact).applications[0].reference


@pytest.mark.parametrize("login", STAFF)
async def test_it_shows_a_case_to_those_it_belongs_to_and_to_nobody_else(bench: Bench, login: str) -> None:
    references = {case: file(bench, case) for case in CASES}
    browser = await bench.browser(login)
    work = await browser.get("/console")
    secret = csrf(work.text)
    nothing = {
        address: await browser.get(f"/console/applications/{NOWHERE}{address}") for address in ADDRESSES
    }
    assert {answer.status_code for answer in nothing.values()} == {404}
    for case, reference in references.items():
        seen = case in SEES[login]
        assert (reference in work.text) is seen, case
        for address in ADDRESSES:
            answer = await browser.get(f"/console/applications/{reference}{address}")
            if seen:
                assert answer.status_code in (200, 409), (case, address)
                continue
            assert answer.status_code == 404, (case, address)
            assert answer.text.replace(reference, NOWHERE) == nothing[address].text, (case, address)
        if not seen:
            for address in POSTS:
                form = {"csrf": secret, "version": "1", "reason": "我来决定", "text": "?", "step": "confirm"}
                answer = await browser.client.post(f"/console/applications/{reference}{address}", data=form)
                assert answer.status_code == 404, (case, address)
    with bench.desk.database.read() as session:
        for kept in session.scalars(select(Application)):
            assert (kept.status, kept.version, kept.assigned_to) == ("submitted", 1, None)


async def test_the_household_s_other_cases_are_counted_but_not_shown(bench: Bench) -> None:
    items = [
        contract.ApplicationItem(programme="dibao_rural", subject="household", truth="unknown"),
        contract.ApplicationItem(programme="medical_aid_inpatient", subject="self", truth="unknown"),
    ]
    mine, theirs = bench.file(items=items).applications
    page = (await (await bench.browser("salma")).get(f"/console/applications/{mine.reference}")).text
    assert theirs.reference not in page
    assert "还有1件由别的单位办理" in page
    page = (await (await bench.browser("boss")).get(f"/console/applications/{mine.reference}")).text
    assert theirs.reference in page


async def test_strangers_are_sent_to_the_login_whatever_the_address(bench: Bench) -> None:
    reference = bench.file().applications[0].reference
    browser = await bench.browser()
    for address in (f"/console/applications/{reference}", "/console/nothing/here", "/console/help/X"):
        answer = await browser.get(address)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/console/login?next=")


async def test_a_supervisor_reads_everything_and_decides_nothing(bench: Bench) -> None:
    reference = bench.file().applications[0].reference
    browser = await bench.browser("boss")
    page = await browser.get(f"/console/applications/{reference}")
    assert "同意</a>" not in page.text
    assert (await browser.get(f"/console/applications/{reference}/approve")).status_code == 409
