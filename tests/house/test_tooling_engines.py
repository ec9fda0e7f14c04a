"""The databases that tests and `./run --pg` bring along, and the server's manners when it starts."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from django.db import connection

from ops import children, start
from ops.pgnode import Node
from tools.console import Stopped

TREE = Path(__file__).resolve().parents[2]


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that PostgreSQL's own user may enter when the tests run as root."""
    with TemporaryDirectory(prefix="fengqiao-pg-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "pg"


@pytest.mark.django_db
def test_the_tests_run_on_the_engine_that_was_asked_for() -> None:
    assert connection.vendor == ("postgresql" if os.environ.get("TEST_DB") == "pg" else "sqlite")


def test_a_kept_postgresql_is_durable_and_holds_its_rows_across_a_restart() -> None:
    with open_folder() as folder:
        node = Node("kept", folder=folder, durable=True).init().start().create("county")
        with psycopg.connect(node.url("county")) as first:
            assert first.execute("SHOW fsync").fetchone() == ("on",)
            first.execute("CREATE TABLE note (words text)")
            first.execute("INSERT INTO note VALUES ('枫桥')")
        other = Node("kept", folder=folder, durable=True)
        assert other.running()
        assert other.url("county") == node.url("county")
        node.stop()
        assert not other.running()
        again = Node("kept", folder=folder, durable=True).init().start().create("county")
        with psycopg.connect(again.url("county")) as second:
            assert second.execute("SELECT words FROM note").fetchone() == ("枫桥",)
        again.stop()


def test_a_kept_postgresql_asks_for_its_password() -> None:
    with open_folder() as folder:
        node = Node("kept", folder=folder, durable=True).init().start()
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"postgresql://postgres@127.0.0.1:{node.port}/postgres")
        node.stop()


def test_a_taken_port_is_said_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Stopped) as stopped:
            start.address({"PORT": str(port)})
    assert f"端口 {port} 已被占用" in stopped.value.sentences
    assert f"PORT={port + 1} ./run" in stopped.value.sentences


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(port) -> None:
    with pytest.raises(Stopped, match="1 到 65535"):
        start.address({"PORT": port})


def test_a_child_that_dies_is_noticed_and_the_others_are_stopped(monkeypatch) -> None:
    monkeypatch.setattr(children.signal, "signal", lambda *_: None)  # Ctrl-C stays pytest's
    wait, die = [sys.executable, "-c", "import time; time.sleep(60)"], [sys.executable, "-c", "raise SystemExit(3)"]
    pair = [
        children.start("甲", "one", wait, cwd=TREE, env=dict(os.environ)),
        children.start("乙", "two", die, cwd=TREE, env=dict(os.environ)),
    ]
    dead = children.Watch().until_one_ends(pair)
    children.stop(pair)
    assert dead is pair[1]
    assert dead.process.returncode == 3
    assert pair[0].process.returncode is not None
