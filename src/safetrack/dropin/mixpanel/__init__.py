"""Mixpanel's SDK: ``from safetrack.dropin.mixpanel import Mixpanel, BufferedConsumer``.

Every public name of `mixpanel` is here. What can send something is ours, the rest is the vendor's.

::

    client.py       Mixpanel
    consumers.py    Consumer, BufferedConsumer: the last step before the HTTP library
    flags/          local and remote feature flags
    wire.py         JSON text that was written → JSON text that may leave
"""

from __future__ import annotations

from typing import Any

from safetrack.dropin import versions
from safetrack.dropin.logs import silence_values

versions.require("mixpanel")

import mixpanel as _vendor  # noqa: E402  only once its version is known

from safetrack.dropin.mixpanel import flags  # noqa: E402
from safetrack.dropin.mixpanel.client import Mixpanel  # noqa: E402
from safetrack.dropin.mixpanel.consumers import BufferedConsumer, Consumer  # noqa: E402
from safetrack.dropin.mixpanel.flags.local_feature_flags import (  # noqa: E402
    LocalFeatureFlagsProvider,
)
from safetrack.dropin.mixpanel.flags.remote_feature_flags import (  # noqa: E402
    RemoteFeatureFlagsProvider,
)

silence_values(
    (
        "mixpanel",
        "mixpanel.flags.local_feature_flags",
        "mixpanel.flags.remote_feature_flags",
        "mixpanel.flags.utils",
    )
)

__all__ = [
    "BufferedConsumer",
    "Consumer",
    "LocalFeatureFlagsProvider",
    "Mixpanel",
    "RemoteFeatureFlagsProvider",
    "flags",
]
__all__ += sorted(name for name in vars(_vendor).keys() - set(__all__) if name[0] != "_")  # noqa: PLE0605  a list


def __getattr__(name: str) -> Any:
    return getattr(_vendor, name)
