"""The work of ``safetrack scrub``: files in, sanitized files out."""
