"""The providers that events are delivered to, one file each."""
