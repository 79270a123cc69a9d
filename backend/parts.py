"""What the processes of the intake share, put together once at the edge (`create_app`, `jobs`, the commands)."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from backend.casework.desk import Desk
from backend.catalogue.load import load_catalogue
from backend.eligibility import CatalogueError, compile_catalogue
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


def read_settings() -> BackendSettings:
    """The settings of this process; one that cannot be right ends it with a line that names it, never its value."""
    try:
        settings = BackendSettings()
        make_url(settings.url)
    except ValidationError as error:
        names = ", ".join(f"ONEDOOR_{str(one['loc'][0]).upper()}" for one in error.errors())
        sys.exit(f"onedoor: {names} cannot be right (see .env.example)")
    except ArgumentError:
        sys.exit("onedoor: ONEDOOR_DATABASE_URL is not the address of a database (see .env.example)")
    return settings


def put_together(settings: BackendSettings) -> Parts:
    """Open the database, load and compile the catalogue. Fails early, in words: a broken catalogue stops the start."""
    try:
        rules = compile_catalogue(load_catalogue(settings.catalogue))
    except FileNotFoundError:
        sys.exit(f"onedoor: ONEDOOR_CATALOGUE: there is no catalogue {settings.catalogue}")
    except CatalogueError as error:
        sys.exit(f"onedoor: the catalogue {settings.catalogue} has mistakes:\n{error}")
    return Parts(settings, Desk(Database(settings.url), rules, open_clock(settings.clock)))
