"""A strict stand-in for the vendors' servers, and events to send to it."""
