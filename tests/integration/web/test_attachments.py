"""Photos and papers: known by their content, limited, kept privately, told to the conversation once."""

from __future__ import annotations

import stat
import struct
import zlib
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.channels import web_files
from bot.store import InboxRow
from tests.integration.web.conftest import Desk, Seat


def png(width: int = 2, height: int = 2) -> bytes:
    """A PNG whose header says this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(14)))
        + chunk(b"IEND", b"")
    )


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """A JPEG as cameras write it: an EXIF part with a picture inside, then the frame's size."""
    exif = b"\xff\xe1" + struct.pack(">H", 2 + 12) + b"Exif\x00\x00\xff\xc0\x00\x00\x00\x00"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + exif + b"\xff\xff" + frame + b"\xff\xda\x00\x02" + b"\x00" * 20 + b"\xff\xd9"


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


def kept_files(desk: Desk) -> list[str]:
    return [path.name for path in Path(desk.chat.folder).rglob("*.*")]


async def send(seat: Seat, content: bytes, name: str = "photo.jpg", **fields: str) -> httpx.Response:
    files = {"file": (name, content, "image/jpeg")}
    return await seat.client.post(f"{seat.url}/attachments", files=files, data=fields, headers=seat.headers)


@pytest.mark.parametrize(("content", "kind"), [(png(), "png"), (jpeg(), "jpg"), (PDF, "pdf")])
async def test_it_keeps_a_file_privately_and_tells_the_conversation(
    desk: Desk, seat: Seat, content: bytes, kind: str
) -> None:
    answer = await send(seat, content, "../../etc/<script>.exe", message_id="f1")
    body = answer.json()
    assert answer.status_code == 201
    assert body["attachment"] == {"id": body["attachment"]["id"], "type": kind, "size": len(content)}
    assert body["messages"][0]["text"] == "#2 attachment"
    kept = desk.chat.folder / seat.id / f"{body['attachment']['id']}.{kind}"
    assert kept.read_bytes() == content
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    with desk.database.read() as session:
        row = session.scalars(select(InboxRow).where(InboxRow.kind == "attachment")).one()
    assert row.payload["attachment"]["file"] == kept.name
    assert "script" not in str(row.payload)
    read = (await seat.client.get(f"{seat.url}/messages", headers=seat.headers)).json()
    assert read["said"] == [{"message_id": "f1", "attachment": kind, "done": True}]


async def test_the_same_upload_again_has_no_second_effect(desk: Desk, seat: Seat) -> None:
    first = await send(seat, png(), message_id="same")
    again = await send(seat, png(), message_id="same")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert len(list((desk.chat.folder / seat.id).iterdir())) == 1
    assert len(await seat.read()) == 2


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 415), (b"MZ\x90\x00 an executable", 415), (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", 415),
        (b"<html><script>x</script>", 415), (b"GIF89a", 415), (b"\x00\x00\x00\x18ftypheic", 415), (b"PK\x03\x04docx", 415),
        (b"#!AMR\n", 415), (b"%PDF-1.7 cut off", 415), (b"\xff\xd8\xff", 422), (b"\xff\xd8\xff\xda\x00\x02", 422),
        (jpeg()[:12], 422), (png()[:20], 422), (png()[:-12], 422), (png(0, 5), 422), (png(30_000, 30_000), 413),
        (jpeg(60_000, 60_000), 413),
    ],
)  # fmt: skip
async def test_it_refuses_what_is_not_a_whole_photo_or_paper(
    desk: Desk, seat: Seat, content: bytes, status: int
) -> None:
    answer = await send(seat, content)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert kept_files(desk) == []
    assert len(await seat.read()) == 1


async def test_it_stops_reading_a_file_that_is_too_large(desk: Desk, seat: Seat) -> None:
    large = png() + bytes(web_files.FILE_BYTES)
    assert (await send(seat, large)).status_code == 413

    async def without_length():  # type: ignore[no-untyped-def]
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(200):
            yield bytes(65536)

    headers = {**seat.headers, "Content-Type": "multipart/form-data; boundary=b"}
    answer = await seat.client.post(f"{seat.url}/attachments", content=without_length(), headers=headers)
    assert answer.status_code == 413
    assert kept_files(desk) == []


@pytest.mark.parametrize(
    ("content_type", "content", "status"),
    [
        ("application/json", b"{}", 415), ("", b"", 415), ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=b", b"--b\r\nnonsense", 422),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nwords\r\n--b--\r\n', 422),
        ("multipart/form-data; boundary=b", b"--b--\r\n", 422),
    ],
)  # fmt: skip
async def test_a_broken_form_is_a_clear_problem(
    seat: Seat, content_type: str, content: bytes, status: int
) -> None:
    headers = {**seat.headers, "Content-Type": content_type}
    answer = await seat.client.post(f"{seat.url}/attachments", content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["title"]


async def test_a_wrong_message_id_keeps_nothing(desk: Desk, seat: Seat) -> None:
    assert (await send(seat, png(), message_id="a b")).status_code == 422
    assert kept_files(desk) == []


async def test_a_full_disk_is_said_and_leaves_no_half_file(
    desk: Desk, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(web_files.os, "fsync", full)
    assert (await send(seat, png())).status_code == 507
    assert kept_files(desk) == []
