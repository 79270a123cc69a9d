"""What the processes of the intake share, put together once at the edge (`create_app`, `jobs`, the commands)."""

from __future__ import annotations

from dataclasses import dataclass

from backend.casework.desk import Desk
from backend.eligibility.model import Catalogue
from backend.eligibility.rules import Rules
from backend.settings import BackendSettings
from backend.tools.clock import Clock, open_clock
from backend.tools.sql import Database


@dataclass(frozen=True, slots=True)
class Parts:
    """Settings and the desk; handed to the API, the console and the jobs."""

    settings: BackendSettings
    desk: Desk

    @property
    def database(self) -> Database:
        """The intake's database."""
        return self.desk.database

    @property
    def clock(self) -> Clock:
        """The desk's time."""
        return self.desk.clock

    @property
    def rules(self) -> Rules:
        """The compiled catalogue."""
        return self.desk.rules

    @property
    def catalogue(self) -> Catalogue:
        """The district's programmes."""
        return self.desk.rules.catalogue


def put_together(settings: BackendSettings) -> Parts:
    """Open the database, load and compile the catalogue. Fails early: a broken catalogue stops the start."""
    from backend.catalogue.load import load_catalogue
    from backend.eligibility import compile_catalogue

    rules = compile_catalogue(load_catalogue(settings.catalogue))
    return Parts(settings, Desk(Database(settings.url), rules, open_clock(settings.clock)))
