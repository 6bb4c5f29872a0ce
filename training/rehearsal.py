"""Ordinary prose with the stock model's own labels, so that fine-tuning does not forget.

The prose is what is on every machine that can run the training: the topics of Python's own
reference manual (PSF licence) and the docstrings of the installed packages that the project
depends on (MIT, BSD, Apache). None of it is stored in the repository or in the weights.
"""

from __future__ import annotations

import ast
import importlib.util
import random
import re
from collections.abc import Iterator
from pathlib import Path
from pydoc_data.topics import topics
from typing import TYPE_CHECKING, Final

from sentences import Sentence

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGES: Final = (
    "cryptography",
    "numpy",
    "pydantic",
    "requests",
    "rich",
    "spacy",
    "thinc",
    "typer",
    "urllib3",
)
STANDARD: Final = (
    "argparse",
    "asyncio",
    "datetime",
    "decimal",
    "email",
    "json",
    "logging",
    "random",
    "statistics",
    "typing",
)
_PROSE: Final = re.compile(r"[A-Z][^.!?]*[a-z,] [^.!?]*[.!?]", re.DOTALL)


def rehearsal(stock: Language, seed: int, most: int = 6000) -> list[Sentence]:
    """Sentences of ordinary prose with the entities that the stock model sees in them."""
    prose = sorted(set(_sentences()))
    random.Random(seed).shuffle(prose)
    return [
        Sentence(doc.text, tuple((e.start_char, e.end_char, e.label_) for e in doc.ents))
        for doc in stock.pipe(prose[:most], batch_size=64)
    ]


def _sentences() -> Iterator[str]:
    for text in _texts():
        for match in _PROSE.finditer(text):
            sentence = " ".join(match.group().split())
            if 30 < len(sentence) < 400:
                yield sentence


def _texts() -> Iterator[str]:
    yield from topics.values()
    for package in (*STANDARD, *PACKAGES):
        for path in _files(package):
            try:
                tree = ast.parse(path.read_text("utf-8"))
            except (SyntaxError, UnicodeDecodeError):
                continue
            kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
            for node in ast.walk(tree):
                if isinstance(node, kinds):
                    yield ast.get_docstring(node) or ""


def _files(package: str) -> list[Path]:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return []
    origin = Path(spec.origin)
    return sorted(origin.parent.rglob("*.py")) if origin.name == "__init__.py" else [origin]
