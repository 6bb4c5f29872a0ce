"""Our own weights of the name finder: spaCy's small English one, trained further on event data.

How they are made, from what and under which licences: ``training/README.md``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from safetrack.errors import DetectorError

if TYPE_CHECKING:
    from spacy.language import Language

WEIGHTS: Final = Path(__file__).parent / "weights" / "english-names.msgpack"
"""The component's settings, transitions and arrays, the arrays in half precision."""

WEIGHTS_DIGEST: Final = "4008db757e46b97218a71a52a6a94b5d610b9e805d7326b78e4930670590c49b"
"""SHA-256 of the file, as ``training/train.py`` printed it."""

ADDED_LABELS: Final = ("PHONE",)
"""What the stock model does not look for."""

RUNNING_TEXT_LEAN: Final = 1.5
"""How much less readily a word of running text is held for no name than training made it, in the
units of the network's scores. What a sentence loses by a word too much is little beside a name
that leaves; on our own held-out templates it is a third of the misses, for a fifth more false hits.
Values of a few words get none: there a false hit takes the whole value."""

_NO_NAME: Final = "O"


def tune(model: Language, weights: Path = WEIGHTS) -> None:
    """Put our weights into a loaded small English model.

    Raises:
        DetectorError: The file is missing or is not the one that was shipped.
    """
    import numpy as np
    import srsly

    raw = weights.read_bytes() if weights.is_file() else b""
    if hashlib.sha256(raw).hexdigest() != WEIGHTS_DIGEST:
        raise DetectorError(
            f"the name finder's weights ({weights.name}) are not the ones that safetrack was "
            "published with. Reinstall it with: pip install --force-reinstall safetrack"
        )
    parts: dict[str, Any] = srsly.msgpack_loads(raw)
    network = parts.pop("model")
    for arrays in network["params"]:
        for name, array in arrays.items():
            if isinstance(array, np.ndarray):
                arrays[name] = array.astype(np.float32)
    finder: Any = model.get_pipe("ner")
    for label in ADDED_LABELS:  # makes room in the output layer
        finder.add_label(label)
    finder.from_bytes(srsly.msgpack_dumps(parts), exclude=["vocab", "model"])
    finder.model.from_dict(network)
    finder.cfg[_BIAS] = _output(finder).get_param("b").copy()


_BIAS: Final = "safetrack_bias"
"""Where a tuned finder keeps the bias that it was trained to, to lean from."""


def lean(model: Language, by: float) -> None:
    """Let a tuned model say "no name" less readily from now on. Other models stay as they are.

    Args:
        model: Whose name finder leans.
        by: By how much, in the units of its scores; 0 is as trained.
    """
    finder: Any = model.get_pipe("ner")
    trained = finder.cfg.get(_BIAS)
    if trained is not None:
        leaning = trained.copy()
        leaning[_transitions(finder).index(_NO_NAME)] -= by
        _output(finder).set_param("b", leaning)


def _transitions(finder: Any) -> list[str]:
    return [finder.moves.get_class_name(at) for at in range(finder.moves.n_moves)]


def _output(finder: Any) -> Any:
    """The layer that scores the transitions: the last one as wide as there are transitions."""
    width = finder.moves.n_moves
    layers = [
        one for one in finder.model.walk() if one.has_dim("nO") and one.get_dim("nO") == width
    ]
    return layers[-1]
