"""The actions of the policy, one file each."""
