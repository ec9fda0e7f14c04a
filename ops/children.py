"""Processes that live and die together: none outlives its owner, and a death is said."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

GRACE_SECONDS = 15


@dataclass
class Child:
    """A process under supervision and what to call it."""

    chinese: str
    english: str
    process: subprocess.Popen


def start(chinese: str, english: str, command: list[str | Path], *, cwd: Path, env: dict[str, str]) -> Child:
    """Start a process in a session of its own: Ctrl-C reaches it through `supervise`, in order."""
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_owner,
    )
    return Child(chinese, english, process)


def end_with_owner(ending: int = signal.SIGTERM) -> None:
    """Called in a new process: on Linux it gets this signal when its owner is gone, however that happened."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, ending)


class Watch:
    """Waits for the first of: somebody asks to stop (Ctrl-C, SIGTERM), or a child dies."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_: self.asked.set())

    def until_one_ends(self, children: list[Child]) -> Child | None:
        """The child that died, or None when it was asked to stop."""
        while not self.asked.wait(0.3):
            for child in children:
                if child.process.poll() is not None:
                    return child
        return None


def stop(children: list[Child]) -> None:
    """Ask each to finish what it does, the first first; after the grace period it is made to."""
    for child in children:
        if child.process.poll() is None:
            child.process.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
