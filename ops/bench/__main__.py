"""Seed, serve, measure, report: for each engine and each size, on a home folder that is thrown away."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from ops import start
from ops.bench import measuring
from ops.bench.measuring import Figure
from ops.bench.seeding_facts import PASSWORD, Facts
from ops.children import Watch, stop
from ops.children import start as start_child
from ops.pgnode import Node, free_port
from tools.console import Progress, say, speak_utf8

TREE = Path(__file__).resolve().parents[2]
SQLITE, POSTGRES = "sqlite", "pg"


def main(arguments: list[str]) -> int:
    """Measure what is asked for and print one table an engine and size."""
    speak_utf8()
    asked = _options(arguments)
    say(_machine())
    told = []
    for engine in [SQLITE, POSTGRES] if asked.engine == "both" else [asked.engine]:
        by_size = {}
        for size in asked.sizes:
            by_size[size] = measured(engine, size, asked)
            _print(engine, by_size)
        told += [
            {"engine": engine, "disputes": size, "figures": [vars(f) for f in figures]}
            for size, figures in by_size.items()
        ]
    if asked.json:
        Path(asked.json).write_text(json.dumps({"machine": _machine(), "runs": told}, ensure_ascii=False, indent=1))
    return 0


def measured(engine: str, size: int, asked: argparse.Namespace) -> list[Figure]:
    """All figures of one engine at one size."""
    with tempfile.TemporaryDirectory(prefix="fq-bench-") as home, _database(engine) as url:
        environ = {
            **os.environ,
            "FENGQIAO_HOME": home,
            "ALLOWED_HOSTS": "localhost",
            "DJANGO_SETTINGS_MODULE": "fengqiao.config.settings",
        }
        environ |= {"DATABASE_URL": url} if url else {}
        with Progress(f"{engine}：建表、载入区县", f"{engine}: tables and district", 15):
            _run(environ, "manage.py", "migrate", "--verbosity=0")
            _run(environ, "manage.py", "load_district", "wuxing")
            start.prepared(environ, "--static")
        with Progress(f"{engine}：造 {size} 件", f"{engine}: seeding {size} disputes", size / 700):
            facts = Facts.read(_run(environ, "-m", "ops.bench.seeding", str(size)))
        plain = _pairs(_run(environ, "-m", "ops.bench.plain", str(asked.plain), facts.manager))
        routed = _pairs(_run(environ, "-m", "ops.bench.deciding", str(asked.decisions)))
        with _server(environ) as port, Progress(f"{engine}：测量", f"{engine}: measuring", 60):
            figures = [
                measuring.registrations(port, facts, asked.registrations, 8),
                *measuring.pages(port, facts, PASSWORD, asked.n),
            ]
    ratio = float(plain["COMMAND_MS"]) / float(plain["PLAIN_MS"])
    return [
        Figure("seeding (bulk), a dispute", size, float(facts.seeded_each_ms), float(facts.seeded_each_ms)),
        figures[0],
        Figure(
            "a registration, in the process",
            asked.plain,
            float(plain["COMMAND_MS"]),
            float(plain["COMMAND_MS"]),
            "ms (mean)",
        ),
        Figure(
            f"its {plain['ROWS']} rows by plain SQL",
            asked.plain,
            float(plain["PLAIN_MS"]),
            float(plain["PLAIN_MS"]),
            "ms (mean)",
        ),
        Figure("ratio of the two", asked.plain, ratio, ratio, "×"),
        _rate(f"routing decisions, {routed['RULES']} rules", asked.decisions, routed, "DECIDED"),
        _rate("routing proposals with their facts", asked.decisions // 10, routed, "PROPOSED"),
        *figures[1:],
    ]


@contextmanager
def _database(engine: str) -> Iterator[str]:
    if engine == SQLITE:
        yield ""
        return
    node = (
        Node("bench", durable=True, conf="shared_buffers=256MB\nmax_connections=100\n")
        .init()
        .start()
        .create("fengqiao")
    )
    try:
        yield node.url("fengqiao")
    finally:
        node.stop()


@contextmanager
def _server(environ: dict[str, str]) -> Iterator[int]:
    port = free_port()
    child = start_child(
        "网页服务", "the web server", start.server_command("127.0.0.1", port, environ), cwd=TREE, env=environ
    )
    try:
        if not start.answers("127.0.0.1", port, [child], Watch()):
            raise RuntimeError("the server did not start")
        yield port
    finally:
        stop([child])


def _run(environ: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=TREE, env=environ, stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed")
    return done.stdout


def _pairs(printed: str) -> dict[str, str]:
    return dict(line.split() for line in printed.splitlines())


def _rate(what: str, n: int, told: dict[str, str], key: str) -> Figure:
    return Figure(what, n, float(told[f"{key}_A_SECOND"]), float(told[f"{key}_P95_MS"]), "/s (p95 ms)")


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench")
    parser.add_argument("--sizes", type=lambda text: [int(part) for part in text.split(",")], default=[10_000, 100_000])
    parser.add_argument("--engine", choices=[SQLITE, POSTGRES, "both"], default="both")
    parser.add_argument("-n", type=int, default=60, help="calls of each page")
    parser.add_argument("--registrations", type=int, default=800)
    parser.add_argument("--plain", type=int, default=200)
    parser.add_argument("--decisions", type=int, default=2000)
    parser.add_argument("--json", help="write the figures to this file too")
    return parser.parse_args(arguments)


def _machine() -> str:
    names = ("django", "granian", "psycopg")
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, " + ", ".join(
        f"{name} {version(name)}" for name in names
    )


def _print(engine: str, by_size: dict[int, list[Figure]]) -> None:
    print(f"\n{engine}" + "".join(f"{size:>24,}" for size in by_size))
    for rows in zip(*by_size.values(), strict=True):
        cells = "".join(f"{figure.p50:>11.1f} {figure.p95:>7.1f} {figure.unit:<4.4}" for figure in rows)
        last = f"  ×{rows[-1].p95 / rows[0].p95:.2f}" if len(rows) > 1 and rows[0].unit == "ms" and rows[0].p95 else ""
        print(f"  {rows[0].what:<34}{cells}{last}")
    print(
        "  columns: p50 and p95 in ms, or as the unit says; × is the p95 of the last size over that of the first",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
