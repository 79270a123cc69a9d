"""The order of things: what must be there before what, who is told, and how it all ends."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bot.supervisor.child import Child
from bot.supervisor.keeping import own_secrets, read_json, write_json
from bot.supervisor.nlu import Nlu, NluStatus
from bot.supervisor.plan import HOST, Addresses, environment, spec
from bot.supervisor.screen import Screen
from bot.supervisor.settings import UpSettings
from bot.supervisor.spawn import end, lines, spawn

OPENS_WITHIN = 90.0
PATIENCE = 3  # deaths before the first answer: more is no accident


class CannotOpenError(Exception):
    """The desk cannot be opened; the text is the one line that says why."""


class Desk:
    """One `onedoor up`: `open()`, then `close()`, on the folder `settings.var`."""

    def __init__(self, settings: UpSettings, port: int, nlu: bool, demo: bool, screen: Screen) -> None:
        self.settings, self.demo, self.screen = settings, demo, screen
        self.var = settings.var.resolve()
        self.addresses = Addresses(port)
        self.children: list[Child] = []
        self.nlu: Nlu | None = None
        self._wants_nlu = nlu
        self._loading: asyncio.Task[None] | None = None
        self._started = time.monotonic()

    async def open(self) -> None:
        """Return when every address answers; the language model may join later."""
        check_ports(self.addresses, self._names())
        secrets = own_secrets(self.var)
        common = self._common(secrets)
        await self._command(["migrate"], common)
        await self._load_demo(common)
        write_json(self.var / "urls.json", self.addresses.public("simulator" in self._names()))
        everything = common | self._of_the_demo()
        for name in self._names():
            child = Child(spec(name, self.addresses, everything), self.screen, self._write_state)
            self.children.append(child)
            child.start()
        await self._all_ready()
        self._greet()
        if self._wants_nlu and not self.settings.nlu_url:
            self.nlu = Nlu(
                url=self.addresses.of("nlu"),
                port=self.addresses.port_of("nlu"),
                token=secrets["nlu_token"],
                memory=self.settings.nlu_memory_mb * 2**20,
                log=self.var / "logs" / "nlu-setup.log",
                screen=self.screen,
                changed=self._write_state,
            )
            self.nlu.start()
        self._write_state()

    async def close(self) -> None:
        """Leave nothing running: the bot first, so that no message is taken up any more."""
        if self._loading:
            self._loading.cancel()
            await asyncio.wait({self._loading})
        first = [child.stop() for child in self.children if child.spec.name == "bot"]
        await asyncio.gather(*first, *([self.nlu.stop()] if self.nlu else []))
        await asyncio.gather(*(child.stop() for child in self.children if child.spec.name != "bot"))
        for name in ("processes.json", "status.json", "urls.json"):
            (self.var / name).unlink(missing_ok=True)

    def _names(self) -> list[str]:
        simulator = self.demo and not self.settings.telegram_token.get_secret_value()
        return ["backend", "jobs", *(["simulator"] if simulator else []), "bot"]

    def _common(self, secrets: Mapping[str, str]) -> dict[str, str]:
        """The settings that do not depend on the demonstration district."""
        own, addresses = self.settings, self.addresses
        given = {
            "ONEDOOR_VAR": str(self.var),
            "ONEDOOR_SECRET_KEY": own.secret_key.get_secret_value() or secrets["secret_key"],
            "ONEDOOR_BACKEND_HOST": HOST,
            "ONEDOOR_BACKEND_PORT": str(addresses.port_of("backend")),
            "ONEDOOR_BACKEND_URL": addresses.of("backend"),
            "ONEDOOR_SECURE_COOKIES": "false",  # plain http, loopback only
            "ONEDOOR_BOT_HOST": HOST,
            "ONEDOOR_BOT_PORT": str(addresses.port_of("bot")),
            "ONEDOOR_BOT_PUBLIC_URL": addresses.of("bot"),
            "ONEDOOR_TELEGRAM_WEBHOOK_SECRET": secrets["webhook_secret"],
            "ONEDOOR_NLU_URL": own.nlu_url or (addresses.of("nlu") if self._wants_nlu else ""),
            "ONEDOOR_NLU_TOKEN": own.nlu_token.get_secret_value() or secrets["nlu_token"],
        }
        if own.clock:
            given["ONEDOOR_CLOCK"] = str(own.clock.resolve())
        return given

    def _of_the_demo(self) -> dict[str, str]:
        """The bot's key and the simulator's token; those of the environment come first."""
        demo = (read_json(self.var / "demo.json") or {}) if self.demo else {}
        keys = [each["key"] for each in demo.get("api_keys", []) if each.get("client") == "bot"]
        given = {"ONEDOOR_BACKEND_KEY": self.settings.backend_key.get_secret_value() or next(iter(keys), "")}
        if not given["ONEDOOR_BACKEND_KEY"]:
            raise CannotOpenError(
                "the bot has no key of the backend: set ONEDOOR_BACKEND_KEY (`onedoor clients --help` makes one)"
            )
        if "simulator" in self._names():
            given["ONEDOOR_TELEGRAM_TOKEN"] = demo.get("telegram_token", "")
            given["ONEDOOR_TELEGRAM_API_URL"] = self.addresses.of("simulator")
        elif self.settings.telegram_token.get_secret_value():
            given["ONEDOOR_TELEGRAM_TOKEN"] = self.settings.telegram_token.get_secret_value()
            given["ONEDOOR_TELEGRAM_API_URL"] = self.settings.telegram_api_url
        return given

    async def _load_demo(self, common: Mapping[str, str]) -> None:
        """Load the demonstration; when it was there before, look after it while the processes start."""
        if not self.demo:
            return
        self._loading = asyncio.create_task(self._command(["demo", "--size", "small"], common))
        if not (self.var / "demo.json").exists():
            await self._loading

    async def _command(self, arguments: list[str], settings: Mapping[str, str]) -> None:
        """Run one of our own subcommands to its end."""
        process = await spawn([sys.executable, "-m", "bot.cli", *arguments], environment("command", settings))
        said: list[str] = []
        try:
            said.extend([line async for line in lines(process)])
            code = await process.wait()
        finally:
            await end(process)
        if code != 0:
            for line in said[-15:]:
                self.screen.line(arguments[0], line)
            raise CannotOpenError(f"`onedoor {' '.join(arguments)}` ended with code {code}")

    async def _all_ready(self) -> None:
        try:
            async with asyncio.timeout(OPENS_WITHIN):
                while not all(child.ready.is_set() for child in self.children):
                    for child in self.children:
                        if child.restarts > PATIENCE and not child.ready.is_set():
                            raise CannotOpenError(f"{child.spec.name} does not start: it {child.detail}")
                    await asyncio.sleep(0.05)
                if self._loading:
                    await self._loading
        except TimeoutError:
            silent = ", ".join(child.spec.name for child in self.children if not child.ready.is_set())
            raise CannotOpenError(f"no answer from {silent} within {OPENS_WITHIN:.0f} s") from None

    def _greet(self) -> None:
        say = self.screen.say
        say(f"\nOneDoor is open ({time.monotonic() - self._started:.1f} s)")
        for name, url in (read_json(self.var / "urls.json") or {}).items():
            say(f"  {name:<13}{url}")
        staff = (read_json(self.var / "demo.json") or {}).get("staff", []) if self.demo else []
        if staff:
            say("\nDemonstration staff (login / password, role, office)")
        for each in staff:
            say(f"  {each['login']:<13}{each['password']:<20}{each['role']}, {each.get('office') or ''}")
        say("\nCtrl-C closes it.\n")

    def _write_state(self) -> None:
        """`processes.json` and `status.json`, rewritten whenever anything changes."""
        children = [*self.children, *([self.nlu.child] if self.nlu and self.nlu.child else [])]
        write_json(
            self.var / "processes.json",
            [
                {"name": child.spec.name, "pid": child.pid, "started": child.started}
                for child in children
                if child.pid
            ],
        )
        write_json(
            self.var / "status.json",
            {
                "processes": [
                    {"name": child.spec.name, "state": child.state, "detail": child.detail}
                    for child in children
                ],
                "nlu": self._nlu_status().shape(),
            },
        )

    def _nlu_status(self) -> NluStatus:
        if self.nlu:
            return self.nlu.status
        if self.settings.nlu_url:
            return NluStatus("ready", "a server of your own, ONEDOOR_NLU_URL")
        return NluStatus("installing" if self._wants_nlu else "off")


def check_ports(addresses: Addresses, names: list[str]) -> None:
    """Raise CannotOpenError when somebody else listens on a port that we need."""
    for name in (*(name for name in names if name != "jobs"), "nlu"):
        port = addresses.port_of(name)
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((HOST, port))
            except OSError:
                raise CannotOpenError(
                    f"port {port} (for {name}) is taken: close what listens there or choose others with --port"
                ) from None


async def run(desk: Desk, stop: asyncio.Event) -> None:
    """Open the desk and keep it open until `stop` is set; closes it whatever happens."""
    opening = asyncio.create_task(desk.open())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({opening, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if opening.done():
            opening.result()  # raises CannotOpenError
            await stopping
    finally:
        opening.cancel()
        stopping.cancel()
        await asyncio.gather(opening, stopping, return_exceptions=True)
        await desk.close()


def prepare_folder(var: Path) -> None:
    """Make `var/` if it is not there, for this account only; raises CannotOpenError when that cannot be."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        (var / "logs").mkdir(exist_ok=True)
    except OSError as problem:
        raise CannotOpenError(f"cannot make the folder {var}: {problem.strerror}") from None
