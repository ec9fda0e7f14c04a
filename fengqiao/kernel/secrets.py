"""What is secret at rest: encrypted columns, blind indexes for looking them up, keyed digests for witnessing rows."""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

VERSION = "f1"
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
INDEX_LETTERS = 32

Seal = Callable[[bytes, bytes, bytes], bytes]


class Unreadable(Exception):
    """A stored ciphertext does not open: altered, moved from another column, or its key is gone."""


# ── texts ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def encrypt(text: str, *, place: str = "") -> str:
    """Seal under the current key and settings.FIELD_CIPHER (aes-gcm or sm4-gcm); opens only with the same `place`.

    The result reads `f1.<cipher>.<key id>.<base64>`: what is needed to open it later, whatever is current by then.
    """
    cipher, key_id = _cipher_name(), next(iter(_keys()))
    head, nonce = f"{VERSION}.{cipher}.{key_id}", os.urandom(NONCE_BYTES)
    seal, _open = _machine(cipher, _keys()[key_id])
    sealed = nonce + seal(nonce, text.encode(), _bound(head, place))
    return f"{head}.{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(value: str, *, place: str = "") -> str:
    """The text again. Raises Unreadable, naming the place but never the value."""
    head, _dot, body = value.rpartition(".")
    version, cipher, key_id = _parts(head, place)
    key = _keys().get(key_id)
    if version != VERSION or cipher not in MACHINES or key is None:
        raise Unreadable(f"{place or 'value'}: no key {key_id!r} or no cipher {cipher!r} here opens it")
    _seal, unseal = _machine(cipher, key)
    try:
        sealed = base64.b64decode(body, altchars=b"-_", validate=True)
        return unseal(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(head, place)).decode()
    except (InvalidTag, ValueError, binascii.Error) as broken:
        raise Unreadable(f"{place or 'value'}: altered, or moved from another column") from broken


def needs_rotation(value: str) -> bool:
    """Whether it lies under an older key or another cipher than a new value would."""
    return not value.startswith(f"{VERSION}.{_cipher_name()}.{next(iter(_keys()))}.")


# ── digests ───────────────────────────────────────────────────────────────────────────────────────────────────────


def blind_index(text: str, purpose: str) -> str:
    """32 hex letters by which an encrypted text can be found again; normalise the text first. Keyed, one per purpose."""
    return blind_indexes(text, purpose)[0]


def blind_indexes(text: str, purpose: str) -> list[str]:
    """The index under every key, current first: look up with `__in` so that rows not yet rotated are found as well."""
    return [_digest(key, f"index {purpose}", text.encode())[:INDEX_LETTERS] for key in _keys().values()]


def keyed_digest(data: bytes) -> str:
    """HMAC-SHA-256 in hex: who can write the database but not read the key file cannot forge it."""
    return _digest(next(iter(_keys().values())), "witness", data)


def is_digest_of(digest: str, data: bytes) -> bool:
    """Whether `keyed_digest` gave this for the data, under the current or an older key."""
    return any(constant_time_equal(digest, _digest(key, "witness", data)) for key in _keys().values())


def constant_time_equal(one: str, other: str) -> bool:
    """Equality that does not tell by its time how much was right."""
    return hmac.compare_digest(one.encode(), other.encode())


# ── the column ────────────────────────────────────────────────────────────────────────────────────────────────────


class EncryptedTextField(models.TextField):
    """A text column sealed at rest and bound to its model and name; in Python it is plain text.

    It cannot be searched, ordered by meaning or made unique: keep a `blind_index` beside it. Empty text stays empty.
    Renaming the model or the field needs a migration that seals the values anew.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("unique") or kwargs.get("db_index") or kwargs.get("primary_key"):
            raise TypeError("an encrypted column is different in every row: index a blind_index column instead")
        super().__init__(*args, **kwargs)

    @property
    def place(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        value = super().get_db_prep_save(value, connection)
        return encrypt(value, place=self.place) if isinstance(value, str) and value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value, place=self.place) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else self._refuse(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        self._refuse(lookup_name)

    def _refuse(self, lookup_name: str) -> NoReturn:
        raise TypeError(f"{self.place} is encrypted, {lookup_name!r} cannot look into it: ask its blind_index column")


# ── keys and ciphers ──────────────────────────────────────────────────────────────────────────────────────────────


def _keys() -> dict[str, bytes]:
    keys: dict[str, bytes] = getattr(settings, "FIELD_KEYS", None) or {}
    if not keys or any(len(key) != KEY_BYTES or "." in key_id for key_id, key in keys.items()):
        raise ImproperlyConfigured(
            "FIELD_KEYS must map key ids (without dots) to 32 random bytes, the current one first."
        )
    return keys


def _cipher_name() -> str:
    name: str = getattr(settings, "FIELD_CIPHER", "aes-gcm")
    if name not in MACHINES:
        raise ImproperlyConfigured(f"FIELD_CIPHER must be one of {', '.join(MACHINES)}, not {name!r}.")
    return name


def _parts(head: str, place: str) -> tuple[str, str, str]:
    try:
        version, cipher, key_id = head.split(".")
    except ValueError as broken:
        raise Unreadable(f"{place or 'value'}: this is no encrypted text") from broken
    return version, cipher, key_id


def _bound(head: str, place: str) -> bytes:
    return f"{head}|{place}".encode()


def _digest(key: bytes, purpose: str, data: bytes) -> str:
    return hmac.new(_derived(key, purpose, KEY_BYTES), data, hashlib.sha256).hexdigest()


@lru_cache(maxsize=64)
def _derived(key: bytes, purpose: str, length: int) -> bytes:
    info = f"fengqiao {purpose}".encode()
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=info).derive(key)


@lru_cache(maxsize=16)
def _machine(cipher: str, key: bytes) -> tuple[Seal, Seal]:
    return MACHINES[cipher](key)


def _aes(key: bytes) -> tuple[Seal, Seal]:
    machine = AESGCM(_derived(key, "field aes-gcm", KEY_BYTES))
    return machine.encrypt, machine.decrypt


def _sm4(key: bytes) -> tuple[Seal, Seal]:
    algorithm = algorithms.SM4(_derived(key, "field sm4-gcm", 16))

    def seal(nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        sealing = Cipher(algorithm, modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(bound)
        return sealing.update(plain) + sealing.finalize() + sealing.tag

    def unseal(nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        body, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
        opening = Cipher(algorithm, modes.GCM(nonce, tag)).decryptor()
        opening.authenticate_additional_data(bound)
        return opening.update(body) + opening.finalize()

    return seal, unseal


MACHINES: dict[str, Callable[[bytes], tuple[Seal, Seal]]] = {"aes-gcm": _aes, "sm4-gcm": _sm4}
