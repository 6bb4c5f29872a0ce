"""How key names are spelled: the same words in the styles that tracking plans use."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")


def _words(key: str) -> list[str]:
    return _WORD.findall(key)


def _untouched(key: str) -> bool:
    """Whether the vendor's or the author's own spelling stays."""
    return key.startswith(("$", "_")) or not key.islower() or "." in key or not key.isascii()


def snake(key: str) -> str:
    """``shipping_address``."""
    return key


def camel(key: str) -> str:
    """``shippingAddress``."""
    first, *rest = _words(key)
    return first + "".join(word.capitalize() for word in rest)


def pascal(key: str) -> str:
    """``ShippingAddress``."""
    return "".join(word.capitalize() for word in _words(key))


def title(key: str) -> str:
    """``Shipping Address``."""
    return " ".join(word.capitalize() for word in _words(key))


def kebab(key: str) -> str:
    """``shipping-address``."""
    return "-".join(_words(key))


def spaced(key: str) -> str:
    """``shipping address``."""
    return " ".join(_words(key))


def upper(key: str) -> str:
    """``SHIPPING_ADDRESS``."""
    return key.upper()


def prefixed(key: str) -> str:
    """``evt_shipping_address``."""
    return f"evt_{key}"


def _of_author(spell: Callable[[str], str]) -> Callable[[str], str]:
    return lambda key: key if _untouched(key) else spell(key)


STYLES: Final = tuple(
    _of_author(spell) for spell in (snake, snake, snake, camel, camel, title, kebab, pascal, spaced)
)
"""Drawn from at random for each event; the more common ones stand more often."""

RARE: Final = tuple(_of_author(spell) for spell in (upper, prefixed))
"""Drawn from now and then."""
