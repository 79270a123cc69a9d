"""What `onedoor up` keeps in `var/`: the lock of this desk, its secrets, and the files others read to know how it is."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import signal
from pathlib import Path
from typing import Any

import psutil


class AlreadyRunningError(Exception):
    """Another `onedoor up` holds this `var`; `pid` is its process, None when it could not be read."""

    def __init__(self, pid: int | None) -> None:
        super().__init__(f"process {pid}" if pid else "another process")
        self.pid = pid


class BrokenSecretsError(Exception):
    """`var/secrets.json` is there and is not what we wrote."""


class Lock:
    """Held as long as the supervisor lives: the kernel gives it back even after kill -9."""

    def __init__(self, var: Path) -> None:
        self._file = (var / "onedoor.lock").open("a+", encoding="ascii")

    def take(self) -> None:
        """Take the lock or raise AlreadyRunningError."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            text = self._file.read().strip()
            self._file.close()
            raise AlreadyRunningError(int(text) if text.isdigit() else None) from None
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def give_back(self) -> None:
        """Let another `onedoor up` have this `var`."""
        self._file.truncate(0)
        self._file.close()


def write_json(path: Path, value: Any, mode: int = 0o644) -> None:
    """Write the whole file or nothing: readers see the old or the new one, never half."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.write("\n")
    temporary.replace(path)


def read_json(path: Path) -> Any:
    """The file's content, or None when there is none or it is not JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def own_secrets(var: Path) -> dict[str, str]:
    """This desk's random secrets, made once and kept in `var/secrets.json` (0600)."""
    path = var / "secrets.json"
    kept = read_json(path) if path.exists() else {}
    if not isinstance(kept, dict):  # a new key would make what the old one signed or sealed unreadable
        raise BrokenSecretsError(f"{path} cannot be read; put back its last copy, or delete it to begin anew")
    made = {
        name: kept.get(name) or secrets.token_urlsafe(32)
        for name in ("secret_key", "nlu_token", "webhook_secret")
    }
    if made != kept:
        write_json(path, kept | made, mode=0o600)
    return made


def clear_up_left_processes(var: Path) -> int:
    """End what an earlier supervisor left behind (kill -9 where the kernel has no leash); gives how many there were.

    Only called with the lock held. A process is recognised by its number and its start, so never a stranger's."""
    count = 0
    for entry in read_json(var / "processes.json") or []:
        with contextlib.suppress(psutil.Error, KeyError, TypeError):
            process = psutil.Process(entry["pid"])
            if abs(process.create_time() - entry["started"]) < 0.05:
                for each in (*process.children(recursive=True), process):
                    each.send_signal(signal.SIGKILL)
                count += 1
    return count
