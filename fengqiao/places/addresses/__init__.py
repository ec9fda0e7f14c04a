"""Understanding an address as it is written or spoken: `parse`. What it does and how sure it is: docs/addresses.md."""

from fengqiao.places.addresses.elements import Element
from fengqiao.places.addresses.parsing import Candidate, LocalNames, Parsed, parse

__all__ = ["Candidate", "Element", "LocalNames", "Parsed", "parse"]
