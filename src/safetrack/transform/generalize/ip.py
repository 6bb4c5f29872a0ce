"""``generalize: ip``: the network of an address."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

from safetrack.event import Reason
from safetrack.reading import Scalar
from safetrack.transform.action import DROP, Action, Outcome, Place, Search

Interface: TypeAlias = ipaddress.IPv4Interface | ipaddress.IPv6Interface

_MAX_TEXT: Final = 128


@dataclass(frozen=True, slots=True)
class IpPrefix:
    """Cuts an IP address to its network: ``203.0.113.0/24``, ``2001:db8::/48``.

    IPv4 inside IPv6 (mapped, or 6to4, whose network part is the IPv4 address) is cut as IPv4.

    Attributes:
        v4: Bits of an IPv4 address that stay, 0 to 32.
        v6: Bits of an IPv6 address that stay, 0 to 128.
    """

    v4: int = 24
    v6: int = 48
    name: ClassVar[str] = "generalize"

    def apply(self, value: Scalar, place: Place) -> Outcome:  # noqa: ARG002  part of Action
        """The network of an address or of a network, never a smaller one. All else is dropped."""
        interface = _read(value)
        if interface is None:
            return Outcome(DROP, Search.NONE, Reason.WRONG_TYPE)
        bits = min(interface.network.prefixlen, self.v4 if interface.version == 4 else self.v6)  # noqa: PLR2004
        network = str(ipaddress.ip_network(f"{interface.ip}/{bits}", strict=False))
        return Outcome(network, Search.NONE, None if network == value else Reason.RULE)

    def is_narrower_than(self, other: Action) -> bool:
        """As few bits or fewer, of both versions."""
        return isinstance(other, IpPrefix) and self.v4 <= other.v4 and self.v6 <= other.v6


def _read(value: Scalar) -> Interface | None:
    """The address, with its prefix if it has one, without zone and not wrapped in IPv6."""
    if type(value) is not str or len(value) > _MAX_TEXT:
        return None
    address, slash, prefix = value.strip().partition("/")
    address = address.partition("%")[0]
    try:
        interface = ipaddress.ip_interface(address + slash + prefix)
    except ValueError:
        return None
    if isinstance(interface, ipaddress.IPv4Interface):
        return interface
    inner = interface.ip.ipv4_mapped or interface.ip.sixtofour
    return ipaddress.IPv4Interface(inner) if inner else interface
