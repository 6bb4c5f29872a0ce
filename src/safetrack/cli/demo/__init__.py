"""``safetrack demo``: one event stream, stored raw and through a policy, seen by an attacker."""
