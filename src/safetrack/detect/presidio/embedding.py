"""Words that stand in a batch of texts more than once are embedded once.

What spaCy's networks make of a word before they look at its neighbours depends on the word alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from thinc.api import Model, Ragged

if TYPE_CHECKING:
    from spacy.language import Language

_LAYERS: Final = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
"""spaCy's ``MultiHashEmbed``: the two in the middle work on each word by itself."""

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
"""2⁶⁴ divided by the golden ratio: multiplying by it spreads a number over all 64 bits."""


def embed_each_word_once(model: Language) -> None:
    """Change a model that finds names so; for use only, as it can no longer be trained.

    Models of another make stay as they are.
    """
    networks: list[Any] = [getattr(component, "model", None) for _, component in model.pipeline]
    for part in [part for network in networks if network for part in network.walk()]:
        if [layer.name.partition("(")[0] for layer in part.layers] == _LAYERS:
            part.layers[2:4] = [Model("once", _forward, layers=part.layers[2:4])]


def _forward(model: Any, words: Ragged, is_train: bool) -> tuple[Ragged, Any]:  # noqa: FBT001
    features: Any = words.data
    keys = np.zeros(len(features), dtype=np.uint64)
    for column in features.T:
        keys = (keys ^ column) * _FACTOR
        keys ^= keys >> np.uint64(29)
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    length: Any = np.array([len(first)], dtype="i")
    vectors: Any = Ragged(features[first], length)
    for layer in model.layers:
        vectors, _ = layer(vectors, is_train)
    return Ragged(vectors.data[place], words.lengths), None
