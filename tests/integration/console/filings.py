"""Filings as the bot sends them, for pages to show: Hong's story, told by an information officer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from backend import contract
from backend.eligibility.model import Catalogue

SAID_AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
STORY = "洪大爷55了，中风出院回来瘫在床上，自己翻不了身。家里就他和老伴，一个月四五百块钱。住在村上，户口是永川的。看病自己花了两万四，实在过不下去了。"
CHOICES = {"owns_shop": "没有", "vehicle_kind": "没有车"}


def words(
    fact: str, subject: str, words_: str, *, sureness: float = 0.95, **value: Any
) -> contract.StatedFact:
    """A fact read from the story, with the words it came from."""
    start = STORY.index(words_)
    return contract.StatedFact(
        fact=fact,
        subject=subject,
        evidence=contract.Evidence(
            words=words_,
            span=(start, start + len(words_)),
            message="m1",
            said_by="officer",
            said_at=SAID_AT,
            sureness=sureness,
            confirmed=value.pop("confirmed", True),
        ),
        **value,
    )


def tapped(fact: str, subject: str, label: str, message: str, **value: Any) -> contract.StatedFact:
    """A fact chosen with a button."""
    return contract.StatedFact(
        fact=fact,
        subject=subject,
        evidence=contract.Evidence(
            choice=label,
            message=message,
            said_by="officer",
            said_at=SAID_AT,
            sureness=1.0,
            confirmed=True,
        ),
        **value,
    )


def facts() -> list[contract.StatedFact]:
    """Everything told about Hong: words, buttons, "don't know" and "rather not say"."""
    return [
        words("age", "self", "55了", value=55),
        words("self_care_ability", "self", "瘫在床上，自己翻不了身", value="none", sureness=0.8),
        words("illness_kind", "self", "中风", value="stroke_paralysis", sureness=0.45, confirmed=False),
        words("household_size", "household", "就他和老伴", value=2, sureness=0.65),
        words("household_income_month", "household", "一个月四五百块钱", low="400", high="500"),
        words("residence_area", "household", "住在村上", value="rural"),
        words("hukou_yongchuan", "self", "户口是永川的", value=True),
        words("hukou_chongqing", "self", "户口是永川的", value=True, sureness=0.9),
        words("medical_self_paid_12m", "self", "看病自己花了两万四", value="24000"),
        words("basic_life_in_trouble", "household", "实在过不下去了", value=True, sureness=0.75),
        tapped("emergency_kind", "household", "突然得了重病", "m3", value="sudden_illness"),
        tapped("owns_shop", "household", "没有", "m5", value=False),
        tapped("financial_assets_per_capita", "household", "不晓得", "m7", state="dont_know"),
        tapped("vehicle_kind", "household", "不想说", "m9", state="declined"),
    ]


def lines() -> list[contract.TranscriptLine]:
    """The conversation it came from."""
    said = [
        ("d0", "desk", "请说说发生了什么。"),
        ("m1", "reporter", STORY),
        ("d2", "desk", "是因为什么突然过不下去的？"),
        ("m3", "reporter", "突然得了重病"),
        ("d4", "desk", "家里开店吗？"),
        ("m5", "reporter", "没有"),
        ("d6", "desk", "家里每人大约有多少存款？"),
        ("m7", "reporter", "不晓得"),
        ("d8", "desk", "家里有车吗？"),
        ("m9", "reporter", "不想说"),
    ]
    return [
        contract.TranscriptLine(message=message, at=SAID_AT, who=who, text=text)  # type: ignore[arg-type]
        for message, who, text in said
    ]


def hong(catalogue: Catalogue, **changed: Any) -> contract.SubmissionIn:
    """Hong's filing: two applications from one report."""
    values: dict[str, Any] = {
        "on": SAID_AT.date(),
        "catalogue": catalogue.version,
        "reporter": contract.ReporterIn(
            kind="officer", name="周明", phone="13800000001", relation="other", consent="spoken"
        ),
        "contact": contract.ContactPoint(channel="web", conversation="c-hong", lang="zh"),
        "persons": [
            contract.PersonIn(id="self", relation="self", name="洪永福"),
            contract.PersonIn(id="spouse", relation="spouse"),
        ],
        "members_complete": True,
        "facts": facts(),
        "items": [
            contract.ApplicationItem(programme="temp_aid_emergency", subject="household", truth="true"),
            contract.ApplicationItem(programme="dibao_rural", subject="household", truth="unknown"),
        ],
        "story": STORY,
        "transcript": lines(),
        "office": changed.pop("office", "dashun"),
    }
    return contract.SubmissionIn(**(values | changed))
