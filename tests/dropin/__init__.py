"""The proof of the drop-ins: every public call of each vendor's SDK, plain and through ours."""
