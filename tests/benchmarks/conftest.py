"""The benchmarks are scripts, so their folder is put where imports are looked for."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
