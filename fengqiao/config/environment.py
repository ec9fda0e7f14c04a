"""What the installation says about itself: environment variables, the home folder, the database.

Everything here answers in plain values and knows nothing of Django's settings; production refuses what is unsafe.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]

# Several statements in one string: Django runs them one by one on every new connection.
# What a savepoint may have to take back is kept in memory: in a file of its own it is written for each step of each act.
SQLITE_INIT = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous={};PRAGMA cache_size=-20000;"
    "PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=ON;"
)


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
    try:
        for part in ("files", "keys", "static"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "keys").chmod(0o700)
    except OSError as error:
        raise UnsafeSettings(
            f"数据目录 {folder} 不可写（{error.strerror}），请用 FENGQIAO_HOME 指定一个可写的目录。",
            f"The home folder {folder} cannot be written ({error.strerror}); set FENGQIAO_HOME to one that can.",
        ) from error
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


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number from the environment, not below `least`."""
    value = text(name, default=str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise UnsafeSettings(
            f"{name} 应是不小于 {least} 的整数，现在是“{value}”。",
            f"{name} must be a whole number of {least} or more; it is {value!r}.",
        )
    return int(value)


def county_sign_in(*, production: bool) -> dict[str, str]:
    """The county's own sign-in (OpenID Connect), empty where there is none. docs/sign-in.md explains each name."""
    told = {name: text(f"OIDC_{name}") for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")}
    if not any(told.values()):
        return {}
    if not all(told.values()):
        raise UnsafeSettings(
            "统一登录要把 OIDC_ISSUER、OIDC_CLIENT_ID、OIDC_CLIENT_SECRET 三项都配上。",
            "The county's sign-in needs all of OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.",
        )
    if production and urlsplit(told["ISSUER"]).scheme != "https":
        raise UnsafeSettings("OIDC_ISSUER 必须是 https:// 地址。", "OIDC_ISSUER must be an https:// address.")
    return {
        **told,
        "NAME": text("OIDC_NAME"),
        "CLAIM": text("OIDC_CLAIM", default="preferred_username"),
        "SECOND_FACTOR": choice("OIDC_SECOND_FACTOR", ("ours", "theirs")),
    }


def words(name: str) -> list[str]:
    """A comma-separated list from the environment."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


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
        # Opening a file and reading its schema anew for each request takes longer than most requests.
        "CONN_MAX_AGE": None,
        # A file, not memory: a live server's threads then have connections and transactions of their own.
        "TEST": {"NAME": folder / "test.sqlite3"},
    }


def _postgresql(parts, *, pooled: bool) -> dict:
    options: dict = dict(parse_qsl(parts.query))
    # Statements are prepared from the third time on: planning a join of five tables takes longer than running it.
    # `?prepare=off` for a pooler between us and the database that hands each transaction to another connection.
    if options.pop("prepare", "on") != "off":
        options |= {"server_side_binding": True, "prepare_threshold": 3}
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
