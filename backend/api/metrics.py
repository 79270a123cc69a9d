"""Figures for Prometheus: how the API answers, and what waits in the database. Counts only, never who."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.casework.models import Application, HelpTask
from backend.deadlines.calendar import known_until
from backend.deadlines.models import Deadline
from backend.outbox.models import OutboxRow
from backend.outbox.queue import OPEN
from backend.tools.clock import Clock, local_day
from backend.tools.sql import Database


class Figures(Collector):
    """One registry per application, so that two in one process (tests) do not mix."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._answers = Counter("onedoor_requests", "Answers given", labels, registry=self.registry)
        self._seconds = Histogram(
            "onedoor_request_seconds", "Time to answer", ("route",), registry=self.registry
        )
        self.registry.register(self)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        self._answers.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Everything in Prometheus's text format."""
        return generate_latest(self.registry)

    def describe(self) -> list[Metric]:
        """Nothing until somebody asks: the database is not read at the start."""
        return []

    def collect(self) -> Iterator[Metric]:
        """What waits, counted when asked."""
        now = self.clock.now()
        with self.database.read() as session:
            open_notices = GaugeMetricFamily("onedoor_notices_open", "Notices not yet told")
            open_notices.add_metric([], _count(session, OutboxRow, *OPEN))
            yield open_notices
            oldest = session.scalar(select(func.min(OutboxRow.created_at)).where(*OPEN))
            age = GaugeMetricFamily("onedoor_notice_oldest_seconds", "Age of the oldest of them")
            age.add_metric([], (now - oldest).total_seconds() if oldest else 0.0)
            yield age
            overdue = GaugeMetricFamily("onedoor_deadlines_overdue", "Deadlines passed and not met")
            late = (Deadline.met_at.is_(None), Deadline.due_on < local_day(now))
            overdue.add_metric([], _count(session, Deadline, *late))
            yield overdue
            waiting = GaugeMetricFamily("onedoor_help_open", "People waiting for a person", labels=["kind"])
            tasks = select(HelpTask.kind, func.count()).where(HelpTask.done_at.is_(None))
            for kind, count in session.execute(tasks.group_by(HelpTask.kind)):
                waiting.add_metric([kind], count)
            yield waiting
            cases = GaugeMetricFamily("onedoor_applications", "Applications", labels=["status"])
            for status, count in session.execute(
                select(Application.status, func.count()).group_by(Application.status)
            ):
                cases.add_metric([status], count)
            yield cases
        known = GaugeMetricFamily("onedoor_holidays_known_days", "Days until the holiday calendar runs out")
        known.add_metric([], (known_until() - local_day(now)).days)
        yield known


def _count(session: Session, table: type, *conditions: object) -> float:
    return float(session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0)  # type: ignore[arg-type]
