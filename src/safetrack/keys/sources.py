"""Where keys and destination secrets are read from: the environment, or a file.

With `safetrack.config`, the only reader of ``os.environ``.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Final

from safetrack.errors import ConfigError, KeyringError
from safetrack.keys.keyring import Keyring

_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
_PLANNED: Final = frozenset({"aws-kms", "gcp-kms", "vault"})
_MAX_FILE: Final = 65_536
"""Bytes. A file of keys is a few hundred."""


def read_keys(source: str) -> Keyring | None:
    """Read the keys that the policy's ``keys:`` points to.

    Args:
        source: ``env:NAME`` or ``file:PATH``.

    Returns:
        The keyring; None when the environment variable is unset or blank.

    Raises:
        KeyringError: The source is of no supported form, the file is missing, readable by others
            or too long, or what it holds is not keys. No message shows any of it.
    """
    scheme, _, place = source.partition(":")
    if scheme == "env" and _VARIABLE.fullmatch(place):
        return _parse(_variable(place), source) if _variable(place) else None
    if scheme == "file" and place:
        return _parse(_private_text(Path(place).expanduser()), source)
    problem = (
        f"{scheme}: is not supported in this version"
        if scheme in _PLANNED
        else "unknown source of keys"
    )
    del source, scheme, place  # a key may have been pasted in, and a traceback would carry it
    raise KeyringError(f"{problem}; use env:NAME or file:PATH")


def _parse(text: str, source: str) -> Keyring:
    """The keyring of a text; what is wrong with it is said with its source."""
    problem = ""
    try:
        return Keyring.parse(text)
    except KeyringError as error:
        problem = str(error)
    del text  # the traceback of the error below would carry it
    raise KeyringError(f"{source}: {problem}")


def resolve_secret(text: str) -> str:
    """A destination's secret: `text` itself, or the value of the variable in ``env:NAME``.

    Raises:
        ConfigError: The variable is unset or blank.
    """
    if not text.startswith("env:"):
        return text
    name = text.removeprefix("env:")
    if not _VARIABLE.fullmatch(name):
        del text, name  # a secret may have been pasted in
        raise ConfigError("env: must be followed by the name of an environment variable")
    if not _variable(name):
        raise ConfigError(f"the environment variable {name} is not set")
    return _variable(name)


def unset_variable(text: str) -> str | None:
    """The environment variable that a secret names and that is unset or blank, if so."""
    name = text.removeprefix("env:") if text.startswith("env:") else ""
    return name if _VARIABLE.fullmatch(name) and not _variable(name) else None


def _variable(name: str) -> str:
    """What the environment variable holds, trimmed; empty where it is unset."""
    return os.environ.get(name, "").strip()


def _private_text(path: Path) -> str:
    """The text of a regular file that only its owner can read."""
    problem = _file_problem(path)
    if problem:
        raise KeyringError(f"{path}: {problem}")
    data = path.read_bytes()[:_MAX_FILE]
    return data.decode("ascii", "replace").strip()


def _file_problem(path: Path) -> str | None:
    try:
        status = path.stat()
    except OSError as problem:
        return f"cannot be read ({problem.strerror})"
    if not stat.S_ISREG(status.st_mode):
        return "is not a file"
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return "can be read by others; restrict it with: chmod 600"
    if status.st_size > _MAX_FILE:
        return "is too long to be keys"
    return None if os.access(path, os.R_OK) else "cannot be read (Permission denied)"
