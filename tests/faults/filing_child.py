"""Files Hong's story and dies on the way, as `kill -9` would have it: `filing_child.py URL POINT KEY`.

POINT is `statement:N` (before the N-th statement), `before_commit` or `after_commit` (committed, and nobody told)."""

from __future__ import annotations

import os
import sys
from itertools import count
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from backend import models  # noqa: F401 - every table is known before the first query
from backend.casework import service
from backend.casework.desk import Desk
from backend.catalogue.load import load_catalogue
from backend.eligibility import compile_catalogue
from backend.tools.clock import SystemClock
from backend.tools.sql import Database
from tests.filings import filing

KILLED = 137


def die(*_: Any) -> None:
    """At once: no rollback, no goodbye to the database."""
    os._exit(KILLED)


def main(url: str, point: str, key: str) -> None:
    """File once, or die trying."""
    desk = Desk(Database(url), compile_catalogue(load_catalogue("yongchuan")), SystemClock())
    if point.startswith("statement:"):
        numbers, last = count(1), int(point.partition(":")[2])
        event.listen(
            desk.database.engine, "before_cursor_execute", lambda *_: die() if next(numbers) == last else None
        )
    else:
        event.listen(Session, point, die)
    service.submit(desk, "bot", key, filing())


if __name__ == "__main__":
    main(*sys.argv[1:])
