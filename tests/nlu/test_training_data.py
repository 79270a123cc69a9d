"""The examples the model learns from: complete, ours, and cut where tokens end. No Rasa needed."""

from __future__ import annotations

import importlib.util
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.nlu_answer import ENTITIES
from handlers.interpretation.intents import INTENTS
from tests.nlu.data import NLU, domain, sentences, unmark

ALL = list(sentences())
CONTRACT = [
    "describe_situation",
    "ask_programmes",
    "ask_about_programme",
    "apply",
    "report_for_someone",
    "check_status",
    "correct",
    "affirm",
    "deny",
    "dont_know",
    "decline_to_say",
    "why",
    "back",
    "start_over",
    "human",
    "complain",
    "appeal",
    "tip",
    "withdraw",
    "my_data",
    "delete_my_data",
    "change_language",
    "greet",
    "thanks",
    "goodbye",
    "help",
    "out_of_scope",
]  # "Intents" in the client's conversation.md
BIG = ("describe_situation", "report_for_someone", "ask_programmes", "ask_about_programme", "apply", "affirm", "deny", "dont_know",
       "decline_to_say", "correct", "check_status", "out_of_scope")  # fmt: skip


def test_it_knows_the_same_intents_everywhere() -> None:
    assert list(INTENTS) == CONTRACT
    assert domain()["intents"] == CONTRACT
    assert {one.intent for one in ALL} == set(CONTRACT)


def test_it_knows_the_same_entities_everywhere() -> None:
    assert set(domain()["entities"]) == ENTITIES
    assert {entity for one in ALL for _, _, entity in one.marks} == ENTITIES


@pytest.mark.parametrize(("language", "enough", "some"), [("zh", 40, 17), ("en", 25, 12)])
def test_it_has_examples_enough_in_each_language(language: str, enough: int, some: int) -> None:
    counts = Counter(one.intent for one in ALL if one.language == language)
    assert {intent: n for intent, n in counts.items() if n < (enough if intent in BIG else some)} == {}


def test_it_says_nothing_twice_and_hardly_anything_nearly_twice() -> None:
    texts = [one.text for one in ALL]
    assert [text for text, n in Counter(texts).items() if n > 1] == []
    near = [
        (one.text, other.text)
        for index, one in enumerate(ALL)
        for other in ALL[index + 1 :]
        if one.language == other.language and _alike(one.text, other.text) > 0.85
    ]
    assert len({pair[0] for pair in near}) / len(ALL) < 0.05, near


def _alike(a: str, b: str) -> float:
    """Share of neighbouring pairs of characters that two sentences have in common; words of one letter are left out."""
    x, y = _pairs(a), _pairs(b)
    return len(x & y) / len(x | y) if x and y else 0.0


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[\W_]+", "", text.lower())
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def test_it_keeps_the_held_out_sentences_out() -> None:
    held = {
        json.loads(line)["text"]
        for line in Path(__file__).with_name("held_out.jsonl").read_text("utf-8").splitlines()
    }
    assert held & {one.text for one in ALL} == set()
    assert len(held) >= 90


def test_it_holds_no_personal_data() -> None:
    number = re.compile(r"\d{6,}|@|[\u4e00-\u9fff]{1,2}某某?[省市]|1[3-9]\d{9}")
    assert [one.text for one in ALL if number.search(one.text)] == []


def test_it_marks_only_what_it_means_to() -> None:
    for one in ALL:
        assert "[" not in one.text, one
        assert "](" not in one.text, one
        for start, end, _ in one.marks:
            assert one.text[start:end].strip() == one.text[start:end], one


def test_it_reads_marks() -> None:
    assert unmark("[我爸](relation)[63](age)了") == ("我爸63了", ((0, 2, "relation"), (2, 4, "age")))


def test_it_never_marks_across_a_token() -> None:
    cut = _cutter()
    for one in ALL:
        starts = {a for a, _ in cut(one.text)}
        ends = {b for _, b in cut(one.text)}
        for start, end, _ in one.marks:
            assert start in starts, (one.text, one.text[start:end])
            assert end in ends, (one.text, one.text[start:end])


def _cutter() -> Callable[[str], list[tuple[int, int]]]:
    """The tokenizer's cutting, from its file: nothing of ours imports the Rasa project."""
    spec = importlib.util.spec_from_file_location("cutting", NLU / "components" / "cutting.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    cut: Callable[[str], list[tuple[int, int]]] = module.cut
    return cut


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("我爸63了", ["我", "爸", "63", "了"]),
        ("my dad's 1,200 yuan", ["my", "dad's", "1,200", "yuan"]),
        ("吃dibao的人", ["吃", "dibao", "的", "人"]),
        ("", []),
        ("👍。！", []),
        ("𠮷野家", ["𠮷", "野", "家"]),
    ],
)
def test_it_cuts_characters_and_keeps_words(text: str, tokens: list[str]) -> None:
    assert [text[a:b] for a, b in _cutter()(text)] == tokens
