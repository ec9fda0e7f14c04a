"""Makes an installation ready to serve, in one Django process: tables, translations, static files, district, demo.

Everything is checked first and done only when needed. What the demo has to say (its accounts) goes to standard output.
"""

import hashlib
import io
import os
import re
import sys
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from ops import translations
from tools.console import Progress, cause, say, speak_utf8

DISTRICT = "wuxing"


def main(arguments: list[str]) -> int:
    """Everything but the demo; `--demo`: that alone; `--static`: what a server needs whose database others migrate."""
    speak_utf8()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengqiao.config.settings")
    try:
        django.setup()
        if "--demo" in arguments:
            build_demo()
        else:
            assets()
        if not arguments:
            tables()
            if settings.ENVIRONMENT == "development":
                district()
                tell_demo()
    except KeyboardInterrupt:
        return 130
    except (DatabaseError, OSError) as error:
        say(
            cause(
                str(error),
                f"数据库或数据目录不可用：{error}",
                f"The database or the data folder cannot be used: {error}",
            ).sentences
        )
    except (ImproperlyConfigured, CommandError, SystemCheckError) as error:
        say(str(error))
    else:
        return 0
    return 1


def assets() -> None:
    """Translations and static files, when they changed."""
    translations.compile_stale()
    if settings.DEBUG:
        return
    stamp = settings.STATIC_ROOT / ".made-from"
    now = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    with Progress("整理页面样式与脚本", "collecting static files", 4):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(now)


def tables() -> None:
    """The tables of the database, with a bar over the migrations that are still to come."""
    executor = MigrationExecutor(connection)
    total = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not total:
        return
    with Progress("建立数据表", "creating tables", 2) as progress:
        call_command("migrate", interactive=False, verbosity=1, stdout=_Applied(progress, total))


def district() -> None:
    """The district's folder, when the database has none or the folder changed; what people loaded by hand stays theirs."""
    stamp = settings.FENGQIAO_HOME / "district-loaded-from"
    now = _district_fingerprint()
    if _any("places.Region") and (not stamp.exists() or stamp.read_text() == now):
        return
    with Progress("载入区划与机构", "loading the district", 4) as progress:
        call_command("load_district", DISTRICT, stdout=io.StringIO(), stderr=_Counted(progress))
    stamp.write_text(now)


def build_demo() -> None:
    """A few living disputes, when the database has none; says nothing when it has some that are not the demo's."""
    if not _any("disputes.Dispute"):
        _demo_begun().touch()
        with Progress("准备演示案件", "building the demo", 15) as progress:
            call_command("demo", if_empty=True, stdout=io.StringIO(), stderr=_Counted(progress))
        _demo_begun().unlink()
    tell_demo()


def tell_demo() -> None:
    """The accounts of the demo that is there."""
    if not _any("disputes.Dispute"):
        return
    said = io.StringIO()
    call_command("demo", if_empty=True, stdout=said)
    sys.stdout.write(said.getvalue())
    if _demo_begun().exists():
        say(
            "上次没有建完演示就中断了，案件会少一些。要重新建，请停止后删除数据目录再启动。\n"
            "The demo was interrupted while it was built, so some of it is missing. To build it anew, stop, delete "
            f"the home folder and start again: {settings.FENGQIAO_HOME}"
        )


def _demo_begun() -> Path:
    return settings.FENGQIAO_HOME / "demo-begun"


class _Counted(io.StringIO):
    """A command's standard error: `3/40` in a line moves the bar, anything else is kept for the eye."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress

    def write(self, text: str) -> int:
        if found := re.search(r"(\d+)\s*/\s*(\d+)", text):
            self.progress.at(int(found.group(1)), int(found.group(2)))
        elif text.strip():
            say(text.rstrip())
        return len(text)


class _Applied(io.StringIO):
    """What `migrate` prints: every line that ends in OK is one migration."""

    def __init__(self, progress: Progress, total: int) -> None:
        super().__init__()
        self.progress, self.total, self.done = progress, total, 0

    def write(self, text: str) -> int:
        self.done += text.count(" OK")
        self.progress.at(self.done, self.total)
        return len(text)


def _any(model: str) -> bool:
    return apps.get_model(model)._default_manager.exists()


def _district_fingerprint() -> str:
    files = sorted(path for path in (settings.BASE_DIR / "districts" / DISTRICT).rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


def _static_fingerprint() -> str:
    lines: list[str] = [settings.STORAGES["staticfiles"]["BACKEND"]]
    for finder in get_finders():
        for path, storage in finder.list([]):
            lines.append(f"{path} {_size_and_time(storage, path)}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _size_and_time(storage: Any, path: str) -> str:
    stat = os.stat(storage.path(path))
    return f"{stat.st_size} {stat.st_mtime_ns}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
