"""A program beside the test, with a home and a migrated database of its own: told line by line what to do, so that it can be
made to start real workers and kill them.

The test's side is `a_program`, the program's side `listen`; `kill` and `finish` are what every such program can do.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import get_resolver

TREE = Path(__file__).resolve().parents[1]
MIGRATED = os.environ.get("FENGQIAO_MIGRATED")
Say = Callable[[str], Any]


@contextmanager
def a_program(module: str, home: Path, **more: str) -> Iterator[Say]:
    """Start it; what is yielded says a line to it and returns its answer."""
    home.mkdir()
    own = {
        **os.environ, "FENGQIAO_HOME": str(home), "FENGQIAO_ENV": "test", "PYTHONPATH": str(TREE), "PYTHONWARNINGS": "ignore",
        "DJANGO_SETTINGS_MODULE": "fengqiao.config.settings", **more,
    }  # fmt: skip
    database = f"killed_{os.getpid()}"
    if connection.vendor == "postgresql":
        url = os.environ["DATABASE_URL"]
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {database} TEMPLATE {MIGRATED or 'template1'}")
        own["DATABASE_URL"] = url.replace(f"/{settings.DATABASES['default']['NAME']}", f"/{database}", 1)
    else:
        file = home / "db.sqlite3"
        own["DATABASE_URL"] = f"sqlite:///{file}"
        if MIGRATED:
            shutil.copyfile(MIGRATED, file)
    if not MIGRATED:
        migrate = [sys.executable, "manage.py", "migrate", "-v0"]
        subprocess.run(migrate, cwd=TREE, env=own, check=True, capture_output=True)
    with subprocess.Popen(
        [sys.executable, "-m", module], cwd=TREE, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        told, heard = process.stdin, process.stdout

        def spoken(line: str) -> Any:
            told.write(f"{line}\n")
            told.flush()
            answer = next(line for line in heard if line.startswith("done "))
            return json.loads(answer.removeprefix("done "))

        yield spoken
        told.close()
    if connection.vendor == "postgresql":
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f"DROP DATABASE {database} WITH (FORCE)")


def listen(*, before: Callable[[], object] = lambda: None, **words: Callable[..., Any]) -> None:
    """The program's side: each line is a word with at most one number. `before` prepares every worker, in its own process."""
    django.setup()
    get_resolver().reverse_dict  # noqa: B018 (imports every address here, and not in each worker anew)
    known = {
        "kill": lambda seconds: _killed(_worker(before), float(seconds)),
        "finish": lambda: os.waitpid(_worker(before, once=True), 0)[1],
        **words,
    }
    for line in sys.stdin:
        word, _blank, number = line.strip().partition(" ")
        print("done", json.dumps(known[word](*([number] if number else []))), flush=True)


def _killed(worker: int, seconds: float) -> bool:
    """Whether it was alive until then."""
    time.sleep(seconds)  # the moment is what is tried; nothing is waited for
    os.kill(worker, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(worker, 0)[1])


def _worker(before: Callable[[], object], **options: object) -> int:
    """The process id of a worker: a fork of the program that runs the real command, so that two hundred cost little."""
    connection.close()
    if pid := os.fork():
        return pid
    failed = 1
    try:
        before()
        call_command("worker", **options)
        failed = 0
    finally:
        os._exit(failed)
