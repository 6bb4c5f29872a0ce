"""The command line: ``safetrack``."""

from __future__ import annotations

import sys
from types import TracebackType

from safetrack.errors import SafetrackError


def main() -> None:
    """Run the command line, and exit: 0 fine, 1 it found or refused something, 2 it could not work.

    No traceback is ever shown: its lines could hold values of events.
    """
    from safetrack.cli.app import app
    from safetrack.cli.terminal import Exit

    try:
        app()
    except SafetrackError as error:
        problem = str(error)
    except BrokenPipeError:
        problem = "nothing reads the output any more"
    except OSError as error:
        problem = ": ".join(str(part) for part in (error.filename, error.strerror) if part)
    except Exception as error:  # noqa: BLE001  the last place that can keep a value off the screen
        problem = f"internal error: {type(error).__name__} at {_place(error.__traceback__)}"
    sys.stderr.write(f"safetrack: {problem}\n")
    sys.exit(Exit.FAILED)


def _place(trace: TracebackType | None) -> str:
    """File and line of safetrack's own code in which an error came up."""
    place = "an unknown place"
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("safetrack"):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
