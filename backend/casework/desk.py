"""What casework needs from outside, put together once at the start: database, rules, clock."""

from __future__ import annotations

from dataclasses import dataclass

from backend.access.staff import Actor
from backend.eligibility.model import Catalogue
from backend.eligibility.rules import Rules
from backend.tools.clock import Clock
from backend.tools.sql import Database


@dataclass(frozen=True, slots=True)
class Desk:
    """Passed to every function of `backend.casework.service`."""

    database: Database
    rules: Rules
    clock: Clock

    @property
    def catalogue(self) -> Catalogue:
        """The district's programmes, as compiled into the rules."""
        return self.rules.catalogue


def client_actor(client: str) -> Actor:
    """An API client (the bot) acting for the resident who talks to it."""
    return Actor(
        id=f"client:{client}", login=client, name=client, role="client", department=None, office=None
    )


SYSTEM = Actor(
    id="system", login="system", name="OneDoor", role="system", department=None, office=None
)  # jobs
