"""``python -m safetrack.cli`` is ``safetrack``."""

from __future__ import annotations

from safetrack.cli import main

if __name__ == "__main__":
    main()
