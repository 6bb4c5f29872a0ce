"""The kinds of `generalize`, one file each."""
