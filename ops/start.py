"""`./run`: prepare, serve and work in one go. `./run serve`: the web server alone."""

import contextlib
import errno
import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

from ops.children import Child, Watch, start, stop
from tools.console import Stopped, say

TREE = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.executable)
READY_SECONDS = 60


def start_all(environ: dict[str, str]) -> int:
    """Everything a newcomer needs; returns when stopped, with 1 when a part died."""
    host, port = address(environ)
    said = prepared(environ)
    watch = Watch()
    names = _names(host)
    environ = {
        **environ,
        "ALLOWED_HOSTS": environ.get("ALLOWED_HOSTS") or ",".join(names),
        # what stands in QR codes on paper: where a phone beside this machine finds it
        "PUBLIC_URL": environ.get("PUBLIC_URL") or f"http://{names[-1]}:{port}",
    }
    server = start("网页服务", "the web server", server_command(host, port, environ), cwd=TREE, env=environ)
    children = [server]
    dead = None
    try:
        if answers(host, port, children, watch):
            said = said or _demo(environ, watch, _url(host, port))
        if not watch.asked.is_set() and server.process.poll() is None:
            # Only now: until here both cores belong to the server and the demo.
            children.append(start("后台任务", "the worker", [PYTHON, "manage.py", "worker"], cwd=TREE, env=environ))
            _welcome(_url(host, port), said)
            dead = watch.until_one_ends(children)
        elif not watch.asked.is_set():
            dead = server
    finally:
        if dead:
            say(f"{dead.chinese}意外停止（{dead.process.poll()}），其余部分随之停止。")
            say(f"{dead.english} ended unexpectedly ({dead.process.poll()}); the rest is being stopped.")
        else:
            say("\n正在停止…… Stopping…")
        stop(children)
    return 1 if dead else 0


def serve(environ: dict[str, str]) -> NoReturn:
    """Become the web server; the database is prepared by others, the worker runs elsewhere."""
    host, port = address(environ)
    prepared(environ, "--static")
    command = [str(part) for part in server_command(host, port, environ)]
    os.execve(command[0], command, environ)


def manage(name: str, arguments: list[str], environ: dict[str, str]) -> NoReturn:
    """Become a command of manage.py."""
    os.execve(PYTHON, [str(PYTHON), "manage.py", name, *arguments], environ)


def is_development(environ: dict[str, str]) -> bool:
    """Where a demonstration may be built."""
    return environ.get("FENGQIAO_ENV", "development") == "development"


def prepared(environ: dict[str, str], *options: str) -> str:
    """What preparing had to say to the person at the terminal. Raises `SystemExit` when it failed; it said why."""
    done = subprocess.run(
        [PYTHON, "-m", "ops.prepare", *options], cwd=TREE, env=environ, stdout=subprocess.PIPE, encoding="utf-8"
    )
    if done.returncode:
        raise SystemExit(1)
    return done.stdout


def server_command(host: str, port: int, environ: dict[str, str]) -> list[str | Path]:
    """granian on Django's WSGI door. A worker is a process; each answers THREADS requests at once."""
    workers = int(environ.get("WORKERS") or max(2, min(os.cpu_count() or 2, 8)))
    threads = int(environ.get("THREADS") or 2)
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": port,
        "--workers": workers,
        "--blocking-threads": threads,
        "--backlog": 1024,
        # Beyond this many in hand a worker stops accepting, and the others or the backlog take over.
        "--backpressure": 32 * threads,
        "--workers-kill-timeout": 10,
        "--log-level": "warning",
    }
    flat = [str(part) for pair in options.items() for part in pair]
    return [PYTHON, "-m", "granian", *flat, "--no-ws", "--respawn-failed-workers", "fengqiao.config.wsgi:application"]


def address(environ: dict[str, str]) -> tuple[str, int]:
    """HOST and PORT, when they are free. granian shares ports, so a server left over would not be noticed later."""
    host, given = environ.get("HOST") or "127.0.0.1", environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise Stopped(f"PORT 应是 1 到 65535 的数字，现在是“{given}”。", f"PORT must be 1 to 65535; it is {given!r}.")
    port = int(given)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _no_port(host, port, error) from error
    return host, port


def _no_port(host: str, port: int, error: OSError) -> Stopped:
    if error.errno == errno.EADDRINUSE:
        other = port + 1
        return Stopped(
            f"端口 {port} 已被占用（也许枫桥已经在运行）。请先停掉它，或换一个端口：PORT={other} ./run",
            f"Port {port} is taken (perhaps by Fengqiao itself). Stop that, or use another: PORT={other} ./run",
        )
    if error.errno == errno.EACCES:
        return Stopped(
            f"没有权限使用端口 {port}，请用 1024 以上的端口：PORT=8000 ./run",
            f"Port {port} needs more rights; use one above 1024: PORT=8000 ./run",
        )
    return Stopped(f"HOST={host} 不可用：{error.strerror}", f"HOST={host} cannot be used: {error.strerror}")


def _names(host: str) -> list[str]:
    """Names under which the site may be asked for, the one for others last; on all interfaces these are the machine's own."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 (compared, not bound)
        return [*names, f"[{host}]" if ":" in host else host]
    own = socket.gethostname()
    with contextlib.suppress(OSError):
        names += {str(info[4][0]) for info in socket.getaddrinfo(own, None, socket.AF_INET)}
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; the system only says which address it would use
        names.append(probe.getsockname()[0])
    return [own, *names]


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def answers(host: str, port: int, children: list[Child], watch: Watch) -> bool:
    """Waits for the first answer; False when a child died or somebody asked to stop before it came."""
    ends = time.monotonic() + READY_SECONDS
    while time.monotonic() < ends and not watch.asked.wait(0.1):
        if any(child.process.poll() is not None for child in children):
            return False
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(_reachable(host), port, timeout=5)
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            connection.getresponse().read()
            connection.close()
            return True
    return False


def _demo(environ: dict[str, str], watch: Watch, url: str) -> str:
    """The demo is built while the site answers already; what it has to say, or nothing when it was not to be."""
    if not is_development(environ):
        return ""
    say(f"→ 网站已可打开 · the site answers: {url}")
    command: list[str | Path] = [PYTHON, "-m", "ops.prepare", "--demo"]
    with subprocess.Popen(command, cwd=TREE, env=environ, stdout=subprocess.PIPE, encoding="utf-8") as building:
        while building.poll() is None and not watch.asked.wait(0.2):
            pass
        if watch.asked.is_set():
            building.terminate()
        return building.stdout.read() if building.stdout else ""


def _url(host: str, port: int) -> str:
    name = _reachable(host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _welcome(url: str, said: str) -> None:
    line = "─" * 72
    print(f"\n{line}\n  枫桥已启动，请打开 · Fengqiao is running, open:  {url}\n{line}", flush=True)
    if said.strip():
        print(said.rstrip(), flush=True)
        print(line, flush=True)
    print("  按 Ctrl-C 停止 · Ctrl-C stops it      ./run help 查看其他命令 · lists the rest\n", flush=True)
