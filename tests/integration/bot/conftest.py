"""The bot's database and a fake Bot API server."""

from __future__ import annotations

from tests.bot_databases import bot_url, both, both_urls, database
from tests.bot_fixtures import api, bot, sim

__all__ = ["api", "bot", "bot_url", "both", "both_urls", "database", "sim"]
