"""The locks: every package by version and hash, no address in them, the test set on top of the run-time set."""

import json
import re
from pathlib import Path

import pytest

TREE = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-npm.lock")


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", (TREE / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_address(lock) -> None:
    text = (TREE / lock).read_text()
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_the_test_set_is_the_run_time_set_and_more() -> None:
    run, test = pins("requirements.lock"), pins("requirements-test.lock")
    assert {name: version for name, version in run.items() if test.get(name) != version} == {}
    assert len(test) > len(run)


def test_npm_packages_are_pinned_exactly_by_hash_and_without_address() -> None:
    wanted = json.loads((TREE / "package.json").read_text())
    for version in (wanted["dependencies"] | wanted["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    packages = json.loads((TREE / "package-lock.json").read_text())["packages"]
    installed = {name: entry for name, entry in packages.items() if name}
    assert [name for name, entry in installed.items() if "resolved" in entry] == []
    assert [name for name, entry in installed.items() if not entry["integrity"].startswith("sha512-")] == []
