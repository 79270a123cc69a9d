"""The page and its own scripts, styles and words: read once, served with a name that changes when they change."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

from babel.messages.pofile import read_po
from fastapi import APIRouter, Request, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape

from bot.channels.web_problems import reader_language
from locales import FOLDER, LANGUAGES, OWN_NAMES, language_of, translator

HERE = Path(__file__).parent / "web"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
# Nothing but our own files, no script or style in the page itself, nobody may frame it, no string ever becomes markup.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
FOR_EVER = "public, max-age=31536000, immutable"


def page_words() -> dict[str, dict[str, str]]:
    """The words that the page's own script needs, by language: the keys `web.*` but for the API's and terminal's."""
    with (FOLDER / LANGUAGES["zh"] / "LC_MESSAGES" / "web.po").open("rb") as file:
        keys = [str(message.id) for message in read_po(file) if message.id]
    wanted = [key for key in keys if not key.startswith(("web.problem.", "web.terminal."))]
    return {lang: {key: translator(lang)(key) for key in wanted} for lang in LANGUAGES}


class Files:
    """Every file of the page in memory, plain and packed."""

    def __init__(self) -> None:
        self.plain = {path.name: path.read_bytes() for path in sorted(HERE.iterdir()) if path.suffix in TYPES}
        self.plain["words.json"] = json.dumps(page_words(), ensure_ascii=False).encode()
        self.packed = {name: gzip.compress(content, 9, mtime=0) for name, content in self.plain.items()}
        self.version = hashlib.sha256(b"".join(self.plain[name] for name in sorted(self.plain))).hexdigest()[
            :12
        ]
        self.modules = sorted(
            name for name in self.plain if name.endswith(".js") and name not in ("page.js", "old.js")
        )


def page_router(path: str) -> APIRouter:
    """`GET {path}` and its files."""
    router, files = APIRouter(), Files()
    shown = Environment(loader=FileSystemLoader(HERE), autoescape=select_autoescape()).get_template(
        "page.html"
    )

    @router.get(path, include_in_schema=False)
    async def page(request: Request, lang: str | None = None) -> Response:
        """The chat page, in the language of the link or else of the browser."""
        language = language_of(lang) or reader_language(request)
        html = shown.render(
            t=translator(language),
            lang=language,
            html_lang={"zh": "zh-Hans"}.get(language, language),
            languages=list(OWN_NAMES.items()),
            others=[(other, translator(other)) for other in LANGUAGES if other != language],
            chat=path,
            static=f"{path}/static/{files.version}",
            modules=files.modules,
        )
        return Response(
            html,
            media_type="text/html; charset=utf-8",
            headers={
                **SECURITY,
                "Content-Security-Policy": PAGE_POLICY,
                "Cache-Control": "no-cache",
                "Vary": "Accept-Language",
            },
        )

    @router.get(path + "/static/{version}/{name}", include_in_schema=False)
    async def static(version: str, name: str, request: Request) -> Response:
        """A file of the page; an old version's name still gets the present file, but is not kept."""
        if name not in files.plain:
            return Response(status_code=404, headers=SECURITY)
        headers = {
            **SECURITY,
            "Cache-Control": FOR_EVER if version == files.version else "no-store",
            "Content-Security-Policy": "default-src 'none'",
            "Vary": "Accept-Encoding",
        }
        content = files.plain[name]
        if "gzip" in request.headers.get("accept-encoding", ""):
            content, headers["Content-Encoding"] = files.packed[name], "gzip"
        return Response(content, media_type=TYPES[Path(name).suffix], headers=headers)

    return router
