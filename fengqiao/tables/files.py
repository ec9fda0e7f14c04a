"""What a file is before anybody believes it: an ordinary file, of a known kind, whose content fits its name; and its lines."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import FileRefused

LARGEST_FILE = 500 * 1024 * 1024  # bytes
LONGEST_LINE = 1024 * 1024  # bytes
CHUNK = 1024 * 1024

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
UTF8_BOM = b"\xef\xbb\xbf"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
TABLES = (".csv", ".xlsx")


class Sent(Protocol):
    """What Django gives for an uploaded file."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]: ...


@contextmanager
def received(sent: Sent, *, largest: int) -> Iterator[Path]:
    """An uploaded file of at most `largest` bytes, for as long as it is read."""
    if (sent.size or 0) > largest:
        raise FileRefused(_("文件超过 %(n)d MB，请分成几份。") % {"n": largest // CHUNK})
    with tempfile.TemporaryDirectory(prefix="table-") as folder:
        path = Path(folder) / f"table{Path(sent.name or '').suffix.lower()[:6]}"
        with path.open("wb") as file:
            file.writelines(sent.chunks())
        yield path


def kind_of_file(path: Path, kinds: Sequence[str]) -> str:
    """Which of the kinds (.csv), when name and content agree. Raises FileRefused with what is wrong and what to do."""
    _refuse_unless_ordinary(path)
    suffix = path.suffix.lower()
    _refuse_names(suffix, kinds)
    head = _head(path)
    _refuse_office_files(path, head)
    if (suffix == ".xlsx") != head.startswith(ZIP):
        raise FileRefused(_("文件名是“%(suffix)s”，内容却不是。请用原来的软件重新导出。") % {"suffix": suffix})
    if suffix != ".xlsx":
        _refuse_other_text(head)
    return suffix


def digest_of_file(path: Path) -> str:
    """SHA-256 of the content: by this a file begun again is known."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise _unreadable(error) from error
    return digest.hexdigest()


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 text, numbered from 1, never holding more than one of bounded length in memory."""
    with path.open("rb") as file:
        number = 0
        while raw := _next_line(file):
            number += 1
            if len(raw) > LONGEST_LINE:
                raise FileRefused(_("第 %(n)d 行超过 1 MB，请检查文件是不是损坏了。") % {"n": number})
            yield number, _decoded(raw.removeprefix(UTF8_BOM) if number == 1 else raw, number)


def _next_line(file: BinaryIO) -> bytes:
    try:
        return file.readline(LONGEST_LINE + 1)
    except OSError as error:
        raise _unreadable(error) from error


def _decoded(raw: bytes, number: int) -> str:
    if b"\0" in raw:
        raise FileRefused(_("第 %(n)d 行里有空字节，文件可能损坏了，或者不是文本。") % {"n": number})
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise FileRefused(_("第 %(n)d 行断在半个字上，文件可能没有传完。") % {"n": number}) from None
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        raise FileRefused(_("第 %(n)d 行不是 UTF-8 编码的文字，请重新导出。") % {"n": number}) from None
    advice = _("第 %(n)d 行不是 UTF-8，看起来是 GBK 编码。请另存为“CSV UTF-8”再导入。")
    raise FileRefused(advice % {"n": number})


def _refuse_unless_ordinary(path: Path) -> None:
    try:
        if path.is_dir():
            raise FileRefused(_("“%(name)s”是文件夹，请指定里面的一个文件。") % {"name": path.name})
        if not path.exists():
            raise FileRefused(_("没有“%(name)s”这个文件，请核对路径。") % {"name": path.name})
        if not path.is_file():
            raise FileRefused(_("“%(name)s”不是普通文件，不能导入。") % {"name": path.name})
        if path.stat().st_size > LARGEST_FILE:
            raise FileRefused(_("文件超过 500 MB，请分成几份。"))
    except OSError as error:
        raise _unreadable(error) from error


def _refuse_names(suffix: str, kinds: Sequence[str]) -> None:
    if suffix in (".xlsm", ".xltm", ".xlsb"):
        raise FileRefused(_("这是带宏的工作簿，不能导入。请另存为不带宏的 .xlsx。"))
    if suffix in (".xls", ".et"):
        raise FileRefused(_("这是旧格式的工作簿，请另存为 .xlsx 或者“CSV UTF-8”再导入。"))
    if suffix == ".json" and ".jsonl" in kinds:
        raise FileRefused(_("只收每行一个对象的 .jsonl，不收整份的 .json。请按行导出。"))
    if suffix not in kinds:
        told = {"kinds": "、".join(kinds[:-1]), "last": kinds[-1], "suffix": suffix or "-"}
        raise FileRefused(_("只收 %(kinds)s 和 %(last)s，这个文件是“%(suffix)s”。") % told)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise _unreadable(error) from error
    if not head.strip():
        raise FileRefused(_("文件是空的。"))
    return head


def _refuse_office_files(path: Path, head: bytes) -> None:
    """Old workbooks and encrypted ones share one container; the encrypted one names its package inside."""
    if not head.startswith(OLE):
        return
    with path.open("rb") as file:
        tail = b""
        while chunk := file.read(CHUNK):
            if ENCRYPTED in tail + chunk:
                raise FileRefused(_("工作簿加了打开密码，读不了。请去掉密码再导入。"))
            tail = chunk[-len(ENCRYPTED) :]
    raise FileRefused(_("这是旧格式的工作簿，请另存为 .xlsx 或者“CSV UTF-8”再导入。"))


def _refuse_other_text(head: bytes) -> None:
    if head.startswith(UTF16):
        raise FileRefused(_("文件是 UTF-16 编码（“Unicode 文本”）。请另存为 UTF-8 再导入。"))
    if b"\0" in head:
        raise FileRefused(_("文件里有空字节，不是文本，或者是没有标记的 UTF-16。请另存为 UTF-8 再导入。"))
    if head.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")):
        raise FileRefused(_("这是图片或者 PDF，不是文本。请用原来的软件导出成表。"))


def _unreadable(error: OSError) -> FileRefused:
    return FileRefused(_("读不了这个文件：%(why)s。") % {"why": error.strerror or error})
