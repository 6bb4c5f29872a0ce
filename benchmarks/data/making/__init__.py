"""Makes labelled events for `benchmarks/quality.py`: people, ids, secrets, harmless values, families."""
