"""How Sphinx builds the documentation (``make docs``)."""

from __future__ import annotations

from safetrack import __version__

project = "safetrack"
author = "the safetrack authors"
copyright = "2026, the safetrack authors"
version = release = __version__

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"safetrack {version}"

myst_enable_extensions = ["deflist", "fieldlist"]
myst_heading_anchors = 4
# Pages are read on the forge too, where links into the source work.
suppress_warnings = ["myst.xref_missing"]
