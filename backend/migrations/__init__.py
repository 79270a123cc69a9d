"""The intake's database, step by step. `upgrade(url)` brings any earlier one to the present shape.

A new step: change the models, then `python -m backend.migrations "what changed and why"` writes a draft to look over.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER = Path(__file__).parent


def config(url: str) -> Config:
    """Alembic's settings for the database at `url`; there is no alembic.ini to keep in step."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["url"] = url
    return made


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database at `url` to this shape; safe to repeat and safe when two processes start at once."""
    command.upgrade(config(url), to)


def downgrade(url: str, to: str) -> None:
    """Take the database back to an earlier shape (`base`: nothing at all)."""
    command.downgrade(config(url), to)


def at_head(connection: Connection) -> bool:
    """Whether this database has the shape that this code needs."""
    wanted = set(ScriptDirectory.from_config(config("")).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == wanted
