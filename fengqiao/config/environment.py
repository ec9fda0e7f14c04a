"""What the installation says about itself: environment variables, the home folder, secrets.

Everything here answers in plain values and knows nothing of Django's settings; production refuses what is unsafe.
"""

import base64
import binascii
import json
import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
SECRET_LENGTH = 50
FIELD_KEY_BYTES = 32

# Several statements in one string: Django runs them one by one on every new connection.
SQLITE_INIT = "PRAGMA journal_mode=WAL;PRAGMA synchronous={};PRAGMA cache_size=-20000;PRAGMA foreign_keys=ON;"


class UnsafeSettings(ImproperlyConfigured):
    """The installation may not start like this. Bilingual, because nobody is signed in yet."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")


def kind() -> str:
    """What this installation is: development (default), test or production (FENGQIAO_ENV)."""
    return choice("FENGQIAO_ENV", ("development", "test", "production"))


def home() -> Path:
    """The one folder of this installation's state (FENGQIAO_HOME, default var/), created when missing."""
    folder = Path(os.environ.get("FENGQIAO_HOME") or BASE_DIR / "var").expanduser().resolve()
    for part in ("files", "keys", "static"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "keys").chmod(0o700)
    return folder


def text(name: str, default: str = "") -> str:
    """A value from the environment; an empty one counts as not given."""
    return os.environ.get(name) or default


def choice(name: str, options: tuple[str, ...]) -> str:
    """One of a few values from the environment; the first is the default."""
    value = text(name, default=options[0])
    if value not in options:
        raise UnsafeSettings(
            f"{name} 只能是 {'、'.join(options)}，现在是“{value}”。",
            f"{name} must be one of {', '.join(options)}; it is {value!r}.",
        )
    return value


def flag(name: str, default: bool = False) -> bool:
    """A yes or no from the environment: 1, true, yes and on mean yes."""
    value = os.environ.get(name, "")
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def words(name: str) -> list[str]:
    """A comma-separated list from the environment."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def secret_key(keys: Path, *, production: bool) -> str:
    """The key of sessions and links. Production must bring its own; elsewhere it is made once."""
    given = os.environ.get("SECRET_KEY", "")
    if production and len(given) < SECRET_LENGTH:
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


def allowed_hosts(*, production: bool) -> list[str]:
    """Names under which the site may be asked for. Production must name them, and never all of them."""
    hosts = words("ALLOWED_HOSTS")
    if production and (not hosts or "*" in hosts):
        raise UnsafeSettings(
            "生产环境必须用 ALLOWED_HOSTS 列出网站的域名，不能为空，也不能是“*”。",
            "Production needs ALLOWED_HOSTS with the site's own names; it may not be empty or *.",
        )
    return hosts or ["localhost", "127.0.0.1", "[::1]"]


def debug(*, production: bool) -> bool:
    """Django's DEBUG pages; they show personal data, so production refuses them."""
    if production and flag("DEBUG"):
        raise UnsafeSettings("生产环境不能打开 DEBUG。", "DEBUG may not be on in production.")
    return flag("DEBUG")


def database(url: str, *, kind_: str, folder: Path) -> dict:
    """Django's settings of one database from a URL: sqlite:///path or postgresql://user:password@host:port/name."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path.removeprefix("/"))), kind_=kind_, folder=folder)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(parts, pooled=kind_ != "test")
    raise UnsafeSettings(
        "DATABASE_URL 只支持 sqlite:///路径 或 postgresql://用户@主机:端口/库名。",
        "DATABASE_URL must be sqlite:///path or postgresql://user@host:port/name.",
    )


def _sqlite(path: Path, *, kind_: str, folder: Path) -> dict:
    synchronous = "OFF" if kind_ == "test" else "NORMAL"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / path if str(path) != "." else folder / "db.sqlite3",
        # IMMEDIATE: writers queue instead of failing when a reader turns writer.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_INIT.format(synchronous),
        },
        # A file, not memory: a live server's threads then have connections and transactions of their own.
        "TEST": {"NAME": folder / "test.sqlite3"},
    }


def _postgresql(parts, *, pooled: bool) -> dict:
    options: dict = dict(parse_qsl(parts.query))
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": int(os.environ.get("DATABASE_POOL", "8")), "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "fengqiao",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


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


def _kept(path: Path, make) -> str:
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
