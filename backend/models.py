"""Every table of the intake in one metadata: for migrations, for the processes' start, never for the lower layers."""

from __future__ import annotations

import importlib
import importlib.util

from backend.access import models as access
from backend.audit import models as audit
from backend.casework import models as casework
from backend.db import Base
from backend.deadlines import models as deadlines
from backend.dispatch import models as dispatch
from backend.intake import models as intake
from backend.outbox import models as outbox
from backend.people import models as people

__all__ = ["Base", "access", "audit", "casework", "deadlines", "dispatch", "intake", "outbox", "people"]

if importlib.util.find_spec("backend.access.staff_models"):
    importlib.import_module("backend.access.staff_models")
