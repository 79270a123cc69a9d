"""Cuts a text into tokens: each Chinese character by itself, Latin words and numbers whole.

Rasa's own tokenizers find no entities in Chinese (whitespace) or cut across them (jieba); see docs/adr/0008.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Dict, List, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from components.cutting import cut


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class CharacterTokenizer(Tokenizer):
    """Tokens never depend on a dictionary, so that a span can start and end at any Chinese character."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Settings every tokenizer has."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @classmethod
    def create(cls, config: Dict[Text, Any], *_: Any) -> CharacterTokenizer:
        """As Rasa makes components."""
        return cls(config)

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        """The tokens of one attribute of a message, in order, with their places in the original text."""
        text = message.get(attribute) or ""
        tokens = [Token(_plain(text[a:b]), a, b) for a, b in cut(text)]
        # A featurizer given no token at all fails; one empty-looking token says nothing and does no harm.
        return tokens or [Token("∅", 0, max(1, len(text)))]


def _plain(words: Text) -> Text:
    """Full-width letters and digits as plain ones, all small; one character for one, so that places stay right."""
    return "".join(
        unicodedata.normalize("NFKC", c).lower() if len(unicodedata.normalize("NFKC", c)) == 1 else c
        for c in words
    )
