"""Writes the three lock files from pyproject.toml: every package with its hashes, no address in them.

Run it in the development environment: `.venv/bin/python tools/lock.py [--upgrade]`.
"""

import subprocess
import sys
from pathlib import Path

TREE = Path(__file__).resolve().parents[1]
LOCKS = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-test.lock": ["pyproject.toml", "--group", "test", "-c", "requirements.lock"],
    "requirements-npm.lock": ["--group", "npm"],
}
HEADER = "# Made by tools/lock.py from pyproject.toml; do not edit.\n"


def main() -> None:
    """Compile each lock; what is locked already stays as it is, unless --upgrade is given."""
    for name, sources in LOCKS.items():
        target = TREE / name
        options = ["--generate-hashes", "--universal", "--python-version", "3.11", "--no-header", "--no-annotate"]
        command: list[str | Path] = [
            Path(sys.executable).with_name("uv"),
            "pip",
            "compile",
            "-q",
            *options,
            *sys.argv[1:],
        ]
        subprocess.run([*command, *sources, "-o", target], cwd=TREE, check=True, stdout=subprocess.DEVNULL)
        text = target.read_text()
        if "://" in text:
            sys.exit(f"{name} names an address; it must hold names, versions and hashes only")
        target.write_text(HEADER + text.removeprefix(HEADER))


if __name__ == "__main__":
    main()
