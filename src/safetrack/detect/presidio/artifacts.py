"""What Presidio asks of a language pipeline, answered without running one.

Presidio wants tokens and lemmas only to look for context words around a match ("my ssn is …").
Lower-cased words serve for that, and they are made only when a match asks for them. Names come
from `safetrack.detect.presidio.names`, which runs the model over a whole batch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from presidio_analyzer.nlp_engine import NlpEngine

from safetrack.detect.once import once

_TOKEN: Final = re.compile(r"[^\W_]+|\S")


class Name(NamedTuple):
    """A name that the model found. Has the attributes that Presidio reads of a spaCy span."""

    label_: str
    start_char: int
    end_char: int


class TextArtifacts:
    """One text's names and, when asked for, its words. Read by Presidio as its `NlpArtifacts`."""

    def __init__(self, text: str, language: str, names: Sequence[Name] = ()) -> None:
        self._text = text
        self.language = language
        self.nlp_engine = None
        self.entities = list(names)
        self.scores = [0.85] * len(self.entities)  # Presidio's own constant for every NER label

    @once
    def _spans(self) -> list[tuple[int, str]]:
        # A last empty token: Presidio raises when a match lies behind the last token.
        found = [(match.start(), match.group()) for match in _TOKEN.finditer(self._text)]
        return [*found, (len(self._text) + 1, "")]

    @once
    def tokens(self) -> list[str]:
        """Words and single punctuation marks, in order."""
        return [text for _, text in self._spans]

    @once
    def tokens_indices(self) -> list[int]:
        """First character of each token."""
        return [start for start, _ in self._spans]

    @once
    def lemmas(self) -> list[str]:
        """The tokens, lower case."""
        return [text.lower() for text in self.tokens]

    @once
    def keywords(self) -> frozenset[str]:
        """Tokens that count as context."""
        return frozenset(text for text in self.lemmas if text[:1].isalnum())


class TextNlpEngine(NlpEngine):
    """The engine that Presidio insists on. It never runs a model and never downloads one."""

    def __init__(self, language: str) -> None:
        self._language = language

    def load(self) -> None:
        """Nothing to load."""

    def is_loaded(self) -> bool:
        """Always."""
        return True

    def process_text(self, text: str, language: str) -> Any:
        """Words only, no names."""
        return TextArtifacts(text, language)

    def process_batch(
        self,
        texts: Iterable[str],
        language: str,
        batch_size: int = 1,  # noqa: ARG002
        n_process: int = 1,  # noqa: ARG002
        **_: Any,
    ) -> Iterator[tuple[str, Any]]:
        """Words only, no names."""
        return ((text, self.process_text(text, language)) for text in texts)

    def is_stopword(self, _word: str, _language: str) -> bool:
        """No word is."""
        return False

    def is_punct(self, word: str, _language: str) -> bool:
        """Whether it has no letter or digit."""
        return not word[:1].isalnum()

    def get_supported_entities(self) -> list[str]:
        """None: it finds no names."""
        return []

    def get_supported_languages(self) -> list[str]:
        """The one it was made for."""
        return [self._language]
