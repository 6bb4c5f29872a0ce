"""How well personal data is found: labelled events, scoring rules, what is compared, reports."""
