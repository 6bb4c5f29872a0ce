"""A signal as an ordinary end of the process, for programs that no server looks after."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import NoReturn

from safetrack.errors import ConfigError


def install_signal_handlers(*signals: signal.Signals) -> list[signal.Signals]:
    """Have signals end the process as `sys.exit` does, so that what is queued is flushed.

    The default action of SIGTERM ends a process at once. Nothing is installed unless this is
    called, and a handler that is there already (a server's) stays.

    Args:
        signals: Which; SIGTERM, if none is given.

    Returns:
        Those that had no handler and have one now. The exit status is 128 and the signal's number.

    Raises:
        ConfigError: It is not called on the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        raise ConfigError("signal handlers can be installed on the main thread only: call it there")
    wanted = signals or (signal.SIGTERM,)
    free = [one for one in wanted if signal.getsignal(one) is signal.SIG_DFL]
    for one in free:
        signal.signal(one, _exit)
    return free


def _exit(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
