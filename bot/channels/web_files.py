"""Photos and papers sent through the web chat: known by their content, limited, kept under a random name.

They lie in the bot's own folder (mode 0600) and are named in the conversation as an attachment message; nothing serves
them back to the web.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.types import Message

from bot.channels.web_problems import WebProblemError

FILE_BYTES = 10 * 1024 * 1024
FORM_BYTES = FILE_BYTES + 64 * 1024
FORM_SECONDS = 180.0  # ten megabytes over a village's network
MOST_PIXELS = 60_000_000  # more than any phone's camera; a small file can unfold into a picture without end
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file: `name` in the folder is random, `kind` is `jpg`, `png` or `pdf`, `size` in bytes."""

    name: str
    kind: str
    size: int
    digest: str

    def shown(self) -> dict[str, Any]:
        """What the page and the conversation may know of it."""
        return {"id": self.name.partition(".")[0], "type": self.kind, "size": self.size}


async def read_form(request: Request) -> FormData:
    """The multipart form, counted while it arrives; the file itself goes to a temporary file, not to memory."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > FORM_BYTES:
        raise WebProblemError(413, "too_large")
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise WebProblemError(415, "file_missing")
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > FORM_BYTES:
            raise WebProblemError(413, "too_large")
        return message

    try:
        async with asyncio.timeout(FORM_SECONDS):
            return await Request(request.scope, counted).form(max_files=1, max_fields=3)
    except TimeoutError:
        raise WebProblemError(408, "too_slow") from None
    except (MultiPartException, HTTPException):
        raise WebProblemError(400, "file_missing") from None


def keep(folder: Path, upload: UploadFile) -> Kept:
    """Check a file by its content and store it; raises 413, 415 or 422, and 507 when the disk is full."""
    content = upload.file.read(FILE_BYTES + 1)
    if len(content) > FILE_BYTES:
        raise WebProblemError(413, "too_large")
    kind = kind_of(content)
    name = f"{secrets.token_hex(16)}.{kind}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / name, content)
    except OSError as error:
        log.error("attachment_not_stored", exc_info=error)
        raise WebProblemError(507, "no_room") from None
    return Kept(name, kind, len(content), hashlib.sha256(content).hexdigest())


def kind_of(content: bytes) -> str:
    """`jpg`, `png` or `pdf`, by what is inside; the name and the announced type are not asked."""
    if content.startswith(b"\xff\xd8\xff"):
        size = jpeg_size(content)
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        size = png_size(content)
    elif content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return "pdf"
    else:
        raise WebProblemError(415, "file_type")
    if size is None or 0 in size:
        raise WebProblemError(422, "file_damaged")
    if size[0] * size[1] > MOST_PIXELS:
        raise WebProblemError(413, "too_large")
    return "jpg" if content[0] == 0xFF else "png"


def png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a whole PNG, or None."""
    if content[12:16] != b"IHDR" or b"IEND" not in content[-64:]:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a JPEG, from its frame header, or None when there is none before the picture begins."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF or marker in (0x01, *range(0xD0, 0xD8)):  # filling, and markers without a length
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        if marker in (0xD9, 0xDA):
            return None
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # it is acknowledged next
    except OSError:
        path.unlink(missing_ok=True)
        raise
