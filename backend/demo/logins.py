"""`var/demo.json`: the demonstration logins, keys and token. Made once, kept for as long as they fit the database."""

from __future__ import annotations

import json
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from backend.access.clients import SCOPES, add_client, find_caller, revoke_keys
from backend.access.passwords import Passwords
from backend.access.staff import add_staff, find_staff
from backend.demo.district import STAFF, Colleague
from backend.tools.references import ALPHABET


def known(path: Path) -> dict[str, Any]:
    """What an earlier run wrote, or nothing."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def make_logins(session: Session, before: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Staff and keys in the database; what to write, with the passwords of before wherever they still hold."""
    passwords = Passwords()
    return {
        "staff": [_colleague(session, passwords, before, now, one) for one in STAFF],
        "api_keys": [{"client": "bot", "key": _bot_key(session, before, now), "scopes": list(SCOPES)}],
        "telegram_token": before.get("telegram_token") or _token(),
    }


def write(path: Path, content: dict[str, Any]) -> None:
    """Write the file for its owner's eyes only, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
    beside.replace(path)


def _colleague(
    session: Session, passwords: Passwords, before: dict[str, Any], now: datetime, colleague: Colleague
) -> dict[str, Any]:
    kept = {row.get("login"): row.get("password") for row in before.get("staff", [])}
    password = kept.get(colleague.login) or _password()
    staff = find_staff(session, colleague.login)
    if staff is None:
        add_staff(
            session,
            passwords,
            login=colleague.login,
            password=password,
            name=colleague.name,
            role=colleague.role,
            department=colleague.department,
            office=colleague.office,
            now=now,
        )
    elif not passwords.matches(staff.password_hash, password):
        staff.password_hash = passwords.hash(password)
    return {
        "login": colleague.login,
        "password": password,
        "role": colleague.role,
        "name": colleague.name,
        "office": colleague.place,
        "totp_secret": None,
    }


def _bot_key(session: Session, before: dict[str, Any], now: datetime) -> str:
    for row in before.get("api_keys", []):
        caller = find_caller(session, str(row.get("key"))) if row.get("client") == "bot" else None
        if caller is not None and caller.name == "bot" and caller.scopes == set(SCOPES):
            return str(row["key"])
    revoke_keys(session, "bot", now)
    return add_client(session, "bot", list(SCOPES), now)


def _password() -> str:
    """Twelve characters that can be typed from a screen: 54 random bits."""
    drawn = "".join(secrets.choice(ALPHABET.lower()) for _ in range(12))
    return "-".join(drawn[start : start + 4] for start in (0, 4, 8))


def _token() -> str:
    """A token for the simulator, in the shape Telegram's have; no real bot has it."""
    return f"{secrets.randbelow(10**9) + 10**9}:{secrets.token_urlsafe(40)[:35]}"
