"""``safetrack init --from``: a policy proposed from events that were seen."""
