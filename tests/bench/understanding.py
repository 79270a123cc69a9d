"""How well the desk understands, in figures: `python -m tests.bench.understanding [--nlu]` prints a Markdown table.

Facts: `tests/nlu/held_out_facts.txt`, extractors alone, only what they are sure of. Intents (`--nlu`): `held_out.jsonl`,
through the real client against the real model, which is trained and served when it is not.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from bot.nlu_client import NluClient
from bot.settings import BotSettings
from bot.understand import _model
from handlers.interpretation.intents import by_model, by_words
from handlers.interpretation.language import detect
from handlers.interpretation.normalise import fold
from tests.unit.interpretation.rows import parse, read, sure

HELD_OUT = Path(__file__).parents[1] / "nlu"


def facts() -> list[str]:
    """Precision and recall of sure facts, per language."""
    rows = list(parse(HELD_OUT / "held_out_facts.txt"))
    out = [
        "| facts, extractors alone | messages | facts | found | wrong | precision | recall | whole message right | ms |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name in ("zh", "en"):
        mine = [row for row in rows if detect(row.text) == name]
        started = time.perf_counter()
        got = [sure(read(row.text)) for row in mine]
        each = (time.perf_counter() - started) / len(mine) * 1000
        wanted = sum(len(row.facts) for row in mine)
        right = sum(len(g & row.facts) for g, row in zip(got, mine, strict=True))
        wrong = sum(len(g - row.facts) for g, row in zip(got, mine, strict=True))
        whole = sum(g == row.facts for g, row in zip(got, mine, strict=True))
        out.append(
            f"| {name} | {len(mine)} | {wanted} | {right} | {wrong} | {right / (right + wrong):.2f} | {right / wanted:.2f} | {whole}/{len(mine)} | {each:.0f} |"
        )
    return out


async def intents() -> list[str]:
    """How often the first intent is right, and how often what is kept is."""
    rows = [json.loads(line) for line in (HELD_OUT / "held_out.jsonl").read_text("utf-8").splitlines()]
    out = [
        "| intents | messages | model right | kept by the guards | right of those kept | by words alone | p50 ms |",
        "|---|---|---|---|---|---|---|",
    ]
    async with _model(BotSettings()) as client:
        if client is None:
            return ["no language model here"]
        for name in ("zh", "en"):
            mine = [row for row in rows if detect(row["text"]) == name]
            out.append(await _one(client, name, mine))
    return out


async def _one(client: NluClient, name: str, rows: list[dict[str, str]]) -> str:
    first = kept = right = words = 0
    times = []
    for row in rows:
        started = time.perf_counter()
        got = await client.understand(row["text"])
        times.append(time.perf_counter() - started)
        first += got.intent == row["intent"]
        kept += by_model(got) is not None
        right += by_model(got) == row["intent"]
        words += by_words(fold(row["text"]).text) == row["intent"]
    p50 = sorted(times)[len(times) // 2] * 1000
    return f"| {name} | {len(rows)} | {first / len(rows):.2f} | {kept / len(rows):.2f} | {right / kept:.2f} | {words / len(rows):.2f} | {p50:.0f} |"


if __name__ == "__main__":
    print("\n".join(facts()))
    if "--nlu" in sys.argv:
        print()
        print("\n".join(asyncio.run(intents())))
