"""Whether a value reads as a sentence, rather than as a label, a title or an id."""

from __future__ import annotations

import re
from typing import Final

RUNNING_TEXT_WORDS: Final = 4
"""From this many words on a value is read as a sentence."""

_WORD: Final = re.compile(r"(?<!\S)[\"'(]?[^\W\d_]+(?:['\u2019-][^\W\d_]+)*[\"').,;:!?]*(?!\S)")


def is_running_text(text: str) -> bool:
    """Whether it holds `RUNNING_TEXT_WORDS` words that stand between spaces."""
    return len(_WORD.findall(text)) >= RUNNING_TEXT_WORDS
