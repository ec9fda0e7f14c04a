"""Chooses home folder and database of a test run before Django wakes up (loaded by `-p` in pyproject.toml)."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from ops.pgnode import Node

_MINE = "FENGQIAO_TEST_HOME"


def _own_home() -> None:
    """A throw-away home for this run; xdist workers inherit their master's."""
    if _MINE in os.environ:
        return
    home = tempfile.mkdtemp(prefix="fengqiao-test-")
    tree = Path(__file__).resolve().parents[1]
    os.environ.setdefault(
        "FENGQIAO_CHROMIUM", os.path.join(os.environ.get("FENGQIAO_HOME") or tree / "var", "chromium")
    )
    os.environ[_MINE] = os.environ["FENGQIAO_HOME"] = home
    os.environ["FENGQIAO_ENV"] = "test"
    owner = os.getpid()
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(home, ignore_errors=True))


_own_home()

# Here and not in a fixture: pytest-django reads the settings before any hook or conftest of ours could run.
if os.environ.get("TEST_DB") == "pg" and "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = Node("test", conf="max_connections=100\n").init().start().url()
