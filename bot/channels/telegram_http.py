"""Connections to the Bot API server: through the machine's proxy to Telegram, straight to one on this machine."""

from __future__ import annotations

from urllib.parse import urlsplit

from telegram.request import HTTPXRequest

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def connections(url: str, *, most: int, read_seconds: float) -> HTTPXRequest:
    """A pool of `most` connections whose answers may take `read_seconds`."""
    here = urlsplit(url).hostname in LOOPBACK
    return HTTPXRequest(
        connection_pool_size=most,
        read_timeout=read_seconds,
        pool_timeout=5,
        httpx_kwargs={"trust_env": False} if here else None,
    )
