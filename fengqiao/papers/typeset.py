"""Typesetting: a form's name and plain data in, a PDF/A-2b out.

The forms are typst files under forms/; the top of each states the data it reads. What people typed reaches a form only as
data, never as source, so nothing in it can be executed. Knows no model and no database.
"""

import datetime
import functools
import json
import re
import threading
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from django.utils.translation import gettext_noop as _

from fengqiao.papers.glyphs import fitted, printable_characters
from fengqiao.papers.pictures import drawable_png, qr_svg

FORMS: dict[str, str] = {
    "application": _("人民调解申请书"),
    "intake_register": _("人民调解受理登记表"),
    "rights_notice": _("人民调解权利义务告知书"),
    "minutes": _("人民调解记录"),
    "agreement": _("人民调解协议书"),
    "oral_agreement": _("人民调解口头协议登记表"),
    "termination": _("终止调解通知书"),
    "rejection": _("不予受理告知书"),
    "extension_consent": _("延期调解同意书"),
    "performance_proof": _("调解协议履行凭证"),
    "callback_record": _("人民调解回访记录"),
    "evidence_list": _("证据材料清单"),
    "dispatch_slip": _("矛盾纠纷分流单"),
    "slip": _("窗口小票"),
    "cover": _("人民调解卷宗"),
    "index": _("卷内目录"),
    "file_note": _("卷宗情况说明"),
    "back_cover": _("卷宗封底"),
    "story": _("办理经过"),
    "own_data": _("本人信息查阅单"),
    "work_card": _("人民调解员工作牌"),
}
"""Every form with the title it prints and carries in the PDF; `data["title"]` overrides it."""

UNDATED = datetime.datetime(2011, 1, 1, tzinfo=datetime.UTC)
"""The creation date of a paper for which none is given (a PDF/A must carry one): the day 人民调解法 came into force."""

_HERE = Path(__file__).parent / "forms"
_FONT_FILES = (".otf", ".ttf", ".ttc")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b.*?stream\r?\n", re.DOTALL)
_LARGEST_OBJECT_STREAM = 1 << 24


class FormMissing(LookupError):
    """There is no form of this name."""


def typeset(
    form: str, data: Mapping[str, Any], *, standard: str = "a-2b", timestamp: datetime.datetime | None = None
) -> bytes:
    """The filled form as a PDF of the given archival standard.

    `timestamp` (aware) becomes the creation date; the same data and timestamp give the same bytes. `verify_url` in the data
    becomes the QR code. Bytes anywhere in the data are PNG pictures. Raises FormMissing, and BadPicture for bytes that
    are not a drawable PNG.
    """
    dated = (timestamp or UNDATED).astimezone(datetime.UTC).replace(microsecond=0)
    return _press().printed(form, data, format="pdf", pdf_standards=[standard], timestamp=dated)[0]


def typeset_pictures(form: str, data: Mapping[str, Any], *, ppi: float = 110) -> list[bytes]:
    """The same pages as PNG pictures, for a preview on the screen. Raises as `typeset` does."""
    return _press().printed(form, data, format="png", ppi=ppi)


def page_count(pdf: bytes) -> int:
    """Pages of a PDF, ours or an uploaded one. Raises ValueError when none can be found (encrypted, damaged, not a PDF)."""
    count = len(_PAGE.findall(pdf))
    for found in _OBJECT_STREAM.finditer(pdf):
        try:
            unpacked = zlib.decompressobj().decompress(pdf[found.end() :], _LARGEST_OBJECT_STREAM)
        except zlib.error:
            continue
        count += len(_PAGE.findall(unpacked))
    if count == 0:
        raise ValueError("no page found in this PDF")
    return count


class _Press:
    """One compiler with its fonts; a lock, because a compiler serves one paper at a time."""

    def __init__(self, office_fonts: Path | None) -> None:
        folders = [pylopdf_fonts_zh_cn.serif_path().parent]
        if office_fonts:
            folders.insert(0, office_fonts)
        files = [p for folder in folders for p in sorted(folder.rglob("*")) if p.suffix.lower() in _FONT_FILES]
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in folders]
        )
        self.families = json.dumps(_roles(fonts.families()))
        self.printable = printable_characters(files)
        self.compiler = typst.Compiler(root=str(_HERE), font_paths=fonts, ignore_system_fonts=True)
        self.lock = threading.Lock()

    def printed(self, form: str, data: Mapping[str, Any], **how: Any) -> list[bytes]:
        if form not in FORMS:
            raise FormMissing(f"there is no form named {form!r}")
        ready = {"title": FORMS[form]} | self.plain(data)
        if ready.get("verify_url"):
            ready["qr"] = qr_svg(ready["verify_url"])
        inputs = {"data": json.dumps(ready), "fonts": self.families}
        with self.lock:
            made = self.compiler.compile(input=str(_HERE / f"{form}.typ"), sys_inputs=inputs, **how)
        return made if isinstance(made, list) else [made or b""]

    def plain(self, value: Any) -> Any:
        """The value as JSON can carry it and the fonts can print it."""
        if isinstance(value, bool):
            return value
        if isinstance(value, bytes):
            return list(drawable_png(value))
        if isinstance(value, Mapping):
            return {str(key): self.plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.plain(item) for item in value]
        return fitted(_written(value), self.printable)


def _written(value: object) -> str:
    """A single value in words; dates as 2026年11月20日, with the time as it stands in the value."""
    match value:
        case None:
            return ""
        case datetime.datetime():
            return f"{value.year}年{value.month}月{value.day}日 {value:%H:%M}"
        case datetime.date():
            return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


@functools.cache
def _press_with(office_fonts: Path | None) -> _Press:
    return _Press(office_fonts)


def _press() -> _Press:
    folder = getattr(settings, "PAPER_FONTS", None)
    return _press_with(Path(folder) if folder else None)


def _roles(families: list[str]) -> dict[str, list[str]]:
    """Which family sets the text, the titles and the headings: the office's own 仿宋, 小标宋 and 黑体 where it has them."""

    def chosen(*marks: str) -> list[str]:
        return [name for name in families if any(mark in name.casefold() for mark in marks)]

    serif, sans = ["Noto Serif SC", "Noto Sans SC"], ["Noto Sans SC", "Noto Serif SC"]
    return {
        "body": chosen("仿宋", "fangsong") + serif,
        "title": chosen("标宋", "biaosong") + serif,
        "heading": chosen("黑体", "simhei", "heiti") + sans,
    }
