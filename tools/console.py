"""What set-up says while it works: a bar on a terminal, plain lines elsewhere, one clear sentence when it fails."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import threading
import time
from math import exp
from pathlib import Path

WIDTH = 24
# Why a program failed, as told by what it wrote. The first that fits is said; the rest of its output is in the log.
CAUSES = (
    (
        r"No space left|ENOSPC|Disk quota",
        "磁盘空间不足：清出空间后再运行一次，会从中断处继续。",
        "The disk is full: make room and run it again; it continues where it stopped.",
    ),
    (
        r"Read-only file system|Permission denied|EACCES|EROFS",
        "没有写入权限：请换到自己可写的目录，或用 FENGQIAO_HOME 指定数据目录。",
        "No permission to write: use a folder of your own, or set FENGQIAO_HOME.",
    ),
    (
        r"(?i)network is unreachable|name resolution|name or service|dns error|getaddrinfo|ENOTFOUND|EAI_AGAIN|ECONNREFUSED"
        r"|connection refused|ETIMEDOUT|timed out|ECONNRESET|connection reset|error sending request|tunnel|proxy"
        r"|No matching distribution|ConnectionError|SSLError|certificate",
        "连不上软件源：请检查网络、代理（HTTPS_PROXY）或单位的软件源设置，然后再运行一次。",
        "The package index cannot be reached: check the network, HTTPS_PROXY or your site's mirror, then run it again.",
    ),
    (
        r"(?i)hash(es)? (mismatch|do not match)|EINTEGRITY",
        "下载的文件与锁定的校验值不符，已拒绝安装：请检查软件源。",
        "A downloaded file does not have the locked hash and was refused: check your package index.",
    ),
)


class Stopped(Exception):
    """Set-up cannot go on; both sentences say why and what to do."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese)
        self.sentences = f"{chinese}\n{english}"


def cause(output: str, chinese: str, english: str) -> Stopped:
    """The sentences that fit what a failed program wrote, or the given ones."""
    for pattern, zh, en in CAUSES:
        if re.search(pattern, output):
            return Stopped(zh, en)
    return Stopped(chinese, english)


class Progress:
    """One step: `with Progress("中文", "English", usual=8): ...`.

    `usual` seconds shape the bar while nothing better is known; `at(done, total)` sets it to what is known.
    """

    def __init__(self, chinese: str, english: str, usual: float = 2) -> None:
        self.label = f"{chinese} · {english}"
        self.usual = usual
        self.known: float | None = None
        self.live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._done = threading.Event()
        self._painter = threading.Thread(target=self._paint, daemon=True)

    def __enter__(self) -> Progress:
        self.began = time.monotonic()
        if self.live:
            self._painter.start()
        else:
            say(f"… {self.label}")
        return self

    def __exit__(self, kind: type | None, *_: object) -> None:
        self._done.set()
        if self.live:
            self._painter.join()
            sys.stderr.write("\r\x1b[K")
        mark = "✗" if kind else "✓"
        say(f"{mark} {self.label}  {time.monotonic() - self.began:.1f} s")

    def at(self, done: int, total: int) -> None:
        """So much of it is done."""
        self.known = done / total if total else None

    def _paint(self) -> None:
        while not self._done.wait(0.1):
            passed = time.monotonic() - self.began
            share = self.known if self.known is not None else 0.97 * (1 - exp(-1.8 * passed / self.usual))
            full = int(WIDTH * min(share, 1))
            bar = "█" * full + "░" * (WIDTH - full)
            sys.stderr.write(f"\r\x1b[K{bar} {self.label}  {passed:.0f} s")
            sys.stderr.flush()


def say(text: str) -> None:
    """One line for the person at the terminal, at once."""
    print(text, file=sys.stderr, flush=True)


def speak_utf8() -> None:
    """Chinese comes out whole, whatever the terminal's locale claims."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def run_quietly(command: list[str | Path], *, log: Path, cwd: Path, env: dict[str, str] | None = None) -> str | None:
    """Run a program with its output in the log. None when it went well, else what it wrote."""
    with log.open("a", encoding="utf-8", errors="replace") as out:
        out.write(f"$ {' '.join(map(str, command))}\n")
        out.flush()
        start = out.tell()
        try:
            code = subprocess.call(
                [str(part) for part in command], cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
        except OSError as error:
            return str(error)
    return None if code == 0 else _since(log, start)


def _since(log: Path, start: int) -> str:
    with log.open("rb") as written:
        written.seek(start)
        return written.read().decode(errors="replace") or "failed"
