"""The policy: what is written in the file, and how it is read."""
