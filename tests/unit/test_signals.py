"""Signals as ordinary ends of the process."""

from __future__ import annotations

import signal
import threading

import pytest

from safetrack.errors import ConfigError
from safetrack.signals import install_signal_handlers


@pytest.fixture(autouse=True)
def _restored():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    for number in before:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_signal_ends_the_process_as_sys_exit_does():
    assert install_signal_handlers() == [signal.SIGTERM]

    with pytest.raises(SystemExit) as ended:
        signal.raise_signal(signal.SIGTERM)
    assert ended.value.code == 143
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_DFL


def test_a_handler_that_is_there_already_stays():
    heard = []
    signal.signal(signal.SIGTERM, lambda *_: heard.append(1))

    assert install_signal_handlers(signal.SIGTERM, signal.SIGHUP) == [signal.SIGHUP]
    signal.raise_signal(signal.SIGTERM)
    assert heard == [1]
    assert install_signal_handlers(signal.SIGHUP) == []


def test_on_another_thread_it_is_refused():
    refused = []

    def install():
        try:
            install_signal_handlers()
        except ConfigError as error:
            refused.append(str(error))

    thread = threading.Thread(target=install)
    thread.start()
    thread.join()
    assert "main thread" in refused[0]
