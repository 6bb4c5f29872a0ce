"""Parts of `benchmarks/speed.py`: the streams, the systems compared, how each is timed."""
