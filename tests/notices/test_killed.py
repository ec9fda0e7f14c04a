"""Whatever a worker was doing when it was killed: nothing is lost and nobody's telephone rings twice.

With real workers, real kills, a real gateway and a database of their own. FENGQIAO_KILLS says how many (docs/messages.md).
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.notices.gateway import Gateway, serving

TREE = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("FENGQIAO_KILLS", "6"))
MESSAGES = 10  # that each worker finds
MIGRATED = os.environ.get("FENGQIAO_MIGRATED")
Say = Callable[[str], Any]


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with serving(Gateway()) as found:
        found.slowness = 0.004
        yield found


@pytest.fixture
def say(tmp_path: Path, gateway: Gateway) -> Iterator[Say]:
    """Talks to tests/notices/killing.py."""
    home = tmp_path / "home"
    home.mkdir()
    own = {
        **os.environ, "FENGQIAO_HOME": str(home), "FENGQIAO_ENV": "test", "PYTHONPATH": str(TREE), "PYTHONWARNINGS": "ignore",
        "DJANGO_SETTINGS_MODULE": "fengqiao.config.settings", "GATEWAY": json.dumps(gateway.port),
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
    program = [sys.executable, "-m", "tests.notices.killing"]
    with subprocess.Popen(
        program, cwd=TREE, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
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


def test_a_worker_that_is_killed_loses_nothing_and_sends_nothing_twice(say: Say, gateway: Gateway):
    dice, in_the_middle = random.Random(2026), 0
    for _n in range(KILLS):
        say(f"write {MESSAGES}")
        before = sum(gateway.posts.values())
        assert say(f"kill {0.03 + dice.random() * 0.3}")
        in_the_middle += sum(gateway.posts.values()) - before > 0
    for _n in range(20):
        say("finish")
        found = say("count")
        if set(found["states"]) <= {"sent"}:
            break
    total = MESSAGES * KILLS
    assert found["states"] == {"sent": total}, "nothing is lost"
    assert len(gateway.effects) == total
    assert set(gateway.effects.values()) == {1}, "nothing is sent twice"
    print(
        f"{KILLS} kills, {in_the_middle} of them while messages went out; {total} messages, {sum(gateway.posts.values())}"
        f" handed over, {sum(gateway.asked.values())} asked about; attempts: {found['outcomes']}"
    )
