"""``spool: sealed``: what is accepted but not yet sanitized, encrypted on disk."""
