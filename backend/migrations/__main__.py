"""`python -m backend.migrations "why"`: a draft of the next step, from the difference between models and database."""

from __future__ import annotations

import sys
import tempfile

from alembic import command

from backend.migrations import config, upgrade

with tempfile.TemporaryDirectory() as folder:
    url = f"sqlite:///{folder}/empty.sqlite3"
    upgrade(url)
    command.revision(config(url), message=sys.argv[1], autogenerate=True)
