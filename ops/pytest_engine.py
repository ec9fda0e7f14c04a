"""Chooses home folder and database of a test run before Django wakes up (loaded by `-p` in pyproject.toml).

Here and not in a fixture: pytest-django reads the settings before any hook or conftest of ours could run.
"""

import atexit
import os
import shutil
import tempfile

from ops import chromium
from ops.migrated import CONF
from ops.pgnode import Node

_MINE = "FENGQIAO_TEST_HOME"


def pytest_report_header() -> str:
    """Says which database the tests really run on."""
    return f"database: {os.environ.get('DATABASE_URL', 'sqlite').split(':')[0]}"


def _own_home() -> None:
    """A throw-away home for this run; in it, one for each xdist worker: their disputes have the same numbers."""
    if _MINE in os.environ:
        if worker := os.environ.get("PYTEST_XDIST_WORKER"):
            os.environ["FENGQIAO_HOME"] = os.path.join(os.environ[_MINE], worker)
        return
    home = tempfile.mkdtemp(prefix="fengqiao-test-")
    os.environ["FENGQIAO_CHROMIUM"] = str(chromium.folder())  # the unpacked browser outlives the run
    os.environ[_MINE] = os.environ["FENGQIAO_HOME"] = home
    os.environ["FENGQIAO_ENV"] = "test"
    atexit.register(_remove, home, os.getpid())


def _remove(home: str, owner: int) -> None:
    if os.getpid() == owner:  # not in a forked child
        shutil.rmtree(home, ignore_errors=True)


def _own_database() -> None:
    """TEST_DB=pg: a PostgreSQL for this run; workers inherit its address."""
    if os.environ.get("TEST_DB") == "pg" and "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = Node("test", conf=CONF).init().start().url()


_own_home()
_own_database()
