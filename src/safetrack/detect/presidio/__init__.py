"""Presidio and spaCy behind the `Detector` seam: the only place that imports them."""
