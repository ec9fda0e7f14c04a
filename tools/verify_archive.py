#!/usr/bin/env python3
"""Checks an archived file (卷宗) of Fengqiao without Fengqiao: python3 verify_archive.py PACKAGE.zip

Needs Python 3.8 or later and nothing else. It looks at every byte: the container, the digests in manifest.json and
manifest.sha256, the index, and the chain of story.jsonl. One line is printed for each finding.
Exit code: 0 all holds, 1 something does not, 2 nothing is wrong but something could not be checked.

How the digests are made is written in VERIFY.txt inside the package.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.etree import ElementTree as Xml

FORMAT = "fengqiao-archive/1"
MANIFEST, SUMS, STORY = "manifest.json", "manifest.sha256", "story.jsonl"
TOLD = (MANIFEST, SUMS, STORY, "metadata.json", "metadata.xml", "VERIFY.txt")
SHEETS = ("封面", "卷内目录", "办理经过", "卷宗情况说明", "封底")
NOT_INDEXED = re.compile(r"\d+-(封面|卷内目录|封底)\.pdf")
ENTRY = ("prev", "subject", "subject_id", "seq", "kind", "at", "actor", "rows", "digest")
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
    OverflowError, MemoryError,
)  # fmt: skip
MISSHAPEN = (TypeError, AttributeError, KeyError, IndexError, RecursionError)
LONG_AGO = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o100644 << 16
CHUNK = 1 << 20
DIRECTORY_ENTRY = 46  # bytes before the name, in the directory at the end of a ZIP


class Package:
    """The files of the package, read on demand, and what was found wrong with them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[str] = []
        self.unchecked: list[str] = []
        self.whole: set[str] = set()  # files that fit the manifest

    def find(self, where: str, what: str) -> None:
        line = f"{where}: {what}"
        if line not in self.findings:
            self.findings.append(line)

    def check(self) -> None:
        try:
            with open(self.path, "rb") as file, zipfile.ZipFile(file) as pack:
                self.pack = pack
                self.names = [info.filename for info in pack.infolist()]
                self._check_all(file)
        except (*BROKEN, *MISSHAPEN) as error:
            self.find(self.path, f"cannot be read as a package / 不能作为卷宗打开 ({error})")

    def _check_all(self, file: IO[bytes]) -> None:
        self._names()
        manifest = self._json(MANIFEST)
        if manifest:
            self._manifest(manifest)
            self._index(manifest)
        self._sums()
        self._metadata(manifest or {})
        self._story(manifest or {})
        self._container(file)

    # ── what is there ────────────────────────────────────────────────────────────────────────────────────────────

    def _names(self) -> None:
        for name in self.names:
            if name.startswith("/") or ".." in name.split("/") or "\\" in name:
                self.find(name, "unsafe name / 文件名不安全")
            if self.names.count(name) > 1:
                self.find(name, "is there twice / 重复")
        if self.names != sorted(self.names):
            self.find(self.path, "the files are not in order / 文件次序不对")
        for name in TOLD:
            if name not in self.names:
                self.find(name, "is missing / 缺少")
        for title in SHEETS:
            if not any(re.fullmatch(rf"\d+-{title}\.pdf", name) for name in self.names):
                self.find(f"{title}.pdf", "is missing / 缺少")

    def _read(self, name: str) -> bytes | None:
        if name not in self.names:
            return None
        try:
            return self.pack.read(name)
        except BROKEN as error:
            self.find(name, f"is damaged / 已损坏 ({error})")
            return None

    def _json(self, name: str) -> dict[str, Any] | None:
        data = self._read(name)
        if data is None:
            return None
        try:
            value = json.loads(data)
        except ValueError:
            self.find(name, "is not JSON / 不是 JSON")
            return None
        if not isinstance(value, dict):
            self.find(name, "is not an object / 内容不对")
            return None
        return value

    # ── the list of files ────────────────────────────────────────────────────────────────────────────────────────

    def _manifest(self, manifest: dict[str, Any]) -> None:
        if manifest.get("format") != FORMAT:
            self.find(MANIFEST, f"format is not {FORMAT} / 格式不认识")
        without = {key: value for key, value in manifest.items() if key != "digest"}
        if hashlib.sha256(canonical(without)).hexdigest() != manifest.get("digest"):
            self.find(MANIFEST, "was changed: its own digest does not fit / 被改过：清单自己的校验值不符")
        else:
            self.whole.add(MANIFEST)
        listed = {}
        for one in _dicts(manifest.get("files")):
            name = str(one.get("path"))
            listed[name] = one
            data = self._read(name)
            if name not in self.names:
                self.find(name, "is in the manifest and not in the package / 清单里有，包里没有")
            elif data is not None and hashlib.sha256(data).hexdigest() != one.get("sha256"):
                self.find(name, "was changed: SHA-256 does not fit / 被改过：SHA-256 不符")
            elif data is not None and len(data) != one.get("bytes"):
                self.find(name, "has another size than listed / 字节数不符")
            elif data is not None:
                self.whole.add(name)
        for name in self.names:
            if name not in listed and name not in (MANIFEST, SUMS):
                self.find(name, "is in the package and not in the manifest / 包里有，清单里没有")

    def _sums(self) -> None:
        data = self._read(SUMS)
        if data is None:
            return
        told = {}
        for line in data.decode("utf-8", "replace").splitlines():
            match = re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line)
            if match:
                told[match[2]] = match[1]
            else:
                self.find(SUMS, f"a line cannot be read / 有一行不能读: {line[:60]}")
        for name, sha256 in told.items():
            content = self._read(name)
            if content is None:
                self.find(SUMS, f"lists a file that is not there / 列了不存在的文件: {name}")
            elif hashlib.sha256(content).hexdigest() != sha256:
                changed, other = (SUMS, name) if name in self.whole else (name, SUMS)
                self.find(changed, f"does not fit {other} / 与 {other} 不符")
        for name in self.names:
            if name not in told and name != SUMS:
                self.find(name, f"is not in {SUMS} / 没有列入 {SUMS}")

    # ── the index ────────────────────────────────────────────────────────────────────────────────────────────────

    def _index(self, manifest: dict[str, Any]) -> None:
        indexed, page = [], 0
        for n, one in enumerate(_dicts(manifest.get("index")), 1):
            name, first, last = str(one.get("path")), one.get("first_page"), one.get("last_page")
            indexed.append(name)
            if name not in self.names:
                self.find(name, "is in the index and not in the package / 目录里有，包里没有")
            if one.get("n") != n:
                self.find(name, f"has number {one.get('n')} in the index, not {n} / 目录序号不连续")
            if not isinstance(first, int) or not isinstance(last, int) or first != page + 1 or last < first:
                self.find(name, f"its pages {first}-{last} do not follow page {page} / 页号不连续")
            page = last if isinstance(last, int) else page
        for name in self.names:
            if name not in TOLD and name not in indexed and not NOT_INDEXED.fullmatch(name):
                self.find(name, "is not in the index / 没有列入卷内目录")

    def _metadata(self, manifest: dict[str, Any]) -> None:
        told = self._json("metadata.json")
        if told and told.get("file", {}).get("number") != manifest.get("number"):
            self.find("metadata.json", "names another file than the manifest / 卷号与清单不符")
        data = self._read("metadata.xml")
        if data is not None and told and _number_in(data) != told.get("file", {}).get("number"):
            self.find("metadata.xml", "is not XML, or names another file than metadata.json / 不是 XML，或者卷号不符")

    # ── the story ────────────────────────────────────────────────────────────────────────────────────────────────

    def _story(self, manifest: dict[str, Any]) -> None:
        data = self._read(STORY)
        if data is None:
            return
        ledger = manifest.get("ledger", {})
        prev, count = "-", 0
        for count, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            where = f"{STORY} line {count}"
            try:
                entry = json.loads(line)
                prev = self._entry(where, entry, count, prev, ledger)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                self.find(where, f"is not an entry / 不是一条记录 ({error})")
                return
        if ledger and (count != ledger.get("entries") or prev != ledger.get("head")):
            self.find(STORY, "does not end where the manifest says / 结尾与清单不符：有条目被删去或者添加")

    def _entry(self, where: str, entry: dict[str, Any], seq: int, prev: str, ledger: dict[str, Any]) -> str:
        """One entry against the one before it; returns its hash."""
        if entry["seq"] != seq:
            self.find(where, f"has number {entry['seq']}, not {seq}: an entry is missing or moved / 序号不连续")
        if entry["prev"] != prev:
            self.find(where, "does not follow the entry before it / 与上一条不衔接")
        if [entry["subject"], entry["subject_id"]] != [ledger.get("subject"), ledger.get("subject_id")]:
            self.find(where, "belongs to another story / 不属于这件事")
        if entry["payload"] is not None:
            self._same(where, entry["digest"], [entry["salt"], entry["payload"]], "content / 内容")
        self._same(where, entry["hash"], [entry[key] for key in ENTRY], "entry / 条目")
        return entry["hash"]

    def _same(self, where: str, told: str, parts: list[Any], what: str) -> None:
        name, _, _ = told.partition(":")
        try:
            digest = hashlib.new(name, canonical(parts)).hexdigest()
        except ValueError:
            line = (
                f"{name}: this Python cannot reckon it, so the chain was not checked / 这个 Python 不支持，链条没有核验"
            )
            if name == "sm3":
                self.unchecked = [line]
            else:
                self.find(where, f"unknown digest / 算法不认识: {name[:20]}")
            return
        if told != f"{name}:{digest}":
            self.find(where, f"was changed: {what} does not fit its digest / 被改过，摘要不符")

    # ── the container ────────────────────────────────────────────────────────────────────────────────────────────

    def _container(self, file: IO[bytes]) -> None:
        """The ZIP holds its files stored, in order, with one fixed date: pack them again and compare every byte."""
        if self.findings:
            return  # already known to be different
        with tempfile.TemporaryFile() as again:
            with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as pack:
                for name in self.names:
                    info = zipfile.ZipInfo(name, LONG_AGO)
                    info.create_system, info.external_attr = 3, PLAIN_FILE
                    pack.writestr(info, self.pack.read(name))
            offset = _first_difference(file, again)
            where = _owner(offset, pack) or self.path
        if offset is not None:
            self.find(where, f"its place in the container was changed, byte {offset} / 压缩包里它的位置被改过")


def canonical(value: Any) -> bytes:
    """One byte string for one JSON value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("python3 verify_archive.py PACKAGE.zip")
        return 1
    package = Package(arguments[0])
    package.check()
    for line in package.findings:
        print(f"✗ {line}")
    for line in package.unchecked:
        print(f"? {line}")
    if package.findings:
        print(f"\n{len(package.findings)} finding(s) / 发现 {len(package.findings)} 处问题")
        return 1
    if package.unchecked:
        print("\nNothing wrong was found, but not everything could be checked / 没有发现问题，但有一部分没能核验")
        return 2
    print(f"✓ {len(package.names)} files, all as they were archived / 共 {len(package.names)} 个文件，与归档时一致")
    return 0


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def _number_in(xml: bytes) -> str | None:
    """The number of the file that this XML names. No entities: they are no part of the format and can do harm."""
    if b"<!" in xml:
        return None
    try:
        found = Xml.fromstring(xml).find("{*}file/{*}number")  # noqa: S314 (declarations were refused above)
    except (Xml.ParseError, ValueError):
        return None
    return None if found is None else found.text


def _first_difference(one: IO[bytes], other: IO[bytes]) -> int | None:
    """The first byte at which two files differ, or None."""
    one.seek(0)
    other.seek(0)
    at = 0
    while True:
        left, right = one.read(CHUNK), other.read(CHUNK)
        if left != right:
            pairs = zip(left, right)  # noqa: B905 (the shorter one ends it; Python 3.8 has no strict)
            return at + next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
        if not left:
            return None
        at += len(left)


def _owner(offset: int | None, pack: zipfile.ZipFile) -> str | None:
    """The file to which this byte of the container belongs: its header, its content, or its line in the directory."""
    if offset is None:
        return None
    starts = [(info.header_offset, info.filename) for info in pack.infolist()]
    at = pack.start_dir
    for info in pack.infolist():
        starts.append((at, info.filename))
        at += DIRECTORY_ENTRY + len(info.filename.encode())
    if offset >= at:
        return None  # the end of the directory, which belongs to no file
    return [name for start, name in starts if start <= offset][-1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
