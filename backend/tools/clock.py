"""The desk's time. Everything that needs the time takes a clock; nothing asks the machine by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class SystemClock:
    """The machine's time, in UTC."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that may ask the machine


class FileClock:
    """Reads an ISO time from a file each time it is asked, so that a drill can move the desk's clock."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def now(self) -> datetime:
        """The moment written in the file; a time without a zone is Asia/Shanghai's."""
        moment = datetime.fromisoformat(self.path.read_text(encoding="utf-8").strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)


class FixedClock:
    """Stands still until told otherwise: for tests."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment


Clock = SystemClock | FileClock | FixedClock


def open_clock(path: Path | None) -> Clock:
    """The machine's clock, or the drill clock in `path` (`ONEDOOR_CLOCK`)."""
    return FileClock(path) if path else SystemClock()


def local_day(moment: datetime) -> date:
    """The day in Yongchuan at this moment."""
    return moment.astimezone(SHANGHAI).date()
