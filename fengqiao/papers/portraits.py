"""Photos of people for the roster and the work card: decoded and drawn anew at one size, so that nothing else rides along."""

import struct
import tempfile
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused

from .commands import Upload, store
from .models import path_of

LARGEST = 5 * 1024 * 1024  # bytes
LONGEST_SIDE, MOST_PIXELS = 8000, 40_000_000
WIDTH, HEIGHT, DENSITY = 25, 35, 300  # mm and dots an inch: the one-inch photo of Chinese papers, 295 × 413 pixels
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the markers of a JPEG that carry its size

_DRAWN = (
    f"#set page(width: {WIDTH}mm, height: {HEIGHT}mm, margin: 0pt, fill: white)\n"
    f'#image("photo", format: "%s", width: {WIDTH}mm, height: {HEIGHT}mm, fit: "cover")'
)


def keep_portrait(upload: Upload) -> str:
    """Keep a JPEG or PNG of at most 5 MB as a PNG of one size, without EXIF or any other word about where it was taken.

    Returns the SHA-256 under which it lies. Refused for anything else, and for a picture that cannot be drawn.
    """
    if (upload.size or 0) > LARGEST:
        raise Refused(_("照片超过 5 MB，请换一张小一些的。"))
    return store(redrawn(upload.read()))


def redrawn(data: bytes) -> bytes:
    """The picture decoded, cut to the middle and drawn anew as a PNG. Refused where that cannot be done."""
    kind = "png" if data.startswith(PNG) else "jpg" if data.startswith(JPEG) else ""
    if not kind:
        raise Refused(_("照片要是 JPG 或者 PNG，请换一张。"))
    wide, high = _size(data, kind)
    if not (0 < wide <= LONGEST_SIDE and 0 < high <= LONGEST_SIDE) or wide * high > MOST_PIXELS:
        raise Refused(_("照片的长宽不对，或者太大了。请换一张，每边不超过 %(n)d 点。") % {"n": LONGEST_SIDE})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "photo").write_bytes(data)
        (folder / "portrait.typ").write_text(_DRAWN % kind, encoding="utf-8")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
        press = typst.Compiler(root=name, font_paths=fonts, ignore_system_fonts=True)
        try:
            drawn = press.compile(input=str(folder / "portrait.typ"), format="png", ppi=DENSITY)
        except typst.TypstError as broken:
            raise Refused(_("这张照片打不开，可能没有传完。请重新选一张。")) from broken
    return drawn if isinstance(drawn, bytes) else b""


def portrait(sha256: str) -> bytes | None:
    """The kept photo; None where there is none."""
    path = path_of(sha256) if sha256 else None
    return path.read_bytes() if path and path.is_file() else None


def _size(data: bytes, kind: str) -> tuple[int, int]:
    """Width and height in pixels as the file says, read before anything is unpacked; 0 where it does not say."""
    try:
        return struct.unpack_from(">2I", data, 16) if kind == "png" else _jpeg_size(data)
    except struct.error:
        return 0, 0


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in FRAMES:
            high, wide = struct.unpack_from(">2H", data, at + 5)
            return wide, high
        at += 2 if marker == 0xFF else 2 + struct.unpack_from(">H", data, at + 2)[0]
    return 0, 0
