"""`/console`: where caseworkers work, and the home page. Server-rendered; works without JavaScript (docs/adr/0006)."""

from __future__ import annotations

from backend.console.mounting import mount

__all__ = ["mount"]
