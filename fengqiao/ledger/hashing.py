"""Canonical bytes and named digests. A digest carries the name of its algorithm, so that chains survive a change of it."""

import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from django.conf import settings

GENESIS = "-"


def canonical(value: Any) -> bytes:
    """One byte string for one JSON value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(*parts: Any, like: str | None = None) -> str:
    """`name:hex` over the parts. `like` is an earlier digest whose algorithm is to be used again."""
    name = like.split(":", 1)[0] if like else settings.LEDGER_HASH
    return f"{name}:{_hex(name, canonical(parts))}"


def digest_of_bytes(data: bytes) -> str:
    """SHA-256 of a file's bytes, as 64 hex digits: the form that outside tools check."""
    return hashlib.sha256(data).hexdigest()


def _hex(name: str, data: bytes) -> str:
    if name == "sm3":
        # GB/T 32905. Not every Python is linked with an OpenSSL that offers it under hashlib.
        sm3 = hashes.Hash(hashes.SM3())
        sm3.update(data)
        return sm3.finalize().hex()
    if name == "sha256":
        return hashlib.sha256(data).hexdigest()
    raise ValueError(f"unknown digest {name!r}")
