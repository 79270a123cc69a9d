from __future__ import annotations


async def test_it_opens(bench):
    browser = await bench.browser("salma")
    receipt = bench.file()
    page = await browser.get("/console")
    assert page.status_code == 200, page.text
    for item in receipt.applications:
        got = await browser.get(f"/console/applications/{item.reference}")
        assert got.status_code == 200, got.text
