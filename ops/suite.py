"""`./run test`: the static checks, then every test on SQLite, on a real PostgreSQL and in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from ops import chromium, migrated, translations
from ops.pgnode import binaries
from tools.console import say, speak_utf8

TREE = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
RESULTS = TREE / "test-output"
PYTEST = [sys.executable, "-m", "pytest", "-q"]
# The suite brings its own databases. Three parts and their workers read the same files, which are compiled once.
NOT_OURS = ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
ON_SQLITE = "not browser and not postgresql"

STATIC = {  # the longest first, since two run at a time
    "mypy": [BIN / "mypy"],
    "ruff check": [BIN / "ruff", "check", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "import contract": [BIN / "lint-imports", "--no-logo"],
    "djlint": [BIN / "djlint", "--lint", "--quiet", "fengqiao"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
}


@dataclass
class Outcome:
    """How one part went."""

    name: str
    passed: int
    failed: int
    skipped: int = 0
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """All of it ran, and there was something to run."""
        return self.failed == 0 and self.passed > 0

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.name}: {self.passed} passed, {self.failed} failed{skipped}  ({self.seconds:.0f} s)"


def run_all() -> int:
    """Everything; 0 only when every part ran something and nothing failed."""
    began = time.monotonic()
    RESULTS.mkdir(exist_ok=True)
    for old in RESULTS.glob("*.xml"):
        old.unlink()
    translations.compile_stale()
    with tempfile.TemporaryDirectory(prefix="fengqiao-migrated-") as folder, ThreadPoolExecutor(2) as two:
        two.submit(_read_once)
        made = two.submit(migrated.sqlite, Path(folder)), two.submit(migrated.postgresql)
        outcomes = [_static()]
        on_sqlite, on_postgresql = (each.result() for each in made)
        _banner("SQLite")
        outcomes.append(_pytest("SQLite", ["-m", ON_SQLITE, *_spread()], on_sqlite))
        _banner(f"PostgreSQL  ({_version(binaries() / 'postgres')})")
        # What asks for no database, or gives it nothing of its own to do, ran above.
        outcomes.append(_pytest("PostgreSQL", ["-m", "not browser and not once", *_spread()], on_postgresql))
        browser = chromium.browser()
        _banner(f"浏览器 browser  ({_version(browser)})")
        at_work = {**on_sqlite, "CHROME_BIN": str(browser)}
        outcomes.append(_pytest("browser", ["-m", "browser", *_one_by_one(), *_browser_files()], at_work))
    return _summary(outcomes, time.monotonic() - began)


def coverage() -> int:
    """What the tests on SQLite reach. Apart from `run_all`, because measuring makes them take nearly twice as long."""
    RESULTS.mkdir(exist_ok=True)
    for old in RESULTS.glob(".coverage*"):
        old.unlink()
    translations.compile_stale()
    outcome = _pytest("SQLite", ["-m", ON_SQLITE, *_spread()], measured=True)
    _coverage()
    print(outcome)
    return 0 if outcome.good else 1


def run_some(arguments: list[str]) -> int:
    """pytest with the given arguments, on SQLite (TEST_DB=pg for PostgreSQL)."""
    translations.compile_stale()
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=TREE)


def lint() -> int:
    """The static checks alone."""
    outcome = _static()
    print(outcome)
    return 0 if outcome.good else 1


def _static() -> Outcome:
    _banner("静态检查 static checks")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fengqiao-lint-") as home, ThreadPoolExecutor(2) as two:
        environ = {**os.environ, "FENGQIAO_ENV": "test", "FENGQIAO_HOME": home}
        done = dict(zip(STATIC, two.map(lambda command: _checked(command, environ), STATIC.values()), strict=True))
    failed = 0
    for name, (code, output) in done.items():
        print(f"{'✗' if code else '✓'} {name}", flush=True)
        if code:
            failed += 1
            print(output.rstrip(), flush=True)
    return Outcome("static checks", len(done) - failed, failed, seconds=time.monotonic() - began)


def _checked(command: list, environ: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=TREE,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode, done.stdout


def _read_once() -> None:
    """Have every test read and compiled by one process, while there is one to spare: all workers would do it otherwise."""
    environ = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    subprocess.call(
        [*PYTEST, "--collect-only"], cwd=TREE, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _pytest(name: str, arguments: list[str], extra: dict[str, str] | None = None, measured: bool = False) -> Outcome:
    report = RESULTS / f"{name.lower()}.xml"
    began = time.monotonic()
    start = [sys.executable, "-m", "coverage", "run", "-m", "pytest", "-q"] if measured else PYTEST
    environ = {name: value for name, value in os.environ.items() if name not in NOT_OURS} | (extra or {})
    code = subprocess.call([*start, *arguments, f"--junitxml={report}"], cwd=TREE, env=environ)
    seconds = time.monotonic() - began
    if not report.exists():
        return Outcome(name, 0, 1, seconds=seconds)
    counts = ElementTree.parse(report).getroot().find("testsuite")
    ran, failures, errors, skipped = (
        int(counts.get(key, 0)) if counts is not None else 0 for key in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    if code and not failed:  # interrupted, or nothing was collected
        failed = 1
    return Outcome(name, max(ran - failures - errors - skipped, 0), failed, skipped, seconds)


def _coverage() -> None:
    for command in (["combine", "-q"], ["report", "--sort=cover"], ["xml", "-q", "-o", str(RESULTS / "coverage.xml")]):
        subprocess.call([sys.executable, "-m", "coverage", *command], cwd=TREE)


def _summary(outcomes: list[Outcome], seconds: float) -> int:
    _banner("结果 results")
    for outcome in outcomes:
        print(f"{'✓' if outcome.good else '✗'} {outcome}")
    passed, failed = sum(each.passed for each in outcomes), sum(each.failed for each in outcomes)
    empty = [each.name for each in outcomes if not each.passed]
    if empty:
        say(f"没有运行任何一项：{'、'.join(empty)}。Nothing ran in: {', '.join(empty)}.")
    print(f"  {seconds:.0f} s")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 0 if all(each.good for each in outcomes) else 1


def _workers() -> list[str]:
    return ["-n", str(max(2, min(os.cpu_count() or 2, 8)))]


def _spread() -> list[str]:
    return [*_workers(), "--dist", "worksteal"]


def _one_by_one() -> list[str]:
    """The longest browser tests come first; nobody waits for one who still has two of them."""
    return [*_workers(), "--dist", "load", "--maxschedchunk", "1"]


def _browser_files() -> list[str]:
    """Where browser tests are (tests/conftest.py holds them to it): the others need not even be read."""
    folders = [TREE / "tests" / name for name in ("browser", "journeys")]
    return [str(path) for path in (*folders, *sorted(TREE.glob("tests/**/test_*browser*.py")))]


def _version(program: Path) -> str:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return done.stdout.strip() or program.name


def _banner(title: str) -> None:
    print(f"\n──────── {title} {'─' * max(4, 60 - len(title))}", flush=True)


def main(arguments: list[str]) -> int:
    """`test`, `test <arguments for pytest>`, `lint` or `coverage`."""
    speak_utf8()
    name, *rest = arguments
    try:
        if name == "lint":
            return lint()
        if name == "coverage":
            return coverage()
        return run_some(rest) if rest else run_all()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
