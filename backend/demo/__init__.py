"""A demonstration district: made-up towns, staff and families, filed and decided through the real services."""

from __future__ import annotations

from backend.demo.loading import load

__all__ = ["load"]
