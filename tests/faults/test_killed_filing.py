"""A backend killed at any point of a filing leaves all of it or nothing, and the same call again finishes it once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from backend import models  # noqa: F401 - every table is known before the first query
from backend.casework import service
from backend.casework.desk import Desk
from backend.casework.models import Application
from backend.catalogue.load import load_catalogue
from backend.eligibility import compile_catalogue
from backend.invariants import broken
from backend.tools.clock import SystemClock
from backend.tools.sql import Database
from tests.faults.filing_child import KILLED
from tests.filings import filing

ROOT = Path(__file__).parents[2]
POINTS = {"statement:25": 0, "before_commit": 0, "after_commit": 2}


def run(url: str, point: str, key: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.filing_child", url, point, key],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def applications(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Application)) or 0


@pytest.mark.slow
def test_it_leaves_all_or_nothing_wherever_it_is_killed(intake_url: str, intake_database: Database) -> None:
    desk = Desk(intake_database, compile_catalogue(load_catalogue("yongchuan")), SystemClock())
    there = 0
    for point, kept in POINTS.items():
        killed = run(intake_url, point, f"key-{point}")
        assert killed.returncode == KILLED, killed.stderr[-2000:]
        assert applications(intake_database) == there + kept, point
        receipt = service.submit(desk, "bot", f"key-{point}", filing())
        there += len(receipt.applications)
        assert applications(intake_database) == there, point
        with intake_database.read() as session:
            assert not list(broken(session)), point
