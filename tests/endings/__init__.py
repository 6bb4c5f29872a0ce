"""How processes end, and what became of the events of each: real processes, a real server."""
