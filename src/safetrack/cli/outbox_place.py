"""Which outbox a command works with: the policy's, or the one in a folder that was named."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from safetrack.cli.policy_file import load_policy, load_policy_or_none
from safetrack.cli.terminal import visible
from safetrack.errors import ConfigError
from safetrack.keys.keyring import Keyring
from safetrack.keys.sources import read_keys
from safetrack.outbox.memory import DEFAULT_BYTES
from safetrack.outbox.open import folders_of, open_outbox
from safetrack.outbox.sqlite import SqliteOutbox
from safetrack.sanitize import DEFAULT_KEYS


@dataclass(frozen=True, slots=True)
class Place:
    """Where an outbox is.

    Attributes:
        name: The folder, or ``auto``.
        keyring: The policy's keys; None where it has none.
        folders: The folders that belong to it, the current one first.
        most_bytes: What the policy keeps for each destination.
        destinations: The policy's.
    """

    name: str
    keyring: Keyring | None
    folders: Sequence[Path]
    most_bytes: int
    destinations: Collection[str] = ()

    def check(self, destination: str | None) -> None:
        """See that a destination that was named is one.

        Raises:
            ConfigError: Neither the policy nor the outbox knows it.
        """
        from safetrack.outbox.inspection import survey

        known = {*self.destinations, *survey(self.folders).destinations}
        if destination is None or destination in known:
            return
        close = get_close_matches(destination, known, n=1)
        names = ", ".join(map(visible, sorted(known))) or "none"
        hint = f"did you mean {visible(close[0])}?" if close else f"known are: {names}"
        raise ConfigError(
            f"{visible(destination)}: no such destination in the policy or the outbox; {hint}"
        )

    def open(self) -> SqliteOutbox:
        """An outbox file of this process's own, beside the others.

        Raises:
            ConfigError: The folder is not there, or cannot be written to.
        """
        if self.folders[0].is_dir():
            box = open_outbox(self.name, self.keyring, most_bytes=self.most_bytes)
            if isinstance(box, SqliteOutbox):
                return box
        raise ConfigError(f"{self.folders[0]}: there is no outbox that can be written to")


def place_of(policy: str | None, folder: Path | None) -> Place:
    """The outbox that a command works with.

    Raises:
        ConfigError: There is no policy and no folder was named, or the outbox is in memory.
        PolicyError: The policy is wrong.
    """
    loaded = load_policy(policy) if folder is None else load_policy_or_none(policy)
    document = loaded.document if loaded else None
    keyring = read_keys((document and document.keys) or DEFAULT_KEYS)
    keep = document.delivery.keep.bytes if document else DEFAULT_BYTES
    name = str(folder) if folder else (document.delivery.outbox if document else "")
    if name == "memory":
        raise ConfigError("the policy keeps its outbox in memory: there is nothing to look at")
    destinations = document.destinations if document else ()
    return Place(name, keyring, folders_of(name, keyring), keep, tuple(destinations))
