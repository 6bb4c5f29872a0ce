"""Objects that the SDK makes for itself, made ours."""

from __future__ import annotations


def become(made: object, own: type) -> None:
    """Let an object that the SDK or the application made be of our class as well.

    What it already is it stays: of a subclass of the vendor's, our class comes before that.
    """
    kind = type(made)
    if not issubclass(kind, own):
        is_the_vendors = kind in own.__mro__
        made.__class__ = own if is_the_vendors else type(kind.__name__, (own, kind), {})
