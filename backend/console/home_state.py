"""What the home page tells of the running desk, read from the files that the supervisor keeps in `var/`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from fastapi import Request

PLACES = ("chat", "simulator")  # what lives in other processes; the rest is here


@dataclass(frozen=True, slots=True)
class Running:
    """One process: `state` as the supervisor says it."""

    name: str
    state: str
    detail: str


@dataclass(frozen=True, slots=True)
class Language:
    """The language model: being installed, trained, ready, off..., and how far (0 to 100, or None)."""

    state: str
    detail: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class Desk:
    """All of it; `known` is False when no supervisor runs here (each process was started by hand)."""

    known: bool
    urls: dict[str, str]
    processes: list[Running]
    language: Language | None

    @property
    def settled(self) -> bool:
        """Whether nothing is expected to change soon."""
        calm = all(each.state == "running" for each in self.processes)
        return not self.known or (calm and (self.language is None or self.language.state in ("ready", "off")))


def read_desk(var: Path) -> Desk:
    """The present state. Missing, half-written or strange files read as "not known", never as an error."""
    urls, status = read_object(var / "urls.json"), read_object(var / "status.json")
    processes = [
        Running(str(each.get("name", "")), str(each.get("state", "")), str(each.get("detail") or ""))
        for each in _list(status.get("processes"))
    ]
    return Desk(
        known=bool(status),
        urls={key: value for key, value in urls.items() if isinstance(value, str) and _is_web(value)},
        processes=[each for each in processes if each.name != "nlu"],
        language=_language(status.get("nlu")),
    )


def demonstration_logins(var: Path) -> list[dict[str, str]]:
    """The demonstration staff, when there is a demonstration district."""
    wanted = ("login", "password", "name", "role", "office")
    return [
        {key: str(each.get(key) or "") for key in wanted}
        for each in _list(read_object(var / "demo.json").get("staff"))
        if each.get("login") and each.get("password")
    ]


def on_this_machine(request: Request, host: str) -> bool:
    """Whether the desk listens on loopback only and the reader sits at this very machine, no proxy between."""
    client = request.client.host if request.client else ""
    forwarded = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "x-real-ip", "via"))
    return not forwarded and all(map(_is_loopback, (host, client, request.url.hostname or "")))


def read_object(path: Path) -> dict[str, Any]:
    """A JSON object from a file, or an empty one."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _language(kept: Any) -> Language | None:
    if not isinstance(kept, dict) or not isinstance(kept.get("state"), str):
        return None
    percent = kept.get("percent")
    if not isinstance(percent, int | float) or isinstance(percent, bool):
        percent = None
    return Language(
        kept["state"],
        str(kept.get("detail") or ""),
        None if percent is None else max(0, min(100, round(percent))),
    )


def _list(kept: Any) -> list[dict[str, Any]]:
    return [each for each in kept if isinstance(each, dict)] if isinstance(kept, list) else []


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
