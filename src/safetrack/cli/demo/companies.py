"""The demo's invented organisations: name parts, industries and sizes."""

from __future__ import annotations

from typing import Final

_STEMS: Final = (
    "Alder Amber Anvil Arbor Argent Aster Atlas Aurora Basalt Beacon Birch Blaze Bramble "
    "Brass Bridge Cairn Calyx Canopy Cedar Cinder Cobalt Comet Copper Coral Crest Delta Drift "
    "Ember Falcon Fathom Fern Flint Forge Garnet Glacier Granite Harbor Hazel Heron Indigo "
    "Ivory Juniper Kestrel Lantern Larch Ledger Linden Lumen Maple Marble Meadow Meridian "
    "Mosaic Nimbus Northwind Oak Obsidian Onyx Orchard Orbit Osprey Pebble Pine Prism Quarry "
    "Quill Raven Ridge Rowan Saffron Sequoia Signal Slate Spruce Sterling Summit Tern Thistle "
    "Timber Topaz Umber Vector Vellum Verdant Vertex Violet Willow Zephyr"
)
STEMS: Final = tuple(_STEMS.split())
FIELDS: Final = (
    "Robotics", "Health", "Labs", "Analytics", "Logistics", "Software", "Media", "Energy",
    "Legal", "Learning", "Retail", "Systems", "Finance", "Biotech", "Travel",
)  # fmt: skip
INDUSTRIES: Final = (
    "retail", "healthcare", "finance", "education", "media", "logistics", "software",
    "manufacturing", "travel", "public sector",
)  # fmt: skip
SIZES: Final = ("1-10", "11-50", "51-200", "201-1000", "1000+")
FREE_MAIL: Final = ("mail.example", "inbox.example", "post.example")
"""Mail providers of people without an organisation; ``.example`` is reserved (RFC 2606)."""
