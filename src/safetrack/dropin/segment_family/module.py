"""The calls of the module, and what else can be imported from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, Final

from safetrack.detect.fork import ForkLock
from safetrack.dropin.value_free import value_free

HARMLESS: Final = frozenset(
    {
        "DatetimeSerializer",
        "OauthManager",
        "_gzip_json",
        "clean",
        "guess_timezone",
        "is_naive",
        "parse_retry_after",
        "remove_trailing_slash",
        "require",
        "stringify_id",
        "total_seconds",
    }
)
"""Functions and classes of the SDKs that send nothing of the application's users."""


class DefaultClient:
    """The client behind the module's calls, made at the first of them from the module's settings.

    Args:
        module: The module's own names, as `globals` gives them: the application sets its
            settings there.
        settings: Parameters of the client that are settings of the module, by the same name.
        more: Further arguments of the client.
    """

    def __init__(
        self,
        module: dict[str, Any],
        settings: Sequence[str],
        more: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        self._module = module
        self._settings = settings
        self._more = more
        self._making = ForkLock()

    def get(self) -> Any:
        """The client; the application may have put its own into ``default_client``."""
        if not self._module["default_client"]:
            with self._making:
                if not self._module["default_client"]:
                    self._module["default_client"] = self._make()
        return self._module["default_client"]

    def call(self, name: str, *, answers: bool) -> Callable[..., Any]:
        """The module's function that makes a call of the client, with errors that hold no value.

        Args:
            name: Of the function, and of the client's method.
            answers: Whether it gives what the method gives, as the SDK's own function does.
        """

        def called(*args: Any, **kwargs: Any) -> Any:
            answer = getattr(self.get(), name)(*args, **kwargs)
            return answer if answers else None

        called.__name__ = called.__qualname__ = name
        called.__module__ = self._module["__name__"]
        called.__doc__ = f"Send {'an' if name[0] in 'aeiou' else 'a'} {name} call."
        return value_free(called)

    def _make(self) -> Any:
        given = {name: self._module[name] for name in self._settings}
        return self._module["Client"](**given, **self._more())


def delegating(vendors: ModuleType, *, beside: frozenset[str] = HARMLESS) -> Callable[[str], Any]:
    """A module's ``__getattr__`` (PEP 562): what it has not itself, it takes from the SDK's module.

    A function or class of the SDK that nobody has looked at may send what is raw: it is refused.
    """
    package = vendors.__name__.partition(".")[0]

    def __getattr__(name: str) -> Any:  # noqa: N807  PEP 562
        found = getattr(vendors, name)
        if name in beside or not callable(found) or _is_error(found):
            return found
        if (getattr(found, "__module__", None) or "").partition(".")[0] != package:
            return found
        raise AttributeError(
            f"{vendors.__name__}.{name} has no counterpart in safetrack: it might send what is raw"
        )

    return __getattr__


def public_names(vendors: ModuleType) -> list[str]:
    """What ``from … import *`` gives of the SDK's module: its public names, of any version."""
    return sorted(name for name in vars(vendors) if not name.startswith("_"))


def _is_error(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, Exception)
