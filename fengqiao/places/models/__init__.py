"""The region tree, and the addresses that stand in it."""

from .addresses import Address, AddressAlias, AddressHead, AddressKey, AddressLink, AliasKind, How, Status
from .regions import CODE_LENGTH, Level, Region, span_of

__all__ = [
    "CODE_LENGTH", "Address", "AddressAlias", "AddressHead", "AddressKey", "AddressLink", "AliasKind", "How", "Level",
    "Region", "Status", "span_of",
]  # fmt: skip
