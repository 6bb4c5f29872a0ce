"""From the call to the destination, in the background."""
