"""What `onedoor up` needs to know, read once from the environment (or `.env`)."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class UpSettings(BaseSettings):
    """Every name is `ONEDOOR_<NAME>` in the environment; `.env.example` explains each."""

    model_config = SettingsConfigDict(env_prefix="ONEDOOR_", env_file=".env", extra="ignore")

    var: Path = Path("var")
    secret_key: SecretStr = SecretStr("")
    backend_key: SecretStr = SecretStr("")
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = ""
    nlu_url: str = ""
    nlu_token: SecretStr = SecretStr("")
    nlu_memory_mb: int = 2048
    clock: Path | None = None
