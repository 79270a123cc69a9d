"""The intake's settings, read once from the environment (or `.env`) at the edge."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class BackendSettings(BaseSettings):
    """Every name is `ONEDOOR_<NAME>` in the environment; `.env.example` explains each."""

    model_config = SettingsConfigDict(env_prefix="ONEDOOR_", env_file=".env", extra="ignore")

    var: Path = Path("var")
    database_url: str = ""
    catalogue: str = "yongchuan"
    secret_key: SecretStr = SecretStr("")
    backend_host: str = "127.0.0.1"
    backend_port: int = 8000
    secure_cookies: bool = True  # off only for plain-http development on loopback
    clock: Path | None = None  # a file with an ISO time, for drills

    @property
    def url(self) -> str:
        """SQLite under `var/` unless told otherwise."""
        return self.database_url or f"sqlite:///{self.var / 'backend.sqlite3'}"
