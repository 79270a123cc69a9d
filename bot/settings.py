"""The bot's settings, read once from the environment (or `.env`) at the edge."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class BotSettings(BaseSettings):
    """Every name is `ONEDOOR_<NAME>` in the environment; `.env.example` explains each."""

    model_config = SettingsConfigDict(env_prefix="ONEDOOR_", env_file=".env", extra="ignore")

    var: Path = Path("var")
    bot_database_url: str = ""
    catalogue: str = "yongchuan"
    backend_url: str = "http://127.0.0.1:8000"
    backend_key: SecretStr = SecretStr("")
    bot_host: str = "127.0.0.1"
    bot_port: int = 8001
    bot_public_url: str = ""
    nlu_url: str = ""
    nlu_token: SecretStr = SecretStr("")
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = ""
    telegram_mode: str = "polling"  # or "webhook"
    telegram_webhook_secret: SecretStr = SecretStr("")
    clock: Path | None = None  # a file with an ISO time, for drills

    @property
    def database_url(self) -> str:
        """SQLite under `var/` unless told otherwise."""
        return self.bot_database_url or f"sqlite:///{self.var / 'bot.sqlite3'}"
