"""Local evaluation: by the ids that Mixpanel knows, with properties that stay in the process."""

from __future__ import annotations

import os
import threading
from typing import Any, Final

from mixpanel.flags import local_feature_flags as vendor

from safetrack.detect.fork import ForkLock
from safetrack.dropin.mixpanel.flags.provider import GuardedProvider
from safetrack.dropin.value_free import value_free_calls
from safetrack.vendors.shape import IdKind


class Mapped(dict[Any, Any]):
    """A context with the ids that Mixpanel knows.

    Attributes:
        said: The caller's own context.
    """

    __slots__ = ("said",)
    said: Any


@value_free_calls
class LocalFeatureFlagsProvider(GuardedProvider, vendor.LocalFeatureFlagsProvider):
    """`mixpanel.LocalFeatureFlagsProvider`, which assigns variants by pseudonyms.

    So the same person gets the same variant as from Mixpanel's servers. The properties in
    ``custom_properties`` are compared as they are, here in the process.
    """

    _sync_polling_task: threading.Thread | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._process = os.getpid()
        self._resuming = ForkLock()
        super().__init__(*args, **kwargs)

    def get_variant(
        self, flag_key: str, fallback_value: Any, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """As the vendor's."""
        self._resume_polling()
        mapped = self._mapped(context)
        return super().get_variant(flag_key, fallback_value, mapped, *args, **kwargs)

    def get_all_variants(self, context: Any) -> Any:
        """As the vendor's."""
        return super().get_all_variants(self._mapped(context))

    def _track_exposure(
        self, flag_key: str, variant: Any, context: Any, *args: Any, **kwargs: Any
    ) -> None:
        said = context.said if isinstance(context, Mapped) else context
        super()._track_exposure(flag_key, variant, said, *args, **kwargs)

    def _mapped(self, context: Any) -> Any:
        if not isinstance(context, dict) or isinstance(context, Mapped):
            return context
        mapped = Mapped()
        mapped.said = context
        for key, value in dict.items(context):
            known = value if key in _STAY else self._id(key, value)
            if known is not None:
                mapped[key] = known
        return mapped

    def _id(self, key: object, value: object) -> Any:
        return self.safetrack.identifier(_KINDS.get(key, IdKind.GROUP), value)

    def _resume_polling(self) -> None:
        """In a child process the parent's polling thread does not exist: start an own one."""
        if self._process == os.getpid():
            return
        with self._resuming:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
            self._async_polling_task = None
            if self._sync_polling_task is not None:
                self._sync_stop_event = threading.Event()
                self._sync_polling_task = threading.Thread(
                    target=self._start_continuous_polling, daemon=True
                )
                self._sync_polling_task.start()


_STAY: Final = frozenset({"custom_properties"})
_KINDS: Final[dict[object, IdKind]] = {
    "distinct_id": IdKind.PERSON,
    "device_id": IdKind.PERSON,
}
"""What else stands in a context are group keys, e.g. ``company_id``."""


def __getattr__(name: str) -> Any:
    return getattr(vendor, name)
