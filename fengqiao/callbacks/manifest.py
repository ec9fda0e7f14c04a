"""What lets a file be checked outside the system: the list of its files with their digests, and the chain of its story."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from fengqiao.ledger.hashing import GENESIS, canonical, digest_of_bytes
from fengqiao.ledger.models import Entry, Seal, SealedHead
from fengqiao.ledger.sealing import public_key

from .filing import Filed, Member
from .sheets import File

FORMAT = "fengqiao-archive/1"
SUMS, MANIFEST = "manifest.sha256", "manifest.json"

HOW_TO_VERIFY = """\
怎样核验这份电子卷宗
====================
不需要枫桥平台，也不需要联网。

一、文件有没有被改过（任何系统自带的工具）
    解压后，在卷宗目录里运行：
        sha256sum -c manifest.sha256          （Linux；macOS 用 shasum -a 256 -c manifest.sha256）
        certutil -hashfile 文件名 SHA256       （Windows，逐个对照 manifest.sha256）
    manifest.json 列出每一个文件的路径、字节数和 SHA-256；其中 digest 是清单自己的校验值：
    去掉 digest 一项，其余内容写成规范 JSON，再算 SHA-256。
    规范 JSON：键按字母排序，逗号和冒号后不加空格，不转义汉字，UTF-8。

二、办理经过有没有被改过、抽掉或者调换
    story.jsonl 一行一条。每条的
        digest = 算法(规范 JSON [salt, payload])
        hash   = 算法(规范 JSON [prev, subject, subject_id, seq, kind, at, actor, rows, digest])
    写成“算法名:十六进制”。prev 是上一条的 hash，第一条是“-”；seq 从 1 起连续。
    最后一条的 hash 等于 manifest.json 里的 ledger.head。
    payload 为空的条目，内容已按规定删除，链条仍然可以核验。

三、每日封存
    manifest.json 的 seal 里有公钥和最近一次封存本卷记录的签名（Ed25519），
    签的内容是规范 JSON ["fengqiao seal", day, prev, root]。

四、一次全部核验
    枫桥平台源代码里的 tools/verify_archive.py 只用 Python 标准库：
        python3 verify_archive.py 卷宗.zip

How to verify this file
=======================
Neither Fengqiao nor a network is needed.

1. Files: unpack, then run `sha256sum -c manifest.sha256` in the folder. manifest.json lists path, size and SHA-256 of every
   file. Its member `digest` is the SHA-256 of the canonical JSON of all its other members. Canonical JSON: sorted keys, no
   spaces, no escaping of non-ASCII characters, UTF-8.
2. Story: story.jsonl has one entry a line. digest = H(canonical JSON of [salt, payload]); hash = H(canonical JSON of
   [prev, subject, subject_id, seq, kind, at, actor, rows, digest]); both written as `algorithm:hex`. prev is the hash of the
   entry before, "-" for the first; seq counts from 1. The last hash is ledger.head of manifest.json. Where payload is null
   it was removed by law; the chain still holds.
3. Daily seal: `seal` in manifest.json has the public key and the latest Ed25519 signature over this story, made over the
   canonical JSON of ["fengqiao seal", day, prev, root].
4. All at once: tools/verify_archive.py of Fengqiao's source, which needs nothing but Python's standard library:
   python3 verify_archive.py PACKAGE.zip
"""


def story_lines(entries: Sequence[Entry]) -> bytes:
    """The chain as JSON lines, with everything that is needed to reckon it again (ledger.book.chained)."""
    return b"".join(canonical(_line(entry)) + b"\n" for entry in entries)


def manifest(file: File, members: Sequence[Member], filed: Sequence[Filed]) -> bytes:
    """manifest.json: every file but itself and the list of sums."""
    values: dict[str, Any] = {
        "format": FORMAT,
        "number": file.number,
        "volume": file.volume,
        "dispute": file.dispute.number,
        "made_at": timezone.localtime(file.at, timezone.get_default_timezone()).isoformat(),
        "files": [{"path": one.path, "bytes": one.size, "sha256": one.sha256} for one in members],
        "index": [
            {"n": one.n, "path": one.member.path, "title": one.title, "first_page": one.first, "last_page": one.last}
            for one in filed
        ],
        "ledger": _ledger(file),
        "seal": _seal(file),
    }
    values["digest"] = digest_of_bytes(canonical(values))
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def sums(members: Sequence[Member]) -> bytes:
    """As sha256sum writes and reads them."""
    return "".join(f"{one.sha256}  {one.path}\n" for one in members).encode()


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "seq": entry.seq, "subject": entry.subject, "subject_id": entry.subject_id, "kind": entry.kind,
        "at": entry.at.astimezone(timezone.get_default_timezone()).isoformat(), "actor": entry.actor,
        "rows": entry.rows, "payload": entry.payload, "salt": entry.salt, "digest": entry.digest,
        "prev": entry.prev, "hash": entry.hash, "sentence": entry.sentence,
    }  # fmt: skip


def _ledger(file: File) -> dict[str, Any]:
    head = file.entries[-1].hash if file.entries else GENESIS
    return {
        "subject": "dispute", "subject_id": file.dispute.pk, "entries": len(file.entries), "head": head,
        "algorithm": head.split(":", 1)[0],
    }  # fmt: skip


def _seal(file: File) -> dict[str, Any]:
    """The key that seals are signed with, and the latest seal over this story, if there is one."""
    head = SealedHead.objects.filter(subject="dispute", subject_id=file.dispute.pk).order_by("-seq").first()
    last: Seal | None = head.seal if head else None
    return {
        "public_key": public_key(),
        "sealed_up_to": file.sealed,
        "last": {
            "day": last.day.isoformat(), "root": last.root, "prev": last.prev, "key": last.key,
            "signature": last.signature, "seq": head.seq, "hash": head.hash,
        }
        if last and head
        else None,
    }  # fmt: skip
