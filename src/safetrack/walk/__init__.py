"""From a raw message to one that may leave: walk it, then settle what had to be searched."""
