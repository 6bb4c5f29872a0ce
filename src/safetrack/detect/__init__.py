"""Finding personal data in text."""
