"""Filings as the bot sends them: Amina for herself, and Jonas for his father Hong, who came home paralysed."""

from __future__ import annotations

from datetime import date
from typing import Any

from backend import contract

ON = date(2026, 11, 23)


def said(fact: str, subject: str, words: str | None = None, **given: Any) -> dict[str, Any]:
    """One stated fact with the words it came from (or the button, when `choice` is given)."""
    choice = given.pop("choice", None)
    return {
        "fact": fact,
        "subject": subject,
        **given,
        "evidence": {
            "words": None if choice else (words or "测试原话"),
            "span": None if choice else [0, len(words or "测试原话")],
            "choice": choice,
            "message": "m-1",
            "said_by": "applicant",
            "said_at": "2026-11-23T01:55:00Z",
            "sureness": 0.9,
            "confirmed": True,
        },
    }


def hong(**changed: Any) -> dict[str, Any]:
    """Hong's story as an officer reports it: two applications from one report."""
    body: dict[str, Any] = {
        "on": ON.isoformat(),
        "catalogue": "yongchuan-test",
        "reporter": {
            "kind": "officer",
            "name": "约纳斯（测试）",
            "phone": "13000000000",
            "relation": "officer",
            "consent": "spoken",
        },
        "contact": {"channel": "telegram", "conversation": "chat-1", "lang": "zh"},
        "persons": [{"id": "self", "relation": "self", "name": "洪某（测试）"}],
        "members_complete": True,
        "facts": [
            said("self_care_ability", "self", "瘫在床上", value="none"),
            said("household_income_month", "household", "一个月四五百", low="400", high="500"),
            said("household_size", "household", choice="2人", value=2),
            said("vehicle_value", "household", choice="不想说", state="declined"),
        ],
        "items": [
            {"programme": "temp_aid_emergency", "subject": "household", "truth": "unknown"},
            {"programme": "dibao_rural", "subject": "household", "truth": "unknown"},
        ],
        "story": "我爸出院回来瘫在床上，一个月四五百",
        "transcript": [
            {
                "message": "m-1",
                "at": "2026-11-23T01:55:00Z",
                "who": "reporter",
                "text": "我爸出院回来瘫在床上",
            },
            {"message": "m-2", "at": "2026-11-23T01:55:02Z", "who": "desk", "text": "我听到的是……"},
        ],
    }
    return {**body, **changed}


def filing(**changed: Any) -> contract.SubmissionIn:
    """The same, in its shape."""
    return contract.SubmissionIn.model_validate(hong(**changed))
