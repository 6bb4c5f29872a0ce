"""From the policy as written to lookup tables of ready actions."""
