"""The same story on SQLite and on PostgreSQL: what the console asks of a database, both understand alike."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from backend.access.login import MOST_TRIES, TooManyTriesError, log_in
from tests.integration.console.conftest import NOW, QUICK, Bench


async def test_a_case_from_the_list_to_the_decision(bench_on_either: Bench) -> None:
    bench = bench_on_either
    references = [item.reference for item in bench.file().applications]
    bench.clock.moment += timedelta(minutes=5)
    browser = await bench.browser("salma")
    page = (await browser.get("/console")).text
    assert set(re.findall(r'class="what"><a href="/console/applications/([^"]+)"', page)) == set(references)
    for query in ("?q=洪", "?q=_%25'", "?view=late", "?view=closed", "?status=in_review", "?page=2"):
        assert (await browser.get(f"/console{query}")).status_code == 200
    here = f"/console/applications/{references[1]}"
    assert (await browser.post(f"{here}/take", here)).status_code == 303
    assert (await browser.post(f"{here}/ask", f"{here}/ask", text="还在住院吗？")).status_code == 303
    assert (
        await browser.post(f"{here}/go-on", f"{here}/go-on", reason="问过了", step="confirm")
    ).status_code == 303
    form = await browser.form(f"{here}/deny")
    assert (await browser.post(f"{here}/give-back", here)).status_code == 303
    assert (await browser.post(f"{here}/take", here)).status_code == 303
    conflict = await browser.client.post(f"{here}/deny", data=form | {"reason": "不够", "step": "confirm"})
    assert conflict.status_code == 409
    assert (
        await browser.post(f"{here}/deny", f"{here}/deny", reason="不够", step="confirm")
    ).status_code == 303
    page = (await browser.get(here)).text
    assert page.count('<div class="fact ') == 14
    for told in (
        "提交了申请",
        "开始审核",
        "问群众，等回复",
        "继续审核",
        "放回，等人接手",
        "接手办理",
        "决定不同意",
    ):
        assert told in page


def test_it_counts_many_tries_at_once_as_many(bench_on_either: Bench) -> None:
    def try_once(number: int) -> str:
        address = f"10.0.0.{number}"
        try:
            log_in(
                bench_on_either.desk.database,
                QUICK,
                login="salma",
                password="wrong",
                address=address,
                now=NOW,
            )
        except TooManyTriesError:
            return "refused"
        return "checked"

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(try_once, range(20)))
    assert (results.count("checked"), results.count("refused")) == (MOST_TRIES, 20 - MOST_TRIES)
