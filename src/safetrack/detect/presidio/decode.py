"""The decisions of spaCy's name finder, made for all words at once instead of word by word.

The finder goes through a text and decides of each word whether it begins a name, is a name of its
own or is outside, and inside a name whether it goes on or ends. What it looks at is the word and,
inside a name, the name's first word and the one before: so all words outside names can be scored
in one multiplication, and only those inside names need one each. The network, the rules of what
may follow what, and so the names are spaCy's own; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Span: TypeAlias = tuple[str, int, int]
"""A name's label, its first word and the one past its last."""

_FEATURES: Final = 3
"""Words that the finder looks at. spaCy has networks with more, which are not read here."""


def find_spans(model: Language, documents: list[Doc]) -> Iterator[list[Span]]:
    """The names in each document, in order.

    Args:
        model: With a name finder that `can_decode` accepts.
        documents: Divided into words, and nothing else.
    """
    if not any(map(len, documents)):
        yield from ([] for _ in documents)
        return
    embeddings: list[Any] = [component for _, component in model.pipeline[:-1]]
    for component in embeddings:  # that the finder listens to
        documents = list(component.pipe(documents, batch_size=len(documents)))
    finder: Any = model.get_pipe("ner")
    tokens, lower, upper = finder.model.layers
    vectors = lower.predict(tokens.predict(documents))
    network = _Network(vectors, lower.get_param("b"), upper)
    moves = _Moves.of(finder)
    first = 0
    for document in documents:
        words = slice(first, first + len(document))
        yield _spans(network, moves, words, document.to_array("IS_SPACE").astype(bool))
        first = words.stop


def can_decode(model: Language) -> bool:
    """Whether a model's name finder is of the make that `find_spans` knows."""
    if model.pipe_names[-1:] != ["ner"]:
        return False
    finder: Any = model.get_pipe("ner")
    network = finder.model
    return (
        finder.cfg.get("beam_width", 1) == 1
        and not finder.postprocesses
        and network.attrs.get("has_upper") is True
        and network.get_ref("lower").get_dim("nF") == _FEATURES
        and network.get_ref("lower").get_dim("nP") > 1
    )


class _Network:
    """What the finder's network says of a batch of words.

    Args:
        vectors: Of each word as each of the three that are looked at; the first row stands where
            there is none.
        bias: Of the hidden layer.
        upper: The output layer.
    """

    def __init__(self, vectors: Any, bias: Any, upper: Any) -> None:
        self._none = vectors[0]
        self._vectors = vectors[1:]
        self._bias = bias
        self._weights = upper.get_param("W")
        self._output_bias = upper.get_param("b")
        word, none = self._vectors[:, 0], self._none
        hidden = _largest(word + none[1] + none[2] + bias)
        self.outside = upper.ops.gemm(hidden, self._weights, trans2=True) + self._output_bias
        """The scores of every move at every word, where no name has begun."""

    def inside(self, at: int, first: int, moves: list[int]) -> Any:
        """The scores of some moves at a word in a name that began at `first`."""
        found = self._vectors
        hidden = _largest(found[at, 0] + found[first, 1] + found[at - 1, 2] + self._bias)
        return self._weights[moves] @ hidden + self._output_bias[moves]


def _largest(pieces: Any) -> Any:
    """The largest along the last axis, which is short: numpy's own way is made for long ones."""
    return reduce(np.maximum, np.moveaxis(pieces, -1, 0))


@dataclass(frozen=True, slots=True)
class _Moves:
    """What the finder may do at a word, by number.

    Attributes:
        names: As spaCy writes them: ``B-PERSON``, ``O``.
        numbers: The other way round.
        starts: Those that a name of several words begins with.
        outside: Those that are possible where no name has begun.
        outside_names: The one of them that makes no name.
    """

    names: tuple[str, ...]
    numbers: dict[str, int]
    starts: Any
    outside: Any
    outside_names: int

    @classmethod
    def of(cls, finder: Any) -> _Moves:
        """Those of a finder; what it has never seen an example of, it does not do."""
        names = tuple(finder.moves.get_class_name(at) for at in range(finder.moves.n_moves))
        unseen = finder.model.attrs["unseen_classes"]
        starts = np.array([name[:2] == "B-" and at not in unseen for at, name in enumerate(names)])
        alone = np.array(
            [
                name[:2] == "U-" and name != "U-" and at not in unseen
                for at, name in enumerate(names)
            ]
        )
        none = names.index("O")
        outside = starts | alone
        outside[none] = True
        return cls(names, {name: at for at, name in enumerate(names)}, starts, outside, none)

    def choose(self, scores: Any, is_space: Any) -> Any:
        """The best possible move at each word of a text, where no name has begun."""
        possible = np.where(self.outside, scores, -np.inf)
        possible[-1, self.starts] = -np.inf  # nothing follows
        chosen = possible.argmax(axis=1)
        chosen[is_space] = self.outside_names
        return chosen


def _spans(network: _Network, moves: _Moves, words: slice, is_space: Any) -> list[Span]:
    count = words.stop - words.start
    if not count:
        return []
    chosen = moves.choose(network.outside[words], is_space)
    found: list[Span] = []
    end = 0
    for at in np.flatnonzero(chosen != moves.outside_names).tolist():
        if at < end:
            continue  # inside the last name
        kind, _, label = moves.names[chosen[at]].partition("-")
        end = at + 1 if kind == "U" else _end(network, moves, label, words, at)
        found.append((label, at, end))
    return found


def _end(network: _Network, moves: _Moves, label: str, words: slice, first: int) -> int:
    """One past the last word of a name that begins at `first`."""
    on_or_last = [moves.numbers[f"I-{label}"], moves.numbers[f"L-{label}"]]
    last = words.stop - words.start - 1
    at = first + 1
    while at < last:
        goes_on, ends = network.inside(words.start + at, words.start + first, on_or_last)
        if ends > goes_on:  # of equals spaCy takes the first, and going on comes first
            break
        at += 1
    return at + 1
