"""The client's configuration as the SDK's own code sees it: its logger gets no values."""

from __future__ import annotations

import copy
from typing import Any

from amplitude import Config

from safetrack.dropin.amplitude.become import become
from safetrack.dropin.logs import ValueFreeLogger


def without_values(configuration: Config) -> Config:
    """A view of a configuration that differs from it in its logger only.

    It is of the same class, and what is set in one is set in the other. The caller's logger, which
    may be any object and serve the whole application, stays as it is.
    """
    view = copy.copy(configuration)
    become(view, _View)
    view.__dict__ = configuration.__dict__
    return view


class _View:
    @property
    def logger(self) -> ValueFreeLogger:
        return ValueFreeLogger(vars(self)["logger"])

    @logger.setter
    def logger(self, logger: Any) -> None:
        vars(self)["logger"] = logger
