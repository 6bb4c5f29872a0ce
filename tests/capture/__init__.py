"""Sanitized events and messages to send to the capture server."""
