"""How fast the parts under a conversation are on this machine: `make bench` prints a Markdown table.

One turn of a chat reads a message, screens every programme and chooses the next question; a filing is one transaction."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from backend.casework.desk import Desk
from backend.casework.submit import submit
from backend.catalogue.load import load_catalogue
from backend.commands.cases import parse, read_case
from backend.eligibility import compile_catalogue, next_question, screen
from backend.migrations import upgrade
from backend.tools.clock import FixedClock
from backend.tools.sql import Database
from handlers.interpretation import interpret
from handlers.messages import Understanding
from tests.filings import filing

STORY = "我女儿小雨9岁，得了白血病，去年住院花了十几万，家里的钱都花光了。我捐了骨髓，干不了重活，一家三口"
CASE = {
    "id": "hong",
    "on": "2025-07-01",
    "household": {"household_size": 2, "household_income_month": {"low": 400, "high": 600}},
    "persons": [
        {"id": "hong", "relation": "self", "facts": {"born": "1968-03-02", "disability_certificate": False}}
    ],
}
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def timed(work: Callable[[], object], times: int) -> str:
    """The middle and the slowest twentieth of so many runs, in milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return f"{statistics.median(took):.2f} | {statistics.quantiles(took, n=20)[-1]:.2f} | {times}"


def main() -> None:
    """Print the table."""
    catalogue = load_catalogue("yongchuan")
    rules = compile_catalogue(catalogue)
    case, _ = read_case(rules, parse(json.dumps(CASE)))
    found = screen(rules, case)
    print("| what | median ms | p95 ms | runs |\n|---|---|---|---|")
    print(f"| read a story of {len(STORY)} characters, extractors alone | ", end="")
    print(
        timed(
            lambda: interpret(
                STORY, Understanding.nothing(), lang="zh", on=date(2026, 11, 23), catalogue=catalogue
            ),
            50,
        ),
        "|",
    )
    print(
        f"| screen one person for {len(catalogue.programmes)} programmes | {timed(lambda: screen(rules, case), 300)} |"
    )
    print(f"| choose the next question | {timed(lambda: next_question(rules, case, found), 100)} |")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        upgrade(url)
        desk = Desk(Database(url), rules, FixedClock(NOW))
        keys = iter(range(10_000))
        print(
            f"| file one submission (SQLite, synchronous=FULL) | {timed(lambda: submit(desk, 'bot', f'k-{next(keys)}', filing()), 100)} |"
        )
        desk.database.close()


if __name__ == "__main__":
    main()
