"""Remembers which tokens were seen in training and says of each text how large a share of its tokens it knows.

Rasa is as sure of rubbish as of sentences (finding F4); its reader (`bot/nlu_answer.py`) therefore asks for this share.
"""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Set, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class KnownShare(GraphComponent):
    """Adds `known`, between 0 and 1, to what a parse gives back. Digits count as known: every number is new."""

    def __init__(self, known: Set[Text], storage: ModelStorage, resource: Resource) -> None:
        """`known` is empty until trained or loaded."""
        self._known, self._storage, self._resource = known, storage, resource

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KnownShare:
        """Before training."""
        return cls(set(), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> KnownShare:
        """From a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(set(json.loads((folder / "known.json").read_text("utf-8"))), model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Take in the tokens of every example, those of out_of_scope excepted: knowing rubbish is no knowledge."""
        for example in training_data.intent_examples:
            if example.get("intent") != "out_of_scope":
                self._known.update(token.text for token in example.get(TOKENS_NAMES[TEXT]) or [])
        with self._storage.write_to(self._resource) as folder:
            (folder / "known.json").write_text(json.dumps(sorted(self._known), ensure_ascii=False), "utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add to examples."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Say of each message how much of it is known."""
        for message in messages:
            message.set("known", self.share(message.get(TOKENS_NAMES[TEXT])), add_to_output=True)
        return messages

    def share(self, tokens: Optional[List[Any]]) -> float:
        """The share of tokens seen in training; 0 for a text without any."""
        words = [token.text for token in tokens or [] if token.text != "∅"]
        if not words:
            return 0.0
        return sum(word in self._known or word[0].isdigit() for word in words) / len(words)
