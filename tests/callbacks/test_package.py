"""The archived file opens and proves itself outside: a script without Fengqiao finds any change to any byte of it."""

import hashlib
import json
import random
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.db import transaction

from fengqiao.callbacks.manifest import MANIFEST, SUMS
from fengqiao.callbacks.package import LONG_AGO, PLAIN_FILE
from fengqiao.ledger.hashing import canonical
from tests.papers.reading import pages_of, text_of

from .scenes import archived, verifier

pytestmark = pytest.mark.once  # once made, a package knows of no database


@pytest.fixture(scope="module")
def made(tmp_path_factory, django_db_setup, django_db_blocker) -> tuple[Path, Path]:
    """Two packages, kept outside; the disputes that they are of are gone."""
    folder = tmp_path_factory.mktemp("packages")
    with django_db_blocker.unblock(), transaction.atomic():
        kept = tuple(shutil.copy(archived()[1].file, folder / f"{name}.zip") for name in ("one", "other"))
        transaction.set_rollback(True)
    return kept


@pytest.fixture
def package(made) -> Path:
    return made[0]


def contents(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def packed(files: dict[str, bytes], to: Path) -> Path:
    """A package with these files, packed as the real ones are."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as pack:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.create_system, info.external_attr = 3, PLAIN_FILE
            pack.writestr(info, files[name])
    return to


def relisted(files: dict[str, bytes], **changed) -> dict[str, bytes]:
    """As a forger would: the manifest and the sums made to fit whatever the files are now."""
    manifest = json.loads(files[MANIFEST]) | changed
    manifest["files"] = [
        {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(files.items())
        if name not in (MANIFEST, SUMS)
    ]
    manifest.pop("digest")
    manifest["digest"] = hashlib.sha256(canonical(manifest)).hexdigest()
    files[MANIFEST] = json.dumps(manifest, ensure_ascii=False).encode()
    files[SUMS] = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()) if name != SUMS
    ).encode()
    return files


def test_a_package_passes_and_says_so(package):
    said = verifier(package)
    assert said.returncode == 0, said.stdout
    assert "与归档时一致" in said.stdout


def test_the_verifier_knows_nothing_of_us():
    source = (Path(__file__).resolve().parents[2] / "tools" / "verify_archive.py").read_text()
    assert "import fengqiao" not in source
    assert "from fengqiao" not in source
    assert "django" not in source


def test_the_file_holds_everything_in_its_order(package):
    names = list(contents(package))
    assert names == sorted(names)
    assert names[:8] == [
        "00-封面.pdf", "01-卷内目录.pdf", "02-受理登记表.pdf", "03-权利义务告知书.pdf", "04-身份证明.pdf",
        "05-调解记录（第 1 次）.pdf", "06-人民调解协议书.pdf", "07-第 1 项履行凭证.pdf",
    ]  # fmt: skip
    assert names[8:] == [
        "08-回访记录.pdf", "09-办理经过.pdf", "10-卷宗情况说明.pdf", "11-封底.pdf",
        "VERIFY.txt", "manifest.json", "manifest.sha256", "metadata.json", "metadata.xml", "story.jsonl",
    ]  # fmt: skip


def test_the_index_names_every_paper_with_its_pages(package):
    files = contents(package)
    text = text_of(files["01-卷内目录.pdf"])
    index = json.loads(files[MANIFEST])["index"]
    for one in index:
        assert one["title"].replace(" ", "") in text
        pages = one["last_page"] - one["first_page"] + 1
        assert len(pages_of(files[one["path"]])) == pages
    assert [one["first_page"] for one in index][:2] == [1, 2]


def test_the_metadata_say_who_what_when_unmasked_in_json_and_xml(package):
    files = contents(package)
    told = json.loads(files["metadata.json"])
    assert all(party["name"] and "*" not in party["name"] + party["phone"] for party in told["parties"])
    assert told["outcome"]["code"] == "performed"
    assert told["obligations"][0]["state"] == "met"
    assert told["callbacks"][0]["rating"] == "satisfied"
    root = ElementTree.fromstring(files["metadata.xml"])
    assert root.find("{*}file/{*}number").text == told["file"]["number"]
    assert [item.find("{*}name").text for item in root.find("{*}parties")] == [p["name"] for p in told["parties"]]


def test_standard_tools_agree(package, tmp_path):
    with zipfile.ZipFile(package) as pack:
        pack.extractall(tmp_path)
    said = subprocess.run(
        ["sha256sum", "-c", "--strict", SUMS], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr


def test_one_byte_changed_in_any_file_fails_and_names_the_file(package, tmp_path):
    files = contents(package)
    for name, data in files.items():
        at = len(data) // 3
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        said = verifier(packed(files | {name: changed}, tmp_path / "changed.zip"))
        assert said.returncode == 1, name
        assert f"✗ {name}" in said.stdout, said.stdout


def test_one_bit_changed_anywhere_in_the_package_fails(package, tmp_path):
    """Headers, names, dates, directory and content alike: bytes at random, and each of the last hundred."""
    whole, chance = package.read_bytes(), random.Random(20261120)
    with zipfile.ZipFile(package) as pack:
        directory = pack.start_dir
    places = [chance.randrange(len(whole)) for _ in range(12)]
    places += [chance.randrange(directory, len(whole)) for _ in range(12)] + [0, 10, 11, len(whole) - 1]
    for at in places:
        changed = bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        (tmp_path / "changed.zip").write_bytes(changed)
        said = verifier(tmp_path / "changed.zip")
        assert said.returncode == 1, (at, said.stdout)
        assert "✗" in said.stdout
        assert "Traceback" not in said.stderr


def test_bytes_put_before_or_after_fail(package, tmp_path):
    whole = package.read_bytes()
    for changed in (b"\0" + whole, whole + b"\0", whole[:-1]):
        (tmp_path / "changed.zip").write_bytes(changed)
        assert verifier(tmp_path / "changed.zip").returncode == 1


def test_a_file_taken_out_or_put_in_fails_and_is_named(package, tmp_path):
    files = contents(package)
    without = {name: data for name, data in files.items() if name != "06-人民调解协议书.pdf"}
    said = verifier(packed(without, tmp_path / "a.zip"))
    assert said.returncode == 1
    assert "06-人民调解协议书.pdf: is in the manifest and not in the package" in said.stdout
    said = verifier(packed(files | {"06-另一份协议.pdf": b"%PDF"}, tmp_path / "b.zip"))
    assert said.returncode == 1
    assert "06-另一份协议.pdf: is in the package and not in the manifest" in said.stdout


def test_a_paper_put_in_by_a_forger_who_fits_the_manifest_is_not_in_the_index(package, tmp_path):
    files = relisted(contents(package) | {"06-另一份协议.pdf": b"%PDF"})
    said = verifier(packed(files, tmp_path / "a.zip"))
    assert said.returncode == 1
    assert "06-另一份协议.pdf: is not in the index" in said.stdout


def story_changed(package, tmp_path, change, **manifest):
    """The verifier's word on a package whose story was changed by a forger who then fitted manifest and sums."""
    files = contents(package)
    lines = files["story.jsonl"].splitlines(keepends=True)
    files["story.jsonl"] = b"".join(change(lines))
    return verifier(packed(relisted(files, **manifest), tmp_path / "story.zip"))


def test_an_entry_moved_fails(package, tmp_path):
    said = story_changed(package, tmp_path, lambda lines: [lines[0], lines[2], lines[1], *lines[3:]])
    assert said.returncode == 1
    assert "story.jsonl line 2: has number 3, not 2" in said.stdout


def test_an_entry_taken_out_fails(package, tmp_path):
    said = story_changed(package, tmp_path, lambda lines: [*lines[:2], *lines[3:]])
    assert said.returncode == 1
    assert "story.jsonl line 3" in said.stdout


def test_the_last_entry_taken_out_fails(package, tmp_path):
    said = story_changed(package, tmp_path, lambda lines: lines[:-1])
    assert said.returncode == 1
    assert "story.jsonl: does not end where the manifest says" in said.stdout


@pytest.mark.parametrize(("field", "value"), [("payload", {"by": "别人"}), ("actor", "user:999"), ("at", "2026-01-01")])
def test_an_entry_rewritten_fails(package, tmp_path, field, value):
    def rewrite(lines):
        entry = json.loads(lines[1]) | {field: value}
        return [lines[0], canonical(entry) + b"\n", *lines[2:]]

    said = story_changed(package, tmp_path, rewrite)
    assert said.returncode == 1
    assert "story.jsonl line 2: was changed" in said.stdout


def test_a_story_of_another_matter_fails(package, made, tmp_path):
    other = contents(made[1])["story.jsonl"].splitlines(keepends=True)
    said = story_changed(package, tmp_path, lambda lines: other)
    assert said.returncode == 1
    assert "belongs to another story" in said.stdout


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip at all", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_package_fails_with_a_line(data, tmp_path):
    (tmp_path / "x.zip").write_bytes(data)
    said = verifier(tmp_path / "x.zip")
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
