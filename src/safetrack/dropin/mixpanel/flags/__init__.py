"""Mixpanel's feature flags: modules of the same names as the vendor's.

`local_feature_flags` and `remote_feature_flags` are ours; what sends nothing is the vendor's.
"""

from typing import Any

from mixpanel import flags as _vendor

from safetrack.dropin.mixpanel.flags import (
    local_feature_flags,
    remote_feature_flags,
    types,
    utils,
)

__all__ = ["local_feature_flags", "remote_feature_flags", "types", "utils"]


def __getattr__(name: str) -> Any:
    return getattr(_vendor, name)
