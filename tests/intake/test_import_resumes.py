"""An import killed half-way and begun again ends the same: with real processes, a real kill, and a database of their own."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs import TREE, an_environment

from .files import a_letter, letters

LETTERS = 120
FIRST = """
from django.core.management import call_command
from tests.world import the_center
the_center()
call_command("import", {path!r})
"""
AGAIN = """
from django.core.management import call_command
from fengqiao.disputes.models import Dispute, Party
from fengqiao.intake.models import Imported
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
call_command("import", {path!r})
print("counted", Dispute.objects.count(), Party.objects.count(), Imported.objects.count(), Entry.objects.count(), len(list(verify())))
"""


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    with an_environment(tmp_path / "home") as own:
        yield own


def shell(script: str, path: Path) -> list[str]:
    """A program that imports the file, and does what else the script says. Each program takes seconds to start."""
    return [sys.executable, "-u", "manage.py", "shell", "--no-imports", "-c", script.format(path=str(path))]


def run(environ: dict[str, str], command: list[str]) -> str:
    return subprocess.run(command, cwd=TREE, env=environ, capture_output=True, text=True, check=True).stdout


def killed_half_way(environ: dict[str, str], path: Path) -> None:
    """Begin the import, with a body to receive, and kill it, without a chance to tidy up, once it tells of its first rows."""
    with subprocess.Popen(
        shell(FIRST, path), cwd=TREE, env=environ, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
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
    second = run(environ, [sys.executable, "manage.py", "import", str(path)])
    found = re.search(r"登记 (\d+)，重复 (\d+)，退回 1。.*?有 (\d+) 行是这个文件上次已经登记的", second)
    assert found, second
    registered, duplicate, before = map(int, found.groups())
    assert before >= 50
    assert registered > 0
    assert (registered + before, duplicate) == (LETTERS - 2, before + 1)
    third = run(environ, shell(AGAIN, path))
    assert f"登记 0，重复 {LETTERS - 1}，退回 1。" in third
    assert third.splitlines()[-1] == " ".join(["counted", *[str(LETTERS - 2)] * 4, "0"])
