"""Drop-ins: the vendors' own SDKs, whose messages are sanitized at the last hop.

::

    one file a vendor SDK   subclasses of its classes, and its module under the same names
    guard.py                the policy as one client applies it; every message passes through it
    observation.py          what `mode: observe` would have changed
    logs.py                 the vendor's log records, without values
    value_free.py           the vendor's errors, without values
    versions.py             which versions of the SDKs are supported

What endpoints an SDK has, and what its messages are made of, stands as data in
`safetrack.vendors`.
"""
