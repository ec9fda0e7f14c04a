"""The installation's secrets: made once in the home folder for trying out, brought along in production."""

import base64
import binascii
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from fengqiao.config.environment import UnsafeSettings

SECRET_LENGTH = 50
SECRET_LETTERS = 5  # different ones, at least
FIELD_KEY_BYTES = 32


def secret_key(keys: Path, *, production: bool) -> str:
    """The key of sessions and links. Production must bring its own; elsewhere it is made once."""
    given = os.environ.get("SECRET_KEY", "")
    if production and (len(given) < SECRET_LENGTH or len(set(given)) < SECRET_LETTERS):
        raise UnsafeSettings(
            f"生产环境必须用环境变量 SECRET_KEY 给出至少 {SECRET_LENGTH} 个字符的随机密钥。",
            f"Production needs a random SECRET_KEY of at least {SECRET_LENGTH} characters in the environment.",
        )
    return given or _kept(keys / "secret_key", lambda: secrets.token_urlsafe(SECRET_LENGTH))


def field_keys(keys: Path, *, production: bool) -> dict[str, bytes]:
    """Keys of encrypted columns by key id, 32 bytes each; the first one encrypts, the others still decrypt.

    FIELD_KEYS holds the JSON itself, FIELD_KEYS_FILE a path, else keys/field_keys.json of the home folder, which is
    made on the first start except in production.
    """
    text = os.environ.get("FIELD_KEYS", "")
    path = Path(os.environ.get("FIELD_KEYS_FILE") or keys / "field_keys.json")
    if not text and production and not path.is_file():
        raise UnsafeSettings(
            f"生产环境必须给出字段加密密钥：环境变量 FIELD_KEYS、FIELD_KEYS_FILE，或文件 {path}。",
            f"Production needs the field encryption keys: FIELD_KEYS, FIELD_KEYS_FILE or the file {path}.",
        )
    if not text:
        text = _kept(path, lambda: json.dumps({"k1": base64.b64encode(secrets.token_bytes(FIELD_KEY_BYTES)).decode()}))
    return _parsed_keys(text)


def ledger_signing_key(keys: Path, *, production: bool) -> Path:
    """The Ed25519 key (PEM) that signs the daily seal: LEDGER_SIGNING_KEY, else keys/ledger_signing_key.pem."""
    path = Path(os.environ.get("LEDGER_SIGNING_KEY") or keys / "ledger_signing_key.pem")
    if production and not path.is_file():
        raise UnsafeSettings(
            f"生产环境必须给出台账封存的签名密钥：openssl genpkey -algorithm ed25519 -out {path}",
            f"Production needs the key that seals the ledger: openssl genpkey -algorithm ed25519 -out {path}",
        )
    _kept(path, _new_signing_key)
    return path


def _new_signing_key() -> str:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _parsed_keys(text: str) -> dict[str, bytes]:
    try:
        keys = {name: base64.b64decode(value, validate=True) for name, value in json.loads(text).items()}
    except (ValueError, AttributeError, TypeError, binascii.Error):
        keys = {}
    if not keys or any(len(key) != FIELD_KEY_BYTES for key in keys.values()):
        raise UnsafeSettings(
            '字段加密密钥应是 JSON：{"k1": "32 字节的 Base64"}。',
            'The field keys must be JSON: {"k1": "base64 of 32 bytes"}.',
        )
    return keys


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The text of a secret file, made once; of two processes that start together one wins and both read it."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
