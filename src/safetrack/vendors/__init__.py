"""The messages of each vendor, as data."""
