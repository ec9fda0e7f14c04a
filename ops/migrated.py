"""Empty databases with every migration applied, made once for a whole run of the tests: each worker takes a copy."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ops.pgnode import Node

TREE = Path(__file__).resolve().parents[1]
NAME = "migrated"
CONF = "max_connections=100\n"

Environ = dict[str, str]


def sqlite(folder: Path) -> Environ:
    """What a test run on SQLite is told. Raises CalledProcessError, its output said, where a migration fails."""
    _migrate(url := f"sqlite:///{folder / NAME}.sqlite3")
    return {"FENGQIAO_MIGRATED": url.removeprefix("sqlite:///")}


def postgresql() -> Environ:
    """The same for PostgreSQL: a server that ends with this process, and the name of its template."""
    node = Node("test", conf=CONF).init().start().create(NAME)
    _migrate(node.url(NAME))
    return {"FENGQIAO_MIGRATED": NAME, "TEST_DB": "pg", "DATABASE_URL": node.url()}


def _migrate(url: str) -> None:
    with tempfile.TemporaryDirectory(prefix="fengqiao-migrate-") as home:
        environ = {**os.environ, "FENGQIAO_ENV": "test", "FENGQIAO_HOME": home, "DATABASE_URL": url}
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
        subprocess.run(command, cwd=TREE, env=environ, check=True)
