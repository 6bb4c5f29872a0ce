"""The search finds a canary in every disguise and in everything that it looks at."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from urllib.parse import quote, urlencode

import duckdb
import pytest

from canary.encodings import ENCODINGS, excluded
from canary.evidence import Evidence, listening
from canary.finder import Finder
from canary.grid import Canary, canaries
from canary.values import KINDS
from safetrack.testing.vendor import Request

CANARY = canaries("somewhere", "e-mail", "plain")[0]
TEXT = str(CANARY.planted)
logger = logging.getLogger("safetrack.tests")


def _hits(text: str | bytes, canary: Canary = CANARY) -> bool:
    evidence = Evidence()
    evidence.add("a text", text)
    return bool(Finder([canary]).hits(evidence))


def _forms() -> list[tuple[str, str]]:
    return [(k, e) for k in KINDS for e in ENCODINGS if excluded(k, e) is None]


@pytest.mark.parametrize(("kind", "encoding"), _forms())
def test_every_kind_is_found_in_every_encoding(kind: str, encoding: str) -> None:
    for canary in canaries("somewhere", kind, encoding):
        assert _hits(json.dumps({"a": [1, canary.planted]}), canary)
        assert not _hits(json.dumps({"a": [1, "<EMAIL_ADDRESS>"]}), canary)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda text: gzip.compress(text.encode()),
        lambda text: base64.b64encode(json.dumps({"v": quote(text)}).encode()),
        lambda text: urlencode({"data": base64.b64encode(text.encode()).decode()}),
        lambda text: json.dumps(json.dumps(json.dumps({"v": text}))),
        lambda text: text.encode("utf-16-le"),
        lambda text: f"x{base64.b64encode(f'abc{text}'.encode()).decode()[1:]}",
        str.swapcase,
    ],
)
def test_wrapped_values_are_found(wrap: Callable[[str], str | bytes]) -> None:
    assert _hits(wrap(TEXT))


def test_identifying_parts_are_found() -> None:
    phone = canaries("somewhere", "phone", "plain")[0]
    digits = phone.needles[1]
    assert _hits(TEXT.partition("@")[0])
    assert all(_hits(f"… {part} …") for part in CANARY.needles)
    assert _hits(f"tel:{digits[:3]}.{digits[3:6]}.{digits[6:]}", phone)


@pytest.mark.parametrize("unit", [1, 1000])
def test_a_number_that_was_made_a_time_is_found(unit: int) -> None:
    canary = canaries("somewhere", "phone number", "plain")[0]
    moment = dt.datetime.fromtimestamp(int(canary.planted) / unit, dt.UTC)
    assert _hits(f'{{"timestamp": "{moment.isoformat()}"}}', canary)


def test_what_safetrack_makes_itself_is_no_hit() -> None:
    assert not _hits(f"st1_k1_0_{'abcdefgh' * 5}"[:48])


def _leak_file(_evidence: Evidence, folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "cache.bin").write_bytes(b"\x00\xff" + TEXT.encode())


def _leak_file_name(_evidence: Evidence, folder: Path) -> None:
    (folder / TEXT).touch()


def _leak_table(_evidence: Evidence, folder: Path) -> None:
    with duckdb.connect(str(folder / "events.duckdb")) as database:
        database.execute("CREATE TABLE t AS SELECT ? AS v FROM range(3000)", [TEXT])


def _leak_log(_evidence: Evidence, _folder: Path) -> None:
    logger.debug("sending %s", TEXT)


def _leak_other_log(_evidence: Evidence, _folder: Path) -> None:
    logging.getLogger("urllib3.connectionpool").debug("%s", TEXT)


def _leak_log_field(_evidence: Evidence, _folder: Path) -> None:
    logger.debug("sending", extra={"event": {"email": TEXT}})


def _leak_logged_error(_evidence: Evidence, _folder: Path) -> None:
    try:
        raise ValueError(TEXT)  # noqa: TRY301
    except ValueError:
        logger.exception("failed")


def _leak_hidden_cause(evidence: Evidence, _folder: Path) -> None:
    try:
        try:
            raise ValueError(TEXT)  # noqa: TRY301
        except ValueError:
            raise RuntimeError("refused") from None
    except RuntimeError as error:
        evidence.add_error("strict", error)


def _leak_frame(evidence: Evidence, _folder: Path) -> None:
    code: CodeType = compile("def f(raw):\n    raise RuntimeError\n", "/src/safetrack/f.py", "exec")
    names: dict[str, Callable[[str], None]] = {}
    exec(code, names)  # noqa: S102  a function in a file of safetrack's
    try:
        names["f"](TEXT)
    except RuntimeError as error:
        evidence.add_error("strict", error)


def _leak_warning(_evidence: Evidence, _folder: Path) -> None:
    warnings.warn(TEXT, stacklevel=1)


def _leak_output(_evidence: Evidence, _folder: Path) -> None:
    sys.stdout.write(TEXT)


def _leak_errors(_evidence: Evidence, _folder: Path) -> None:
    sys.stderr.write(TEXT)


def _leak_thread(_evidence: Evidence, _folder: Path) -> None:
    def fail() -> None:
        raise ValueError(TEXT)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def _leak_request(part: str) -> Callable[[Evidence, Path], None]:
    def leak(evidence: Evidence, _folder: Path) -> None:
        request = Request("POST", "/track", {}, [("Host", "x")], b"{}")
        if part == "line":
            request.query = {"u": TEXT}
        elif part == "headers":
            request.headers.append(("X-User", TEXT))
        else:
            request.body = gzip.compress(TEXT.encode())
        evidence.add_requests([request])

    return leak


@pytest.mark.parametrize(
    ("leak", "origin"),
    [
        (_leak_request("line"), "request line"),
        (_leak_request("headers"), "headers"),
        (_leak_request("body"), "body"),
        (_leak_file, "file"),
        (_leak_file_name, "file name"),
        (_leak_table, "table"),
        (_leak_log, "log"),
        (_leak_other_log, "log"),
        (_leak_log_field, "log"),
        (_leak_logged_error, "log"),
        (_leak_hidden_cause, "strict"),
        (_leak_frame, "strict"),
        (_leak_warning, "warning"),
        (_leak_output, "stdout"),
        (_leak_errors, "stderr"),
        (_leak_thread, "thread"),
    ],
)
def test_a_leak_is_found_wherever_it_is(
    leak: Callable[[Evidence, Path], None], origin: str, tmp_path: Path
) -> None:
    evidence = Evidence()
    with listening(evidence):
        leak(evidence, tmp_path)
    evidence.add_files(tmp_path)
    origins = {hit.origin for hit in Finder([CANARY]).hits(evidence)}
    assert any(found.startswith(origin) for found in origins)
