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
from urllib.parse import urlsplit

import django
import psycopg
from django.core.management import call_command
from django.db import connection
from django.urls import get_resolver

TREE = Path(__file__).resolve().parents[1]
MIGRATED = os.environ.get("FENGQIAO_MIGRATED")
Say = Callable[[str], Any]


@contextmanager
def a_program(module: str, home: Path, **more: str) -> Iterator[Say]:
    """Start it; what is yielded says a line to it and returns its answer."""
    with (
        an_environment(home) as own,
        subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=TREE,
            env=own | more,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        assert process.stdin and process.stdout
        told, heard = process.stdin, process.stdout

        def spoken(line: str) -> Any:
            told.write(f"{line}\n")
            told.flush()
            answer = next(line for line in heard if line.startswith("done "))
            return json.loads(answer.removeprefix("done "))

        yield spoken
        told.close()


@contextmanager
def an_environment(home: Path) -> Iterator[dict[str, str]]:
    """What such a program is told: the folder, made for it, and an empty migrated database of the engine under test."""
    home.mkdir()
    own = {
        **os.environ, "FENGQIAO_HOME": str(home), "FENGQIAO_ENV": "test", "PYTHONPATH": str(TREE), "PYTHONWARNINGS": "ignore",
        "DJANGO_SETTINGS_MODULE": "fengqiao.config.settings",
    }  # fmt: skip
    with _a_database(home) as own["DATABASE_URL"]:
        if not MIGRATED:
            migrate = [sys.executable, "manage.py", "migrate", "-v0"]
            subprocess.run(migrate, cwd=TREE, env=own, check=True, capture_output=True)
        yield own


@contextmanager
def _a_database(home: Path) -> Iterator[str]:
    """Its address. Where the whole run has a migrated one, a copy of that."""
    if connection.vendor != "postgresql":
        file = home / "db.sqlite3"
        if MIGRATED:
            shutil.copyfile(MIGRATED, file)
        yield f"sqlite:///{file}"
        return
    url, name = os.environ["DATABASE_URL"], f"program_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {MIGRATED or 'template1'}")
        yield urlsplit(url)._replace(path=name).geturl()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


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
