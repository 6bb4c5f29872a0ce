"""Delivery under load and under faults: real processes against a real HTTP server on loopback."""
