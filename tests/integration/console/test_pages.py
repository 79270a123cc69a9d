"""Every page, in every language: no missing words, safe headers, no inline script or style, nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from backend.casework import service
from backend.console import seat
from backend.contract import ContactPoint, HelpRequestIn, TranscriptLine
from tests.integration.console.conftest import NOW, Bench, Browser

KEY = re.compile(r"\b(?:console|home|notice|reason|value|amount)\.[a-z_]+(?:\.[a-z_]+)*\b")
REASON = "理由"


async def all_pages(bench: Bench, lang: str) -> dict[str, str]:
    """Every page there is, in one language, as one caseworker meets them."""
    references = [item.reference for item in bench.file().applications]
    stranger, browser = await bench.browser(), await bench.browser("salma")
    here, other = (f"/console/applications/{reference}" for reference in references)
    task = service.open_help(
        bench.desk,
        "bot",
        f"h{lang}",
        HelpRequestIn(
            kind="urgent",
            urgent="hunger",
            contact=ContactPoint(channel="telegram", conversation="t1", lang="zh"),
            transcript=[TranscriptLine(message="m1", at=NOW, who="reporter", text="两天没吃饭了")],
        ),
    )
    help_page = f"/console/help/{task}"
    pages: dict[str, str] = {}

    async def get(name: str, url: str, by: Browser = browser) -> None:
        answer = await by.get(url, lang=lang)
        pages[name] = answer.text

    await get("home", "/", stranger)
    await get("home status", "/home/status", stranger)
    await get("login", "/console/login", stranger)
    pages["login wrong"] = (await stranger.log_in("salma", "wrong")).text
    await get("work", "/console")
    for view in ("mine", "unassigned", "late", "waiting", "closed"):
        await get(f"work {view}", f"/console?view={view}")
    await get("nothing found", "/console?q=zzz")
    await get("account", "/console/account")
    await get("not found", "/console/applications/9999-9999-9999")
    await get("no such page", "/console/made/up")
    await get("submitted", here)
    await browser.post(f"{here}/take", here)
    await get("in review", f"{here}?done=take")
    for action in ("ask", "approve", "deny", "withdraw", "message"):
        await get(action, f"{here}/{action}")
        pages[f"{action} empty"] = (await browser.post(f"{here}/{action}", f"{here}/{action}")).text
    for action in ("approve", "deny", "withdraw", "message"):
        pages[f"{action} preview"] = (
            await browser.post(f"{here}/{action}", f"{here}/{action}", reason=REASON)
        ).text
    form = await browser.form(f"{here}/approve")
    await browser.post(f"{here}/ask", f"{here}/ask", text="问一句")
    await get("waiting", here)
    await get("go on", f"{here}/go-on")
    pages["conflict"] = (
        await browser.client.post(f"{here}/approve", data=form | {"reason": REASON, "step": "confirm"})
    ).text
    await browser.post(f"{here}/go-on", f"{here}/go-on", reason=REASON, step="confirm")
    await browser.post(f"{here}/deny", f"{here}/deny", reason=REASON, step="confirm")
    await get("denied", here)
    await get("sibling", other)
    await get("help", help_page)
    await browser.post(f"{help_page}/take", help_page)
    await get("help taken", help_page)
    pages["help empty"] = (await browser.post(f"{help_page}/done", help_page, outcome=" ")).text
    await browser.post(f"{help_page}/done", help_page, outcome="送了米和面")
    await get("help done", help_page)
    pages["no secret"] = (await browser.client.post(f"{here}/take", data={})).text
    pages["supervisor"] = (await (await bench.browser("boss")).get(here, lang=lang)).text
    pages["clerk"] = (await (await bench.browser("tan")).get("/console", lang=lang)).text
    return pages


class Page(HTMLParser):
    """What a strict policy forbids, and labels that lead nowhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.ids: list[str] = []
        self.wanted: list[str] = []
        self.feed(page)
        self.problems += [f"no element {one}" for one in self.wanted if one not in self.ids]
        self.problems += [f"twice {one}" for one in set(self.ids) if self.ids.count(one) > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.problems += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.problems.append(f"inline {tag}")
        for name in ("src", "href", "action"):
            address = given.get(name) or "/"
            if not address.startswith(("/", "#", "http://127.0.0.1")):
                self.problems.append(address)
        if "id" in given:
            self.ids.append(str(given["id"]))
        self.wanted += [str(given[name]) for name in ("for", "aria-labelledby") if name in given]
        self.wanted += str(given.get("aria-describedby") or "").split()


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_every_page_is_whole_in_every_language_and_has_no_inline_code(bench: Bench, lang: str) -> None:
    problems: list[tuple[str, object]] = []
    for name, page in (await all_pages(bench, lang)).items():
        seen = re.sub(r"<[^>]*>", " ", page)
        problems += [(name, found) for found in (*KEY.findall(seen), *re.findall(r"%\(\w+\)", seen))]
        problems += [(name, found) for found in Page(page).problems]
        for heading in re.findall(r"<h[12][^>]*>([^<]*)", page):
            chinese = bool(re.search(r"[\u4e00-\u9fff]", heading))
            if heading and chinese is not (lang == "zh"):
                problems.append((name, heading))
        if name != "home status" and f'<html lang="{"zh-Hans" if lang == "zh" else "en"}">' not in page:
            problems.append((name, "language of the page"))
    assert not problems


async def test_every_answer_carries_the_safe_headers(bench: Bench) -> None:
    reference = bench.file().applications[0].reference
    browser = await bench.browser("salma")
    here = f"/console/applications/{reference}"
    answers = [
        await browser.get("/"),
        await browser.get("/console"),
        await browser.get("/console/made-up"),
        await browser.get(here),
        await browser.get("/console?lang=en"),
        await browser.client.post(f"{here}/take", data={}),
        await (await bench.browser()).get("/console"),
        await (await bench.browser()).get("/console/login"),
    ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"


async def test_style_and_script_may_be_kept_because_their_address_changes_with_them(bench: Bench) -> None:
    browser = await bench.browser()
    page = (await browser.get("/console/login")).text
    addresses = re.findall(r'"(/console/static/[^"]+)"', page)
    assert len(addresses) == 4
    for address in addresses:
        answer = await browser.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    for address in ("../web.py", "..%2fweb.py", "console.py", "", "templates/base.html"):
        assert (await browser.get(f"/console/static/{address}")).status_code in (303, 404)


async def test_the_language_is_chosen_once_and_the_page_stays_the_same(bench: Bench) -> None:
    browser = await bench.browser("salma")
    page = await browser.get("/console?view=mine&q=x")
    link = re.search(r'<a href="(/console\?[^"]*lang=en)" lang="en"', page.text)
    assert link
    answer = await browser.get(link[1].replace("&amp;", "&"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/console?view=mine&q=x")
    assert "Work list" in (await browser.get("/console")).text
    assert "工作清单" in (await browser.get("/console", lang="xx")).text


@pytest.mark.parametrize("lang", ["zh-TW", "zh_Hans", "fr", "../../x", "\x00"])
async def test_an_odd_language_never_breaks_a_page(bench: Bench, lang: str) -> None:
    answer = await (await bench.browser()).client.get("/console/login", params={"lang": lang})
    assert answer.status_code in (200, 303)


async def test_a_secret_of_digits_is_not_taken_for_an_identity_number(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = await bench.browser("salma")
    monkeypatch.setattr(seat, "csrf_token", lambda _token: "1" * 64)
    assert f'name="csrf" value="{"1" * 64}"' in (await browser.get("/console")).text


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"csrf=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 415),
        (b"--x", "multipart/form-data; boundary=x", 415),
        (b"a=%ff%fe", "application/x-www-form-urlencoded", 400),
        (b"a=%00", "application/x-www-form-urlencoded", 422),
        (b"\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a%d=1" % number for number in range(500)), "application/x-www-form-urlencoded", 400),
    ],
)
async def test_a_form_nobody_could_send_by_hand_is_a_page_not_a_crash(
    bench: Bench, body: bytes, kind: str, status: int
) -> None:
    browser = await bench.browser("salma")
    answer = await browser.client.post("/console/logout", content=body, headers={"content-type": kind})
    assert answer.status_code == status
    assert "<h1>" in answer.text
