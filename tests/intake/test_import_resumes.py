"""An import killed half-way and begun again ends the same: with real processes, a real kill, and a database of their own."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from .files import a_letter, letters

TREE = Path(__file__).resolve().parents[2]
LETTERS = 120
MIGRATED = os.environ.get("FENGQIAO_MIGRATED")  # where the whole run has one: ops/migrated.py
PREPARE = """
from django.core.management import call_command
from tests.world import the_center
call_command("migrate", verbosity=0)
the_center()
"""
COUNT = """
from fengqiao.disputes.models import Dispute, Party
from fengqiao.intake.models import Imported
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
print("counted", Dispute.objects.count(), Party.objects.count(), Imported.objects.count(), Entry.objects.count(), len(list(verify())))
"""


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A home and an empty database of the engine under test, migrated and with a body to receive."""
    own = {**os.environ, "FENGQIAO_HOME": str(tmp_path / "home"), "FENGQIAO_ENV": "test", "PYTHONWARNINGS": "ignore"}
    (tmp_path / "home").mkdir()
    database = f"resume_{os.getpid()}"
    if connection.vendor == "postgresql":
        url = os.environ["DATABASE_URL"]
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {database} TEMPLATE {MIGRATED or 'template1'}")
        own["DATABASE_URL"] = url.replace(f"/{settings.DATABASES['default']['NAME']}", f"/{database}", 1)
    else:
        file = tmp_path / "home" / "db.sqlite3"
        if MIGRATED:
            shutil.copyfile(MIGRATED, file)
        own["DATABASE_URL"] = f"sqlite:///{file}"
    run(own, "shell", "--no-imports", "-c", PREPARE)
    yield own
    if connection.vendor == "postgresql":
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f"DROP DATABASE {database} WITH (FORCE)")


def run(environ: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=TREE, env=environ, capture_output=True, text=True, check=True).stdout


def counted(environ: dict[str, str]) -> list[int]:
    line = next(
        line for line in run(environ, "shell", "--no-imports", "-c", COUNT).splitlines() if line.startswith("counted")
    )
    return [int(number) for number in line.split()[1:]]


def killed_half_way(environ: dict[str, str], path: Path) -> None:
    """Start the import and kill it, without a chance to tidy up, once it tells of its first rows."""
    command = [sys.executable, "-u", "manage.py", "import", str(path)]
    with subprocess.Popen(
        command, cwd=TREE, env=environ, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        for line in process.stderr or ():
            if "已处理" in line:
                process.send_signal(signal.SIGKILL)
                break
        process.wait()
        assert process.returncode == -signal.SIGKILL


@pytest.mark.django_db
def test_killed_half_way_and_begun_again_it_ends_the_same_and_a_third_time_adds_nothing(environ, tmp_path):
    path = letters(
        tmp_path / "letters.jsonl", *(a_letter(n) for n in range(LETTERS - 2)), a_letter(5), a_letter(900, text="")
    )
    killed_half_way(environ, path)
    second = run(environ, "import", str(path))
    found = re.search(r"登记 (\d+)，重复 (\d+)，退回 1。.*?有 (\d+) 行是这个文件上次已经登记的", second)
    assert found, second
    registered, duplicate, before = map(int, found.groups())
    assert before >= 50
    assert registered > 0
    assert (registered + before, duplicate) == (LETTERS - 2, before + 1)
    assert f"登记 0，重复 {LETTERS - 1}，退回 1。" in run(environ, "import", str(path))
    assert counted(environ) == [LETTERS - 2] * 4 + [0]
