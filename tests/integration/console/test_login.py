"""Logging in and out: nothing told about which was wrong, every try counted, sessions that can be ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from backend.access.login import MOST_TRIES
from backend.access.sessions import IDLE, LONGEST
from backend.access.staff_models import LoginAttempt, StaffMember, StaffSession
from backend.console.web import Console
from tests.integration.console.conftest import NOW, PASSWORD, QUICK, Bench, Browser, csrf


async def test_it_sends_strangers_to_the_login_and_back(bench: Bench) -> None:
    browser = await bench.browser()
    answer = await browser.get("/console?view=mine")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/console/login?next=%2Fconsole%3Fview%3Dmine",
    )
    page = await browser.get(answer.headers["location"])
    form = {"login": "salma", "password": PASSWORD, "csrf": csrf(page.text), "next": "/console?view=mine"}
    answer = await browser.client.post("/console/login", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console?view=mine")
    assert (await browser.get("/console?view=mine")).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/console",
        "//evil.example",
        "/console\\@evil.example",
        "/consoles",
        "/console.evil.example",
        "/console/login",
        "javascript:alert(1)",
        "/console\r\nX-Bad: 1",
        "",
    ],
)
async def test_it_never_redirects_elsewhere(bench: Bench, wanted: str) -> None:
    browser = await bench.browser()
    page = await browser.get("/console/login")
    form = {"login": "salma", "password": PASSWORD, "csrf": csrf(page.text), "next": wanted}
    answer = await browser.client.post("/console/login", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console")


async def test_it_says_and_does_the_same_for_an_unknown_login(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    hasher = QUICK._hasher
    verify = hasher.verify
    monkeypatch.setattr(
        type(hasher), "verify", lambda self, kept, given: tried.append(given) or verify(kept, given)
    )
    known = await (await bench.browser()).log_in("salma", "wrong")
    unknown = await (await bench.browser()).log_in("nobody", "wrong")
    assert tried == ["wrong", "wrong"]
    assert known.status_code == unknown.status_code == 401
    one, other = (_plain(page.text, login) for page, login in ((known, "salma"), (unknown, "nobody")))
    assert one == other
    assert "账号或密码不对" in one


def _plain(page: str, login: str) -> str:
    return page.replace(csrf(page), "…").replace(f'value="{login}"', 'value="…"')


async def test_it_counts_five_tries_for_a_login_and_then_waits_even_with_the_right_password(
    bench: Bench,
) -> None:
    browser = await bench.browser()
    for _ in range(MOST_TRIES):
        assert (await browser.log_in("salma", "wrong")).status_code == 401
    answer = await browser.log_in("salma")
    assert answer.status_code == 429
    assert "15分钟" in answer.text
    bench.clock.moment += timedelta(minutes=15, seconds=1)
    assert (await browser.log_in("salma")).status_code == 303


async def test_it_counts_tries_from_one_address_over_all_logins(bench: Bench) -> None:
    browser = await bench.browser()
    for number in range(MOST_TRIES):
        assert (await browser.log_in(f"nobody{number}", "wrong")).status_code == 401
    assert (await browser.log_in("salma")).status_code == 429


async def test_a_login_that_went_through_does_not_count(bench: Bench) -> None:
    browser = await bench.browser()
    for _ in range(MOST_TRIES + 2):
        assert (await browser.log_in("salma")).status_code == 303
        assert (await browser.post("/console/logout", "/console")).status_code == 303


@pytest.mark.parametrize("secret", ["", "0" * 64, "中文"])
async def test_it_refuses_a_login_form_that_is_not_ours(bench: Bench, secret: str) -> None:
    browser = await bench.browser()
    await browser.get("/console/login")
    form = {"login": "salma", "password": PASSWORD, "csrf": secret}
    answer = await browser.client.post("/console/login", data=form)
    assert answer.status_code == 403
    with bench.desk.database.read() as session:
        assert session.scalar(select(func.count()).select_from(StaffSession)) == 0


async def test_it_gives_a_new_session_id_at_login(bench: Bench) -> None:
    browser = await bench.browser()
    browser.client.cookies.set("onedoor_session", "planted-by-somebody", domain="127.0.0.1")
    await browser.log_in("salma")
    fresh = browser.client.cookies.get("onedoor_session", domain="127.0.0.1")
    assert fresh != "planted-by-somebody"
    other = await bench.browser()
    other.client.cookies.set("onedoor_session", "planted-by-somebody", domain="127.0.0.1")
    assert (await other.get("/console")).status_code == 303


async def test_logging_in_again_ends_the_session_before(bench: Bench) -> None:
    browser = await bench.browser("salma")
    before = _token(browser)
    page = await browser.get("/console/account")
    visitor = await bench.browser()
    login = await visitor.get("/console/login")
    visitor.client.cookies.set("onedoor_session", before, domain="127.0.0.1")
    assert (await visitor.get("/console")).status_code == 200
    form = {"login": "jin", "password": PASSWORD, "csrf": csrf(login.text)}
    assert (await visitor.client.post("/console/login", data=form)).status_code == 303
    assert page.status_code == 200
    assert (await browser.get("/console")).status_code == 303  # the old id is worth nothing any more


async def test_it_logs_out(bench: Bench) -> None:
    browser = await bench.browser("salma")
    kept = _token(browser)
    assert (await browser.post("/console/logout", "/console")).status_code == 303
    thief = await bench.browser()
    thief.client.cookies.set("onedoor_session", kept, domain="127.0.0.1")
    assert (await thief.get("/console")).status_code == 303


async def test_it_logs_out_everywhere(bench: Bench) -> None:
    office, home = await bench.browser("salma"), await bench.browser("salma")
    assert (await office.post("/console/account/logout-everywhere", "/console/account")).status_code == 303
    assert (await home.get("/console")).status_code == 303


async def test_a_new_password_ends_every_other_session(bench: Bench) -> None:
    office, home = await bench.browser("salma"), await bench.browser("salma")
    url = "/console/account/password"
    answer = await office.post(url, "/console/account", old=PASSWORD, new="seven quiet geese")
    assert answer.status_code == 303
    assert (await office.get("/console/account?done=password")).status_code == 200
    assert (await home.get("/console")).status_code == 303
    assert (await (await bench.browser()).log_in("salma")).status_code == 401
    assert (await (await bench.browser()).log_in("salma", "seven quiet geese")).status_code == 303


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", "seven quiet geese"), (PASSWORD, "short"), (PASSWORD, "x" * 201)]
)
async def test_it_keeps_the_password_when_the_change_is_not_right(bench: Bench, old: str, new: str) -> None:
    browser = await bench.browser("salma")
    answer = await browser.post("/console/account/password", "/console/account", old=old, new=new)
    assert answer.status_code == 422
    assert new not in answer.text
    assert (await (await bench.browser()).log_in("salma")).status_code == 303


async def test_it_cannot_be_used_to_guess_the_password(bench: Bench) -> None:
    browser = await bench.browser("salma")
    for _ in range(MOST_TRIES):
        answer = await browser.post(
            "/console/account/password", "/console/account", old="guess", new="seven quiet geese"
        )
        assert answer.status_code == 422
    answer = await browser.post(
        "/console/account/password", "/console/account", old=PASSWORD, new="seven quiet geese"
    )
    assert answer.status_code == 429


async def test_a_session_ends_when_nobody_uses_it(bench: Bench) -> None:
    browser = await bench.browser("salma")
    for _ in range(3):
        bench.clock.moment += IDLE - timedelta(minutes=1)
        assert (await browser.get("/console")).status_code == 200
    bench.clock.moment += IDLE + timedelta(seconds=1)
    assert (await browser.get("/console")).status_code == 303


async def test_a_session_ends_with_the_working_day_however_busy(bench: Bench) -> None:
    browser = await bench.browser("salma")
    while bench.clock.moment < NOW + LONGEST - timedelta(hours=1):
        bench.clock.moment += timedelta(hours=1)
        assert (await browser.get("/console")).status_code == 200
    bench.clock.moment += timedelta(hours=1)
    assert (await browser.get("/console")).status_code == 303


async def test_somebody_who_left_is_out_at_once(bench: Bench) -> None:
    browser = await bench.browser("salma")
    with bench.desk.database.write() as session:
        session.get_one(StaffMember, bench.staff_id("salma")).active = False
    assert (await browser.get("/console")).status_code == 303
    assert (await (await bench.browser()).log_in("salma")).status_code == 401


async def test_the_role_is_todays_not_the_logins(bench: Bench) -> None:
    reference = bench.file().applications[0].reference
    browser = await bench.browser("salma")
    assert (await browser.get(f"/console/applications/{reference}")).status_code == 200
    with bench.desk.database.write() as session:
        session.get_one(StaffMember, bench.staff_id("salma")).department = "education"
    assert (await browser.get(f"/console/applications/{reference}")).status_code == 404


async def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(bench: Bench) -> None:
    browser = await bench.browser()
    answer = await browser.log_in("salma")
    cookie = next(each for each in answer.headers.get_list("set-cookie") if "onedoor_session" in each)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


async def test_with_https_the_cookie_belongs_to_this_host_alone(bench: Bench) -> None:
    console: Console = bench.app.state.console
    settings = bench.settings.model_copy(update={"secure_cookies": True})
    object.__setattr__(console, "settings", settings)
    browser = await bench.browser()
    page = await browser.get("/console/login")
    cookie = page.headers["set-cookie"]
    assert cookie.startswith("__Host-onedoor-visitor=")
    assert "Secure" in cookie
    name, value = cookie.split(";")[0].split("=", 1)
    form = {"login": "salma", "password": PASSWORD, "csrf": csrf(page.text)}
    answer = await browser.client.post("/console/login", data=form, headers={"cookie": f"{name}={value}"})
    cookie = answer.headers.get_list("set-cookie")[0]
    assert cookie.startswith("__Host-onedoor=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


async def test_the_database_never_holds_a_session_id_or_a_password(bench: Bench) -> None:
    browser = await bench.browser("salma")
    token = _token(browser)
    with bench.desk.database.read() as session:
        rows = session.execute(select(StaffSession.token_hash)).all()
        hashes = session.execute(select(StaffMember.password_hash)).all()
        tries = session.execute(select(LoginAttempt.about)).all()
    kept = repr((rows, hashes, tries))
    assert token not in kept
    assert PASSWORD not in kept
    assert "salma" not in kept


def _token(browser: Browser) -> str:
    token = browser.client.cookies.get("onedoor_session", domain="127.0.0.1")
    assert token
    return token
